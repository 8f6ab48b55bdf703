import * as v from 'valibot';
import { limitOf } from '../../core/limits.ts';

/** Most outputs that one model may show. */
export const MAX_OUTPUTS = limitOf('modelOutputs');

/** A network whose answer nobody interprets: the outputs to be shown as they are, by name, 1 to 16 of them. */
export const tensorsOutputSchema = v.strictObject({
  outputs: v.pipe(
    v.array(v.pipe(v.string(), v.nonEmpty(), v.maxLength(200))),
    v.minLength(1),
    v.maxLength(MAX_OUTPUTS),
    v.check((names) => new Set(names).size === names.length, 'each output once is wanted'),
  ),
});

export type TensorsOutput = v.InferOutput<typeof tensorsOutputSchema>;

/** Over the finite values of a tensor, in double precision. */
export interface Statistics {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Population standard deviation: √(Σ(x − mean)² ÷ n). */
  readonly deviation: number;
}

/** A value and its place in memory order. */
export interface Peak {
  readonly index: number;
  readonly value: number;
}

/** What one output holds. */
export interface TensorReading {
  readonly name: string;
  /** As the graph gives it: `float32`, `int64`, … */
  readonly elementType: string;
  readonly shape: readonly number[];
  /** Number of values; the product of `shape`. */
  readonly count: number;
  /** Null when no value is finite. */
  readonly statistics: Statistics | null;
  readonly nan: number;
  readonly infinite: number;
  /** The first values in memory order: at most {@link HEAD}. */
  readonly head: readonly number[];
  /** The largest finite values, largest first: at most {@link PEAKS}. */
  readonly peaks: readonly Peak[];
}

/** The outputs in the order of the contract. */
export interface TensorsAnswer {
  readonly task: 'tensors';
  readonly outputs: readonly TensorReading[];
}

export const HEAD = 8;
export const PEAKS = 5;
