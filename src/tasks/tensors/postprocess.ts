import { AppError } from '../../core/errors.ts';
import type { OutputTensor, OutputTensors } from '../types.ts';
import {
  HEAD,
  PEAKS,
  type Peak,
  type Statistics,
  type TensorReading,
  type TensorsAnswer,
  type TensorsOutput,
} from './schema.ts';

/**
 * Describes each output of the contract: shape, statistics, first and largest values. Nothing is interpreted, so NaN
 * and infinities are counted, not refused.
 * @throws AppError `engine/bad-output` when an output is missing.
 */
export function postprocessTensors(outputs: OutputTensors, contract: TensorsOutput): TensorsAnswer {
  return {
    task: 'tensors',
    outputs: contract.outputs.map((name) => {
      const tensor = outputs.get(name);
      if (!tensor) {
        throw new AppError(
          'engine/bad-output',
          `The model gave no output “${name}”. Its declaration does not fit it; choose another model.`,
          { details: { missing: name } },
        );
      }
      return readTensor(name, tensor);
    }),
  };
}

function readTensor(name: string, { dims, data, elementType }: OutputTensor): TensorReading {
  let nan = 0;
  let infinite = 0;
  for (const value of data) {
    if (Number.isNaN(value)) nan += 1;
    else if (!Number.isFinite(value)) infinite += 1;
  }
  return {
    name,
    elementType: elementType ?? 'float32',
    shape: dims,
    count: data.length,
    statistics: statisticsOf(data, data.length - nan - infinite),
    nan,
    infinite,
    head: [...data.subarray(0, HEAD)],
    peaks: largest(data),
  };
}

/** Two passes: the deviation from the mean itself does not cancel as Σx² − n·mean² would. */
function statisticsOf(data: Float32Array, finite: number): Statistics | null {
  if (finite === 0) return null;
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  for (const value of data) {
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
  }
  const mean = sum / finite;
  let squares = 0;
  for (const value of data) {
    if (Number.isFinite(value)) squares += (value - mean) ** 2;
  }
  return { min, max, mean, deviation: Math.sqrt(squares / finite) };
}

/** The largest finite values, largest first; of equals the earlier one comes first. */
function largest(data: Float32Array): readonly Peak[] {
  const peaks: Peak[] = [];
  let least = -Infinity;
  data.forEach((value, index) => {
    if (!Number.isFinite(value) || (peaks.length === PEAKS && value <= least)) return;
    const place = peaks.findIndex((peak) => value > peak.value);
    peaks.splice(place < 0 ? peaks.length : place, 0, { index, value });
    if (peaks.length > PEAKS) peaks.pop();
    least = peaks.at(-1)?.value ?? -Infinity;
  });
  return peaks;
}

/** The place of a value along each axis: index 5 of 2 × 3 → [1, 2]. */
export function coordinatesOf(index: number, shape: readonly number[]): readonly number[] {
  const coordinates: number[] = [];
  let rest = index;
  for (const side of shape.toReversed()) {
    coordinates.unshift(rest % side);
    rest = Math.floor(rest / side);
  }
  return coordinates;
}
