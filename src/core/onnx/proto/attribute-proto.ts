import { Scratch } from './scratch.ts';
import { readTensor } from './tensor-proto.ts';
import type { TensorProto } from './tensor-proto.ts';
import type { WireReader } from './wire.ts';

/** An attribute of a node; what it does not have is null or empty. */
export interface AttributeProto {
  readonly name: string;
  /** The number of its name. */
  readonly number: number;
  readonly int: number | null;
  readonly float: number | null;
  readonly text: string | null;
  readonly ints: readonly number[];
  readonly floats: readonly number[];
  /** The `t` of a Constant, or the members of `tensors`. */
  readonly tensors: readonly TensorProto[];
  /** Holds a graph: the node decides at run time what is executed. The graph is not read. */
  readonly subgraph: boolean;
  readonly sparse: boolean;
}

/** AttributeProto.AttributeType: GRAPH and GRAPHS. */
const GRAPH_TYPES = new Set([5, 10]);

/** AttributeProto.AttributeType by the field that holds the value of such an attribute. */
const TYPE_OF_FIELD: ReadonlyMap<number, number> = new Map([
  ...[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14, 15].map((field) => [field, field - 1] as const),
  ...[22, 23].map((field) => [field, field - 11] as const), // sparse tensors came later
]);

/** Shared by the many attributes without any. */
const NO_TENSORS: readonly TensorProto[] = [];

const ints = new Scratch<number>();
const floats = new Scratch<number>();

/** Reads an AttributeProto. @throws AppError `gate/…` as {@link WireReader} */
export function readAttribute(message: WireReader): AttributeProto {
  let number = 0;
  let int: number | null = null;
  let float: number | null = null;
  let text: string | null = null;
  let subgraph = false;
  let sparse = false;
  ints.clear();
  floats.clear();
  let tensors: TensorProto[] | null = null;
  let type = 0;
  let held = 0;
  while (message.next()) {
    const typeOfField = TYPE_OF_FIELD.get(message.field);
    if (typeOfField !== undefined) {
      // The runtime reads the one of its type; this reader must not go by another.
      if (held !== 0 && held !== typeOfField) message.refuse('an attribute has two kinds of value');
      held = typeOfField;
    }
    switch (message.field) {
      case 1:
        number = message.name();
        break;
      case 2:
        float = message.float();
        break;
      case 3:
        int = message.int64();
        break;
      case 4:
        text = message.text();
        break;
      case 5:
        (tensors ??= []).push(readTensor(message.onlyMessage('tensor')));
        break;
      case 6:
      case 11:
        subgraph = true;
        message.skip();
        break;
      case 7:
        message.floats(floats);
        break;
      case 8:
        message.int64s(ints);
        break;
      case 10:
        (tensors ??= []).push(readTensor(message.message('tensor')));
        break;
      case 20:
        type = message.int32();
        if (GRAPH_TYPES.has(type)) subgraph = true;
        break;
      case 22:
      case 23:
        sparse = true;
        message.skip();
        break;
      default:
        message.skip();
    }
  }
  const name = message.names.text(number);
  // Files of the first format version name no type.
  if (type !== 0 && held !== 0 && type !== held) {
    message.refuse(`attribute “${name}” holds another kind of value than it says`);
  }
  return {
    name,
    number,
    int,
    float,
    text,
    ints: ints.taken(),
    floats: floats.taken(),
    tensors: tensors ?? NO_TENSORS,
    subgraph,
    sparse,
  };
}

/** Whether it holds more than numbers and a text. */
export function isSpecial({ tensors, subgraph, sparse }: AttributeProto): boolean {
  return tensors.length > 0 || subgraph || sparse;
}
