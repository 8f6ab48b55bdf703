import type { ErrorCode, ErrorDetails } from '../errors.ts';

/** The picture that a network is going to be given: it fills the sides that the file leaves open. */
export interface GivenPicture {
  /** Name of the input that takes it. */
  readonly input: string;
  readonly layout: 'NCHW' | 'NHWC';
  /** In pixels, as large as they can become. */
  readonly width: number;
  readonly height: number;
}

/** A tensor as a graph declares it. */
export interface TensorInfo {
  readonly name: string;
  /** ONNX element type in lower case: `float32`, `float16`, `int64`, `uint8`, …; `unknown` when not declared. */
  readonly elementType: string;
  /** Each side a number, a symbolic name, or null when unknown; null as a whole when no shape is declared. */
  readonly shape: readonly (number | string | null)[] | null;
}

/** One operator of the graph, in file order. */
export interface Layer {
  readonly index: number;
  /** The node's name, or its first output's where it has none. */
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Inferred shape of the first output; null where inference does not reach. */
  readonly outputShape: readonly number[] | null;
  /** Values in the initialisers that this layer is the first to work with, past what only casts or arranges them. */
  readonly parameters: number;
  /** Multiply-adds of convolutions and matrix products in one run, 0 for others; null where a shape is unknown. */
  readonly multiplyAdds: number | null;
  /** What an Add, Sub, Mul or Div applies where that is a constant of one to four values; null for all others. */
  readonly operand: readonly number[] | null;
}

/** What the bounded reader found in a model file; no operator was executed. */
export interface ModelInspection {
  readonly fileBytes: number;
  readonly irVersion: number;
  readonly opsets: readonly { readonly domain: string; readonly version: number }[];
  readonly producer: string;
  readonly graphName: string;
  /** Graph inputs that are not initialisers. */
  readonly inputs: readonly TensorInfo[];
  /** As inferred, and as declared where inference does not reach; an open batch keeps its symbol. */
  readonly outputs: readonly TensorInfo[];
  /** Operators by how often they occur, most frequent first. */
  readonly ops: readonly { readonly op: string; readonly domain: string; readonly count: number }[];
  readonly layers: readonly Layer[];
  /** Values in initialisers and Constants, but for int64, bool and string ones: those are sizes and indices. */
  readonly parameters: number;
  readonly parameterBytes: number;
  /**
   * Multiply-adds of one run with the declared input (an open batch side counts as 1), summed over the layers where
   * they are known; null when no layer's shape could be inferred, or the size of nothing that multiplies.
   */
  readonly multiplyAdds: number | null;
  /**
   * Estimate of the largest sum of activations alive at once, inputs among them, in bytes (4 a value). It ignores
   * reuse in place; an open side counts as 1 and an unknown rank as nothing: then it is a lower bound. Null when nothing
   * is known of any shape; `Number.MAX_SAFE_INTEGER` stands for that many and more.
   */
  readonly activationBytes: number | null;
  /** How many layers have no inferred shape. */
  readonly unknownShapes: number;
  /**
   * Operators that inference could not follow though it knew what they are given: without a rule here, or used against
   * it. Some of them, each once, escaped for showing. Empty where sizes are open only by the input or by data.
   */
  readonly unfollowed: readonly string[];
  /** Over the values of all floating-point initialisers; min, max and mean over the finite ones, 0 without any. */
  readonly weights: {
    readonly values: number;
    readonly nan: number;
    readonly infinite: number;
    readonly min: number;
    readonly max: number;
    readonly mean: number;
  };
  /** `metadata_props`, bounded in number and length. */
  readonly metadata: readonly { readonly key: string; readonly value: string }[];
  /** How many of them the file has in all. */
  readonly metadataLines: number;
  /** What the gate judges, as the reader met it. */
  readonly findings: {
    readonly externalData: readonly string[];
    readonly customDomains: readonly string[];
    /** Operators that ONNX does not have, in the domains that are its own. */
    readonly unknownOperators: readonly string[];
    readonly controlFlow: readonly string[];
    readonly functions: number;
    readonly trainingInfo: boolean;
    /** Bytes that the initialisers' shapes claim, at the least that their encoding takes. */
    readonly claimedInitialiserBytes: number;
    /** Names with control or bidirectional characters, escaped for showing. */
    readonly badNames: readonly string[];
    readonly sparseInitialisers: number;
  };
}

/** Why the gate refuses a model, or what it warns of: a code, a sentence, and the numbers. */
export interface GateReason {
  readonly code: ErrorCode;
  readonly sentence: string;
  readonly details: ErrorDetails;
}

/** The gate's decision about a model file. */
export interface GateVerdict {
  readonly accepted: boolean;
  /** Empty when accepted. */
  readonly reasons: readonly GateReason[];
  /** Things to know that refuse nothing: NaN weights, unknown shapes, an old opset. */
  readonly warnings: readonly GateReason[];
}
