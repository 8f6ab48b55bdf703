import { LIMITS } from '../../core/limits.ts';
import { formatBytes } from '../../core/quantity.ts';
import type { Grade } from '../../core/integrity/provenance.ts';
import type { Claim } from '../library/types.ts';
import type { Metric, Zoo, ZooContract, ZooModel } from './schema.ts';

/** The file that an install would fetch. */
export interface ZooSource {
  readonly url: string;
  readonly bytes: number | null;
  readonly claim: Claim;
  readonly grade: Grade;
  readonly vouchedBy: string;
  /** The graph's input as published; null for an open side. */
  readonly input: readonly (number | null)[];
  readonly contract: ZooContract;
  readonly quantised: boolean;
  /** Measured on this very file where its publisher did; else GluonCV's figures for the network. */
  readonly metrics: readonly Metric[];
  readonly host: 'model-zoo' | 'gluoncv';
}

/** Whether a model of the zoo can be installed by this version, and from which file, or why not. */
export type ZooPlan =
  | { readonly possible: true; readonly source: ZooSource }
  | { readonly possible: false; readonly because: string };

/** Picks the file with the best evidence that this version can run: a full SHA-256 before 32 bits of a SHA-1. */
export function planInstall(zoo: Zoo, model: ZooModel): ZooPlan {
  const maxBytes = LIMITS.modelBytes;
  const fits = model.modelZoo.find(({ bytes }) => bytes <= maxBytes);
  if (fits) {
    const contract = zoo.contracts[fits.contract];
    if (contract) return { possible: true, source: modelZooSource(zoo, fits, contract, model) };
  }
  const [tooLarge] = model.modelZoo;
  if (tooLarge) {
    return no(
      `The file has ${formatBytes(tooLarge.bytes)}; a session of more than ${formatBytes(maxBytes)} does not fit in WebAssembly’s memory.`,
    );
  }
  return planGluonFile(zoo, model);
}

function planGluonFile(zoo: Zoo, model: ZooModel): ZooPlan {
  const { onnx } = model;
  if (!onnx) return no(whyNothing(model));
  if (onnx.input.length !== 4) {
    const frames = onnx.input[2];
    return no(
      `Reads a clip of ${typeof frames === 'number' ? String(frames) : 'several'} frames; this version reads single pictures.`,
    );
  }
  const contract = onnx.contract === null ? undefined : zoo.contracts[onnx.contract];
  if (!contract) return no('The catalogue does not say how its pictures are prepared.');
  return {
    possible: true,
    source: {
      url: onnx.url,
      bytes: null,
      claim: { kind: 'sha1-prefix', prefix: onnx.sha1Prefix },
      grade: 'D',
      vouchedBy: `GluonCV, eight digits of the SHA-1 in the file’s name, ${zoo.sources.gluoncv}`,
      input: onnx.input,
      contract,
      quantised: false,
      metrics: headlineFirst(model),
      host: 'gluoncv',
    },
  };
}

function modelZooSource(
  zoo: Zoo,
  file: ZooModel['modelZoo'][number],
  contract: ZooContract,
  model: ZooModel,
): ZooSource {
  return {
    url: file.url,
    bytes: file.bytes,
    claim: { kind: 'sha256', sha256: file.sha256, chunks: null },
    grade: 'B',
    vouchedBy: `ONNX Model Zoo, Git LFS pointer in ${zoo.sources.modelZoo}`,
    input: file.input,
    contract,
    quantised: file.quantised,
    metrics: file.metrics.length > 0 ? file.metrics : headlineFirst(model),
    host: 'model-zoo',
  };
}

/** GluonCV's metrics with the headline in front. */
export function headlineFirst({ metrics, headline }: ZooModel): readonly Metric[] {
  const first = metrics.filter(({ name }) => name === headline);
  return [...first, ...metrics.filter(({ name }) => name !== headline)];
}

function whyNothing({ kind, params }: ZooModel): string {
  if (kind === 'template') return 'A template for one’s own classes, without trained weights.';
  if (kind === 'int8') return 'An 8-bit graph inside MXNet; GluonCV never published it as a file.';
  if (!params) return 'GluonCV published no weights for it.';
  return 'Only MXNet weights (.params) were published; this version cannot convert them.';
}

function no(because: string): ZooPlan {
  return { possible: false, because };
}
