import type { Grade } from '../../../core/integrity/provenance.ts';
import type { Metric, ZooModel, ZooTask } from '../../../models/zoo/schema.ts';
import { toRows, type LibraryRow } from '../rows.ts';

interface Wanted {
  readonly name: string;
  readonly task?: ZooTask;
  readonly dataset?: string;
  readonly value?: number;
  readonly metric?: Partial<Metric>;
  readonly bytes?: number | null;
  readonly grade?: Grade | null;
  readonly possible?: boolean;
}

/** A row as the list would have it, with the facts that a test is about. */
export function rowOf(wanted: Wanted): LibraryRow {
  const { name, task = 'classification', dataset = 'ImageNet-1k', bytes = null } = wanted;
  const model: ZooModel = {
    name,
    family: 'ResNet',
    task,
    dataset: 'd',
    metrics: [],
    headline: null,
    measured: null,
    labels: null,
    onnx: null,
    params: null,
    modelZoo: [],
    grade: null,
    kind: 'network',
  };
  const [row] = toRows({
    version: 1,
    sources: { gluoncv: 'g', modelZoo: 'm' },
    licence: 'l',
    datasets: { d: { title: dataset, terms: 't' } },
    labels: {},
    contracts: {},
    models: [model],
  });
  if (!row) throw new TypeError('no row');
  const metric: Metric | null =
    wanted.value === undefined
      ? null
      : { name: 'top-1', value: wanted.value, unit: '%', better: 'higher', ...wanted.metric };
  return {
    ...row,
    metric,
    measure: metric && `${dataset}, ${metric.name}`,
    bytes,
    grade: wanted.grade ?? null,
    plan: wanted.possible
      ? { possible: true, source: undefined as never }
      : { possible: false, because: 'no' },
  };
}
