import { judgeInstall, type Grade, type InstallPolicy } from '../../core/integrity/provenance.ts';
import { headlineFirst, planInstall, type ZooPlan } from '../../models/zoo/plan.ts';
import type { Metric, Zoo, ZooModel, ZooTask } from '../../models/zoo/schema.ts';
import { datasetTitle } from '../../models/zoo/words.ts';
import { searchedOf } from './search.ts';

/** A model of the zoo as the list shows, sorts and filters it. */
export interface LibraryRow {
  readonly id: string;
  readonly model: ZooModel;
  readonly plan: ZooPlan;
  readonly task: ZooTask;
  /** Title of the data set. */
  readonly dataset: string | null;
  /** The headline, of the same file as the size where its publisher measured it; else GluonCV's. */
  readonly metric: Metric | null;
  /** What the headline measures, equal for rows that can be compared: “ImageNet-1k, top-1”. */
  readonly measure: string | null;
  /** Published size of the file, or that of the installed one; null while neither is known. */
  readonly bytes: number | null;
  /** The evidence for the file that would be installed if the policy let it; for the others the best there is. */
  readonly grade: Grade | null;
  /** What the search looks into; see `searchedOf`. */
  readonly searched: string;
}

/**
 * Every model of the zoo as a row, in the order of the catalogue. What the policy forbids cannot be installed; what is
 * published of a model is the same under every policy.
 */
export function toRows(zoo: Zoo, policy: InstallPolicy = 'standard'): readonly LibraryRow[] {
  return zoo.models.map((model): LibraryRow => {
    const plan = planInstall(zoo, model);
    const dataset = datasetTitle(zoo, model);
    const { metric, bytes, grade } = figuresOf(model, plan);
    return {
      id: model.name,
      model,
      plan: permitted(plan, policy),
      task: model.task,
      dataset,
      metric,
      measure: metric && dataset !== null ? `${dataset}, ${metric.name}` : null,
      bytes,
      grade,
      searched: searchedOf(model, dataset),
    };
  });
}

/** Accuracy, size and evidence of one and the same file: the one to install, else the one published with its size. */
function figuresOf(model: ZooModel, plan: ZooPlan): Pick<LibraryRow, 'metric' | 'bytes' | 'grade'> {
  if (plan.possible) {
    const { metrics, bytes, grade } = plan.source;
    return { metric: metrics[0] ?? null, bytes, grade };
  }
  const [published] = model.modelZoo;
  const metric = published?.metrics[0] ?? headlineFirst(model)[0] ?? null;
  return { metric, bytes: published?.bytes ?? null, grade: model.grade };
}

function permitted(plan: ZooPlan, policy: InstallPolicy): ZooPlan {
  if (!plan.possible) return plan;
  const { action, because } = judgeInstall(plan.source.grade, 'catalogue', policy);
  return action === 'refuse' ? { possible: false, because } : plan;
}

/** The rows with the sizes of installed files, which no publisher may have told. */
export function withSizes(
  rows: readonly LibraryRow[],
  installed: ReadonlyMap<string, number>,
): readonly LibraryRow[] {
  if (installed.size === 0) return rows;
  return rows.map((row) => {
    const bytes = installed.get(row.id);
    return bytes === undefined || bytes === row.bytes ? row : { ...row, bytes };
  });
}
