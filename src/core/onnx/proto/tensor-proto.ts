import type { AppError, ErrorDetails } from '../../errors.ts';
import { malformed } from '../gate-error.ts';
import { elementType } from './element-types.ts';
import type { ElementType, TypedField } from './element-types.ts';
import { Scratch } from './scratch.ts';
import type { Span } from './source-file.ts';
import type { WireKind, WireReader } from './wire.ts';

/** A tensor in the file: an initialiser, or the value of an attribute. Its values stay where they are. */
export interface TensorProto {
  /** The number of its name; 0 where it has none. */
  readonly name: number;
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Product of the sides; at most `Number.MAX_SAFE_INTEGER`, however large the claim. */
  readonly values: number;
  /** Its values lie in another file. */
  readonly external: boolean;
  readonly raw: Span | null;
  /** Where the values are when they are not raw: pieces of the type's own field, in order. */
  readonly typed: readonly Span[];
  /** Whether as many values are there as the shape claims. */
  readonly complete: boolean;
  /** Fewest bytes in which the file could hold what the shape claims. */
  readonly claimedBytes: number;
  /** Where it begins in the file. */
  readonly offset: number;
}

const EXTERNAL = 1;

const NONE: readonly Span[] = [];

const sides = new Scratch<number>();
const small = new Scratch<number>();

/** Which TensorProto field number holds which typed values. */
const TYPED_FIELDS: Readonly<Record<number, TypedField>> = {
  4: 'float',
  5: 'int32',
  6: 'string',
  7: 'int64',
  10: 'double',
  11: 'uint64',
};

/**
 * Reads a TensorProto without touching its values.
 *
 * @throws AppError `gate/malformed` for an unknown type, a negative side, raw and typed values at once
 */
export function readTensor(message: WireReader): TensorProto {
  const offset = message.offset;
  sides.clear();
  let name = 0;
  let code = 0;
  let external = false;
  let raw: Span | null = null;
  let typed: TypedField | null = null;
  let pieces: Span[] | null = null;
  let mixed = false;
  while (message.next()) {
    switch (message.field) {
      case 1:
        message.sizes('a side of a tensor', sides);
        break;
      case 2:
        code = message.int32();
        break;
      case 8:
        name = message.name();
        break;
      case 9:
        raw = message.lengthDelimited();
        break;
      case 13: // a list of places in other files is one even where the flag beside it says otherwise
        external = true;
        message.skip();
        break;
      case 14:
        external = message.int32() === EXTERNAL || external;
        break;
      default: {
        const field = TYPED_FIELDS[message.field];
        if (field === undefined) {
          message.skip();
          break;
        }
        const piece = message.values(WIRE_KINDS[field]);
        mixed ||= typed !== null && typed !== field;
        typed = field;
        if (pieces === null) pieces = [piece];
        else pieces.push(piece);
      }
    }
  }
  const type = elementType(code);
  if (type === null) throw broken(message, name, offset, 'has no known type', { type: code });
  const shape = sides.taken();
  if (shape.some(isNegative)) throw broken(message, name, offset, 'has a negative side');
  if (raw !== null && typed !== null) throw broken(message, name, offset, 'holds its values twice');
  const values = productOf(shape);
  const spans = typed === type.field && !mixed && pieces !== null ? pieces : NONE;
  const held = raw === null ? null : raw.end - raw.start;
  const rawBytes = Math.ceil((values * type.bits) / 8);
  return {
    name,
    type,
    shape,
    values,
    external,
    raw,
    typed: spans,
    complete:
      external ||
      (held === null
        ? !mixed && countTyped(message.bytes, type, spans) === typedValues(type, values)
        : held === rawBytes),
    claimedBytes: held === null ? typedValues(type, values) * LEAST_BYTES[type.field] : rawBytes,
    offset,
  };
}

function broken(
  message: WireReader,
  name: number,
  offset: number,
  problem: string,
  details: ErrorDetails = {},
): AppError {
  return malformed(`tensor “${message.names.text(name)}” ${problem}`, offset, details);
}

function isNegative(side: number): boolean {
  return side < 0;
}

/** Product of sides; a claim beyond what a number holds exactly stays at the largest that it does. */
export function productOf(shape: readonly number[]): number {
  // A zero makes the product zero, however large the others are.
  if (shape.includes(0)) return 0;
  return shape.reduce(timesAtMost, 1);
}

function timesAtMost(product: number, side: number): number {
  return Math.min(product * side, Number.MAX_SAFE_INTEGER);
}

const WIRE_KINDS = {
  float: 'fixed32',
  double: 'fixed64',
  int32: 'varint',
  int64: 'varint',
  uint64: 'varint',
  string: 'bytes',
} as const satisfies Readonly<Record<TypedField, WireKind>>;

/** Bytes that one value takes at least in its typed field. */
const LEAST_BYTES: Readonly<Record<TypedField, number>> = {
  float: 4,
  double: 8,
  int32: 1,
  int64: 1,
  uint64: 1,
  string: 1,
};

/** Entries of the typed field for this many values: two for a complex number, one for two 4-bit integers. */
function typedValues({ name, bits, field }: ElementType, values: number): number {
  if (name.startsWith('complex')) return values * 2;
  return bits < 8 && field !== 'string' ? Math.ceil((values * bits) / 8) : values;
}

/** How many entries a typed field holds; NaN where they are cut through. Linear in the field's bytes. */
function countTyped(bytes: Uint8Array, { field }: ElementType, spans: readonly Span[]): number {
  if (field === 'string') return spans.length;
  let count = 0;
  for (const { start, end } of spans) {
    if (field === 'float' || field === 'double') {
      if ((end - start) % LEAST_BYTES[field] !== 0) return Number.NaN;
      count += (end - start) / LEAST_BYTES[field];
      continue;
    }
    if (end > start && (bytes[end - 1] ?? 0) >= 0x80) return Number.NaN; // the last number does not end
    for (let at = start; at < end; at += 1) if ((bytes[at] ?? 0) < 0x80) count += 1;
  }
  return count;
}

/**
 * The values of a small tensor as numbers (int64 beyond ±2^53 rounded), or null when they are not there, are more
 * than `most`, or are of a type that shapes are never made of.
 */
export function smallValues(
  view: DataView,
  tensor: TensorProto,
  most: number,
): readonly number[] | null {
  const { type, values, raw, typed } = tensor;
  if (tensor.external || !tensor.complete || values > most) return null;
  const read = RAW_READERS[type.name];
  if (read === undefined) return null;
  small.clear();
  if (raw !== null) addValues(view, raw, type, read);
  const packed = type.field !== 'float' && type.field !== 'double';
  for (const span of typed) {
    if (packed) addVarints(view, span);
    else addValues(view, span, type, read);
  }
  return small.taken();
}

type ReadValue = (view: DataView, at: number) => number;

function addValues(view: DataView, span: Span, { bits }: ElementType, read: ReadValue): void {
  for (let at = span.start; at < span.end; at += bits / 8) small.add(read(view, at));
}

const RAW_READERS: Readonly<Record<string, ReadValue>> = {
  float32: (view, at) => view.getFloat32(at, true),
  float64: (view, at) => view.getFloat64(at, true),
  int64: (view, at) => view.getInt32(at + 4, true) * 0x1_0000_0000 + view.getUint32(at, true),
  int32: (view, at) => view.getInt32(at, true),
  uint8: (view, at) => view.getUint8(at),
  int8: (view, at) => view.getInt8(at),
  bool: (view, at) => view.getUint8(at),
};

/** Signed 64-bit varints of a span that is known to end with one; of longer ones only 64 bits count. */
function addVarints(view: DataView, { start, end }: Span): void {
  let low = 0;
  let high = 0;
  let shift = 0;
  for (let at = start; at < end; at += 1) {
    const byte = view.getUint8(at);
    const bits = byte & 0x7f;
    if (shift < 32) low |= bits << shift;
    if (shift === 28) high |= bits >>> 4;
    else if (shift > 28 && shift < 64) high |= bits << (shift - 32);
    shift += 7;
    if (byte >= 0x80) continue;
    // Two halves are added; the sum is rounded once, as a number of 64 bits would be.
    small.add(high * 0x1_0000_0000 + (low >>> 0));
    low = 0;
    high = 0;
    shift = 0;
  }
}
