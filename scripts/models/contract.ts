import * as v from 'valibot';
import { parseAs } from '../../src/core/manifest/parse.ts';
import { commonEntrySchema } from '../../src/core/manifest/schema.ts';
import type { ModelInspection } from '../../src/core/onnx/types.ts';
import { proposeContracts } from '../../src/tasks/propose/propose.ts';
import { labelsNeeded } from './labels.ts';

/*
 * What a person says about a model: everything in its entry that cannot be read from its files. It has the names and
 * the form of a manifest's entry.
 */

const entry = commonEntrySchema.entries;

const contractSchema = v.strictObject({
  title: entry.title,
  summary: entry.summary,
  task: entry.task,
  input: entry.input,
  output: entry.output,
  labels: v.strictObject({ format: entry.labels.entries.format }),
  multiplyAdds: entry.multiplyAdds,
  licence: entry.licence,
  source: entry.source,
  trainingData: entry.trainingData,
  evidence: v.optional(entry.evidence),
  caution: v.optional(entry.caution, null),
  golden: v.optional(entry.golden, null),
});

export type Contract = v.InferOutput<typeof contractSchema>;

/** @throws AppError `manifest/bad-contract`. */
export function parseContract(json: unknown, file: string): Contract {
  return parseAs(contractSchema, json, 'manifest/bad-contract', `The contract ${file}`);
}

/**
 * The best proposal from the file's shapes, as a contract to be completed: texts that only a person knows are empty,
 * and empty ones are refused.
 * @returns with it, in sentences, what speaks for it and whether labels are to be given
 * @throws AppError `gate/no-contract`.
 */
export function proposeContract(
  inspection: ModelInspection,
  fileName: string,
  url: string | null,
): { readonly contract: object; readonly because: string; readonly labels: string } {
  const [best] = proposeContracts(inspection, fileName);
  const contract = {
    title: best?.title ?? '',
    summary: '',
    task: best?.task ?? '',
    input: best?.input,
    output: best?.output,
    labels: { format: 'plain' },
    licence: '',
    source: { title: '', url },
    trainingData: '',
    caution: null,
    golden: null,
  };
  return {
    contract,
    because: best ? `${best.title} (${best.confidence}). ${best.because}` : '',
    labels: best ? labelsNeeded(best) : '',
  };
}
