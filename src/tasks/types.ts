import type { GenericSchema } from 'valibot';
import type { InputGeometry } from '../core/geometry/boxes.ts';

/** One output of a network, on the CPU. Other element types become float32 at the border. */
export interface OutputTensor {
  readonly dims: readonly number[];
  readonly data: Float32Array;
  /** The graph's own element type before the widening; absent means `float32`. */
  readonly elementType?: string;
}

/** Outputs by the names the graph gives them. */
export type OutputTensors = ReadonlyMap<string, OutputTensor>;

/** What every family provides to the engine: its contract in the manifest and its reading of the outputs. */
export interface TaskFamily<Id extends string, Output, Answer> {
  readonly id: Id;
  readonly title: string;
  /** Parses the `output` part of a manifest entry. */
  readonly outputSchema: GenericSchema<unknown, Output>;
  /** The graph outputs that the contract speaks of. */
  readonly outputNames: (contract: Output) => readonly string[];
  /**
   * Why `auto` should run a model of this contract on WebAssembly even where a GPU is, as the end of a sentence
   * ("…, because "); null when any backend will do.
   */
  readonly avoidGpuBecause: (contract: Output) => string | null;
  /**
   * GluonCV's own postprocessing.
   * @throws AppError `engine/bad-output` when an output is missing or has the wrong shape.
   */
  readonly postprocess: (
    outputs: OutputTensors,
    contract: Output,
    labels: readonly string[],
    geometry: InputGeometry,
  ) => Answer;
}
