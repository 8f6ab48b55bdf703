/** Which field of a TensorProto holds the values of a type when they are not in `raw_data`. */
export type TypedField = 'float' | 'double' | 'int32' | 'int64' | 'uint64' | 'string';

export interface ElementType {
  /** ONNX's name in lower case. */
  readonly name: string;
  /** Size of one value in `raw_data`; 0 where it has no fixed one. */
  readonly bits: number;
  readonly field: TypedField;
  /** Whole numbers or truth values. */
  readonly integer: boolean;
}

function type(name: string, bits: number, field: TypedField): ElementType {
  return { name, bits, field, integer: isInteger(name) };
}

/** TensorProto.DataType by number, as of ONNX 1.23 (onnx.proto). */
const ELEMENT_TYPES: readonly (ElementType | null)[] = [
  null,
  type('float32', 32, 'float'),
  type('uint8', 8, 'int32'),
  type('int8', 8, 'int32'),
  type('uint16', 16, 'int32'),
  type('int16', 16, 'int32'),
  type('int32', 32, 'int32'),
  type('int64', 64, 'int64'),
  type('string', 0, 'string'),
  type('bool', 8, 'int32'),
  type('float16', 16, 'int32'),
  type('float64', 64, 'double'),
  type('uint32', 32, 'uint64'),
  type('uint64', 64, 'uint64'),
  type('complex64', 64, 'float'),
  type('complex128', 128, 'double'),
  type('bfloat16', 16, 'int32'),
  type('float8e4m3fn', 8, 'int32'),
  type('float8e4m3fnuz', 8, 'int32'),
  type('float8e5m2', 8, 'int32'),
  type('float8e5m2fnuz', 8, 'int32'),
  type('uint4', 4, 'int32'),
  type('int4', 4, 'int32'),
  type('float4e2m1', 4, 'int32'),
  type('float8e8m0', 8, 'int32'),
  type('uint2', 2, 'int32'),
  type('int2', 2, 'int32'),
];

/** The type with this number; null when there is none (or none was declared, 0). */
export function elementType(code: number): ElementType | null {
  return ELEMENT_TYPES[code] ?? null;
}

/** Whether a type with this name holds whole numbers or truth values. */
export function isInteger(name: string): boolean {
  return /^u?int|^bool$/.test(name);
}
