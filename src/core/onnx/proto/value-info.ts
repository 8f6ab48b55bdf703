import type { TensorInfo } from '../types.ts';
import { elementType } from './element-types.ts';
import type { WireReader } from './wire.ts';

type Side = number | string | null;
type Declared = Omit<TensorInfo, 'name'>;

/** A tensor as a graph declares it, with the number of its name. */
export interface ValueInfoProto extends Declared {
  readonly name: number;
}

/** Reads a ValueInfoProto; what is not a plain tensor (a sequence, a map) has an `unknown` element type. */
export function readValueInfo(message: WireReader): ValueInfoProto {
  let name = 0;
  let type: Declared = { elementType: 'unknown', shape: null };
  while (message.next()) {
    if (message.field === 1) name = message.name();
    else if (message.field === 2) type = readType(message.onlyMessage('type'));
    else message.skip();
  }
  return { name, ...type };
}

function readType(message: WireReader): Declared {
  let type: Declared = { elementType: 'unknown', shape: null };
  while (message.next()) {
    if (message.field === 1) type = readTensorType(message.onlyMessage('tensor type'));
    else message.skip();
  }
  return type;
}

function readTensorType(message: WireReader): Declared {
  let code = 0;
  let shape: readonly Side[] | null = null;
  while (message.next()) {
    if (message.field === 1) code = message.int32();
    else if (message.field === 2) shape = readShape(message.onlyMessage('shape'));
    else message.skip();
  }
  return { elementType: elementType(code)?.name ?? 'unknown', shape };
}

function readShape(message: WireReader): readonly Side[] {
  const shape: Side[] = [];
  while (message.next()) {
    if (message.field === 1) shape.push(readSide(message.message('side')));
    else message.skip();
  }
  return shape;
}

function readSide(message: WireReader): Side {
  let side: Side = null;
  while (message.next()) {
    if (message.field === 1) {
      const size = message.size('a declared side');
      // 0 and −1 stand for “not known” in files of some exporters; the runtime takes −1 so too.
      if (size < -1) message.refuse('a shape has a negative side');
      side = size > 0 ? size : null;
    } else if (message.field === 2) side = message.nameText() || null;
    else message.skip();
  }
  return side;
}
