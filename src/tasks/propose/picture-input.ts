import { AppError, type ErrorDetails } from '../../core/errors.ts';
import { grouped } from '../../core/image/intake-error.ts';
import { escapedName, listed } from '../../core/onnx/names.ts';
import type { ModelInspection, TensorInfo } from '../../core/onnx/types.ts';
import { MAX_OUTPUTS } from '../tensors/schema.ts';
import { entranceOf, sidesOf, type Side } from './graph.ts';

/** The picture tensor that a network takes. */
export interface PictureInput {
  readonly name: string;
  readonly layout: 'NCHW' | 'NHWC';
  readonly width: Side;
  readonly height: Side;
}

/** Sides of an input in pixels that a contract can declare (core/manifest/schema.ts). */
export const MIN_SIDE = 8;
export const MAX_SIDE = 4096;
/** In a sentence; a file may declare any number. */
const MOST_SIDES_SHOWN = 8;

/**
 * The one picture that a network takes.
 * @throws AppError `gate/no-contract` when it takes anything else, with what it takes and what would do.
 */
export function pictureInput(inspection: ModelInspection): PictureInput {
  const { inputs, outputs } = inspection;
  const [input] = inputs;
  if (!input) throw noContract('The network takes no input at all', {});
  if (inputs.length > 1) {
    const names = listed(inputs.map(({ name }) => escapedName(name)));
    throw noContract(
      `The network takes ${grouped(inputs.length)} inputs (${names}), but only one picture can be given`,
      { inputs: inputs.length },
    );
  }
  if (outputs.length === 0) throw noContract('The network has no output', {});
  if (outputs.length > MAX_OUTPUTS) {
    throw noContract(
      `The network has ${grouped(outputs.length)} outputs; at most ${String(MAX_OUTPUTS)} are shown`,
      { outputs: outputs.length, limit: MAX_OUTPUTS },
    );
  }
  if (input.elementType !== 'float32' && input.elementType !== 'unknown') {
    throw noContract(
      `The input “${input.name}” is of type ${input.elementType}, and pictures are given as float32`,
      { elementType: input.elementType },
    );
  }
  return pictureOf(input, entranceOf(inspection, input.name).transposes);
}

/** @param transposes whether the network begins with a transposition, as those for channels last do */
function pictureOf(input: TensorInfo, transposes: boolean): PictureInput {
  const sides = sidesOf(input);
  const shape = printSides(input);
  const details = { input: input.name, shape };
  const what = `The input “${input.name}” (${shape})`;
  if (sides?.length === 5) {
    throw noContract(
      `${what} has five axes, which is a video clip, and only single pictures can be given`,
      details,
    );
  }
  if (sides?.length !== 4) {
    throw noContract(
      `${what} is not a picture of four axes: batch, channels, height and width`,
      details,
    );
  }
  const [batch = null, second = null, third = null, last = null] = sides;
  if (batch !== null && batch !== 1) {
    throw noContract(`The network takes ${String(batch)} pictures at once, not one`, details);
  }
  let found: PictureInput;
  // An open channel axis is where ONNX has it, unless the network begins by moving it there.
  if (second === 3 || (second === null && last !== 3 && !(last === null && transposes))) {
    found = { name: input.name, layout: 'NCHW', height: third, width: last };
  } else if (last === 3 || second === null) {
    found = { name: input.name, layout: 'NHWC', height: second, width: third };
  } else if (second === 1 || last === 1) {
    throw noContract(`${what} is a grey picture of one channel, and pictures have three`, details);
  } else {
    throw noContract(`${what} has no axis of three colour channels`, details);
  }
  const fits = (side: Side) => side === null || (side >= MIN_SIDE && side <= MAX_SIDE);
  if (!fits(found.width) || !fits(found.height)) {
    throw noContract(
      `${what} has a side outside ${String(MIN_SIDE)} to ${String(MAX_SIDE)} pixels`,
      details,
    );
  }
  return found;
}

function printSides({ shape }: TensorInfo): string {
  if (!shape) return 'no shape';
  const shown = shape.slice(0, MOST_SIDES_SHOWN).map((side) => side ?? '?');
  const more = shape.length - shown.length;
  return [...shown, ...(more > 0 ? [`${grouped(more)} more`] : [])].join(' × ');
}

function noContract(what: string, details: ErrorDetails): AppError {
  return new AppError(
    'gate/no-contract',
    `${what}. Nothing was installed; choose a model whose only input is one float32 picture of three channels.`,
    { details },
  );
}
