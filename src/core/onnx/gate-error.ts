import { AppError } from '../errors.ts';
import type { ErrorDetails } from '../errors.ts';
import { grouped } from '../image/intake-error.ts';

/**
 * `gate/malformed`: the bytes contradict the format.
 *
 * @param problem a clause that fits after "…: ", with numbers where there are any
 * @param offset where in the file, in bytes
 */
export function malformed(problem: string, offset: number, details: ErrorDetails = {}): AppError {
  return new AppError(
    'gate/malformed',
    `The model file is damaged at byte ${grouped(offset)}: ${problem}. Download or export it again.`,
    { details: { problem, offset, ...details } },
  );
}

/** `gate/truncated`: the file ends before what it announces. Sizes in bytes. */
export function cutOff(needed: number, actual: number): AppError {
  return new AppError(
    'gate/truncated',
    `The model file ends too early: it announces at least ${grouped(needed)} bytes and has ${grouped(actual)}. ` +
      'It was probably cut off on the way; download or copy it again.',
    { details: { needed, actual, offset: actual } },
  );
}

/** `gate/not-onnx`: nothing of a model is in the file. */
export function notOnnx(why: string, offset: number): AppError {
  return new AppError(
    'gate/not-onnx',
    `This is not an ONNX model: ${why}. Choose a file that ends in .onnx and was exported as ONNX.`,
    { details: { why, offset } },
  );
}

/** `gate/malformed-graph`: the file can be read, but its graph is none that could run. */
export function malformedGraph(problem: string, details: ErrorDetails = {}): AppError {
  return new AppError(
    'gate/malformed-graph',
    `The model's graph contradicts itself: ${problem}. Export the model again.`,
    { details: { problem, ...details } },
  );
}

/** `gate/too-many-nodes`: more operators than any model of the zoo has. */
export function tooManyNodes(nodes: number, limit: number): AppError {
  return new AppError(
    'gate/too-many-nodes',
    `The model has ${grouped(nodes)} operators; at most ${grouped(limit)} are accepted. ` +
      'Simplify or fold it before exporting.',
    { details: { nodes, limit } },
  );
}

/** `gate/too-complex`: more values are computed from constants than the sizes of any network are. */
export function tooMuchArithmetic(limit: number): AppError {
  return new AppError(
    'gate/too-complex',
    `The model computes more than ${grouped(limit)} numbers from its constants; no model of its kind does. ` +
      'Fold its constants before exporting, or choose another file.',
    { details: { limit } },
  );
}

/** `gate/too-complex`: reading it asked for more than an array or the call stack holds. */
export function beyondReading(fileBytes: number, cause: RangeError): AppError {
  return new AppError(
    'gate/too-complex',
    `The model file of ${grouped(fileBytes)} bytes asks for more room than its reader has (${cause.message}). ` +
      'Choose another file.',
    { cause, details: { fileBytes } },
  );
}

/** `gate/too-complex`: more separate entries (names, attributes, shapes) than a sane file of this kind has. */
export function tooComplex(limit: number, offset: number): AppError {
  return new AppError(
    'gate/too-complex',
    `The model lists more than ${grouped(limit)} names, attributes and sizes; no model of its kind does. ` +
      'Choose another file.',
    { details: { limit, offset } },
  );
}
