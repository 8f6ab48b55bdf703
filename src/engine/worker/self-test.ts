import { AppError } from '../../core/errors.ts';
import type { Golden } from '../../core/manifest/schema.ts';
import type { OutputTensors } from '../../tasks/types.ts';
import type { SelfTest } from '../protocol.ts';

/**
 * Compares the outputs on a golden input with what the reference runtime gave.
 * @returns the output whose error is largest in relation to its tolerance.
 * @throws AppError `engine/self-test-failed`: this backend computes this model wrongly on this device.
 */
export function compareGolden(outputs: OutputTensors, golden: Golden): SelfTest {
  let worst: SelfTest = { maxError: 0, tolerance: Infinity };
  for (const { name, head, tolerance } of golden.outputs) {
    const data = outputs.get(name)?.data ?? new Float32Array();
    const maxError = head.reduce((max, expected, index) => {
      const error = Math.abs((data[index] ?? NaN) - expected);
      return Number.isFinite(error) ? Math.max(max, error) : Infinity;
    }, 0);
    if (!(maxError <= tolerance)) throw failed(name, maxError, tolerance);
    if (maxError / tolerance >= worst.maxError / worst.tolerance) worst = { maxError, tolerance };
  }
  return worst;
}

function failed(output: string, maxError: number, tolerance: number): AppError {
  const finding = Number.isFinite(maxError)
    ? `was off by ${maxError.toPrecision(3)} where ${String(tolerance)} is allowed`
    : 'lacked values or had some that are no numbers';
  return new AppError(
    'engine/self-test-failed',
    `The model computes wrongly on this backend: in its self-test “${output}” ${finding}. No answer is given; choose another backend.`,
    { details: { output, maxError: String(maxError), tolerance } },
  );
}
