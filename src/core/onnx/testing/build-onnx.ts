/*
 * Writes ONNX files from plain descriptions, sound ones and others: fields are written as they are described, in
 * the order of onnx.proto, and nothing is checked.
 */

/** A tensor; its values in one of three forms, or in none. */
export interface TensorSpec {
  readonly name?: string;
  readonly shape: readonly number[];
  /** TensorProto.DataType; 1 is float32, 7 int64, 10 float16. */
  readonly type?: number;
  readonly raw?: Uint8Array;
  readonly floats?: readonly number[];
  readonly int64s?: readonly number[];
  /** Where it says that its values are. */
  readonly location?: string;
}

/** An attribute by the kind of its value. */
export type AttributeValue =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly ints: readonly number[] }
  | { readonly floats: readonly number[] }
  | { readonly text: string }
  | { readonly tensor: TensorSpec }
  | { readonly graph: GraphSpec }
  | { readonly sparse: true };

export interface NodeSpec {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly name?: string;
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

export interface ValueSpec {
  readonly name: string;
  readonly shape: readonly (number | string | null)[] | null;
  readonly type?: number;
}

export interface GraphSpec {
  readonly name?: string;
  readonly nodes?: readonly NodeSpec[];
  readonly initialisers?: readonly TensorSpec[];
  readonly inputs?: readonly ValueSpec[];
  readonly outputs?: readonly ValueSpec[];
  /** `value_info`. */
  readonly declared?: readonly ValueSpec[];
  readonly sparseInitialisers?: number;
}

export interface ModelSpec {
  readonly irVersion?: number;
  readonly opsets?: readonly (readonly [domain: string, version: number])[];
  readonly graph: GraphSpec;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly trainingInfo?: boolean;
  readonly functions?: number;
}

/** Joins byte strings. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return joinedAll(parts);
}

/** Joins any number of byte strings, more than a call has room for. */
function joinedAll(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** A base-128 varint; negative numbers take ten bytes. */
export function varint(value: number | bigint): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value));
  const found: number[] = [];
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    found.push(rest === 0n ? low : low | 0x80);
  } while (rest !== 0n);
  return Uint8Array.from(found);
}

/** A length-delimited field. */
export function field(number: number, ...content: readonly Uint8Array[]): Uint8Array {
  const body = joined(...content);
  return joined(varint(number * 8 + 2), varint(body.length), body);
}

/** A varint field. */
export function whole(number: number, value: number | bigint): Uint8Array {
  return joined(varint(number * 8), varint(value));
}

/** A text field. */
export function text(number: number, value: string): Uint8Array {
  return field(number, new TextEncoder().encode(value));
}

function real(number: number, value: number): Uint8Array {
  return joined(varint(number * 8 + 5), float32Bytes([value]));
}

/** float32 values as they lie in a file. */
export function float32Bytes(values: readonly number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}

/** The bytes of a ModelProto. */
export function buildModel(spec: ModelSpec): Uint8Array<ArrayBuffer> {
  const { opsets = [['', 13]], metadata = {}, functions = 0 } = spec;
  return joined(
    whole(1, spec.irVersion ?? 8),
    text(2, 'build-onnx'),
    field(7, graphBytes(spec.graph)),
    ...opsets.map(([domain, version]) => field(8, text(1, domain), whole(2, version))),
    ...Object.entries(metadata).map(([key, value]) => field(14, text(1, key), text(2, value))),
    ...(spec.trainingInfo === true ? [field(20, field(1, graphBytes({})))] : []),
    ...Array.from({ length: functions }, () => field(25, text(1, 'own'))),
  );
}

/** The bytes of a GraphProto. */
export function graphBytes(graph: GraphSpec): Uint8Array {
  return joined(
    ...(graph.nodes ?? []).map((node) => field(1, nodeBytes(node))),
    text(2, graph.name ?? 'graph'),
    ...(graph.initialisers ?? []).map((tensor) => field(5, tensorBytes(tensor))),
    ...(graph.inputs ?? []).map((value) => field(11, valueBytes(value))),
    ...(graph.outputs ?? []).map((value) => field(12, valueBytes(value))),
    ...(graph.declared ?? []).map((value) => field(13, valueBytes(value))),
    ...Array.from({ length: graph.sparseInitialisers ?? 0 }, () => field(15)),
  );
}

/** The bytes of a NodeProto. */
export function nodeBytes(node: NodeSpec): Uint8Array {
  return joined(
    ...node.inputs.map((name) => text(1, name)),
    ...node.outputs.map((name) => text(2, name)),
    ...(node.name === undefined ? [] : [text(3, node.name)]),
    text(4, node.op),
    ...Object.entries(node.attributes ?? {}).map(([name, value]) =>
      field(5, attributeBytes(name, value)),
    ),
    ...(node.domain === undefined ? [] : [text(7, node.domain)]),
  );
}

/** The bytes of an AttributeProto, with its `type`. */
function attributeBytes(name: string, value: AttributeValue): Uint8Array {
  const content = (): readonly [number, Uint8Array] => {
    if ('int' in value) return [2, whole(3, value.int)];
    if ('float' in value) return [1, real(2, value.float)];
    if ('ints' in value) return [7, joinedAll(value.ints.map((int) => whole(8, int)))];
    if ('floats' in value) return [6, field(7, float32Bytes(value.floats))];
    if ('text' in value) return [3, text(4, value.text)];
    if ('tensor' in value) return [4, field(5, tensorBytes(value.tensor))];
    if ('graph' in value) return [5, field(6, graphBytes(value.graph))];
    return [11, field(22)];
  };
  const [type, body] = content();
  return joined(text(1, name), body, whole(20, type));
}

/** The bytes of a TensorProto. */
export function tensorBytes(tensor: TensorSpec): Uint8Array {
  const { floats, int64s, raw, location } = tensor;
  return joined(
    ...tensor.shape.map((side) => whole(1, side)),
    whole(2, tensor.type ?? (int64s === undefined ? 1 : 7)),
    ...(floats === undefined ? [] : [field(4, float32Bytes(floats))]),
    ...(int64s === undefined ? [] : [field(7, ...int64s.map(varint))]),
    text(8, tensor.name ?? ''),
    ...(raw === undefined ? [] : [field(9, raw)]),
    ...(location === undefined
      ? []
      : [field(13, text(1, 'location'), text(2, location)), whole(14, 1)]),
  );
}

function valueBytes({ name, shape, type = 1 }: ValueSpec): Uint8Array {
  const sides = shape?.map((side) => {
    if (side === null) return field(1);
    return field(1, typeof side === 'number' ? whole(1, side) : text(2, side));
  });
  const tensor = joined(whole(1, type), ...(sides === undefined ? [] : [field(2, ...sides)]));
  return joined(text(1, name), field(2, field(1, tensor)));
}
