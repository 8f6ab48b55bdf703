import type { Metric } from '../../src/models/zoo/schema.ts';
import type { Row } from './tsv.ts';

/** What GluonCV publishes about a model's accuracy. */
export interface Accuracy {
  readonly metrics: readonly Metric[];
  readonly headline: string | null;
  readonly measured: string | null;
}

/** A column of GluonCV's tables: the metrics in its cell, separated by `/`; null for one that is left out. */
interface Column {
  readonly pattern: RegExp;
  readonly names: readonly (string | null)[];
  readonly unit: Metric['unit'];
  readonly better: Metric['better'];
}

const percent = (pattern: RegExp, ...names: readonly (string | null)[]): Column => ({
  pattern,
  names,
  unit: '%',
  better: 'higher',
});

/** In the order of importance: the first metric found is the headline. */
const COLUMNS: readonly Column[] = [
  percent(/^Top-1( accuracy.*)?$/, 'top-1'),
  percent(/^Top-5( accuracy.*)?$/, 'top-5'),
  percent(/^Acc \(/, 'accuracy', 'accuracy with mix-up'),
  percent(/^Segm AP$/, 'mask AP', 'mask AP50', 'mask AP75'),
  percent(/^Box AP$/, 'box AP', 'box AP50', 'box AP75'),
  percent(/^mAP\(Orig\/F\)$/, 'mAP', 'mAP with flip'),
  percent(/^mAP$/, 'mAP'),
  percent(/^OKS AP$/, 'OKS AP', 'OKS AP50', 'OKS AP75'),
  percent(/^OKS AP \(with flip\)$/, 'OKS AP with flip'),
  percent(/^mIoU$/, 'mIoU'),
  percent(/^pixAcc$/, 'pixel accuracy'),
  {
    pattern: /^Abs\. Rel\. Error$/,
    names: ['absolute relative error'],
    unit: null,
    better: 'lower',
  },
  { pattern: /^delta < 1\.25$/, names: ['share within 1.25×'], unit: null, better: 'higher' },
  { pattern: /^Sequence 09$/, names: ['drift, sequence 09'], unit: 'm', better: 'lower' },
  { pattern: /^Sequence 10$/, names: ['drift, sequence 10'], unit: 'm', better: 'lower' },
];

/**
 * The metrics of one row, the most important first: "Box AP=25.1/42.9/25.8; …". A cell without a number ("N/A") is
 * left out, and what follows a number ("86.2_", "0.021±0.012") is dropped.
 */
export function parseMetrics(cells: string): readonly Metric[] {
  const pairs = cells.split(';').flatMap((pair): (readonly [string, string])[] => {
    const at = pair.lastIndexOf('=');
    return at < 0 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()]];
  });
  return COLUMNS.flatMap(({ pattern, names, unit, better }) =>
    pairs
      .filter(([title]) => pattern.test(title))
      .flatMap(([, cell]) =>
        cell.split('/').flatMap((part, index): Metric[] => {
          const number = /^\s*(\d+(?:\.\d+)?)/.exec(part)?.[1];
          const name = names[index];
          return number === undefined || !name
            ? []
            : [{ name, value: Number(number), unit, better }];
        }),
      ),
  );
}

/** Where the tables spell a name otherwise. */
const SPELLED: Readonly<Record<string, string>> = { resnext101_64x4d: 'resnext101_64x4d_v1' };

/** YOLOv3's default size; the tables give several, under one and the same weights. */
const USUAL = '(416x416)';

/**
 * A model's accuracy from GluonCV's tables (those of its PyTorch models aside).
 * @param sha8 the first eight digits of the published weights' SHA-1, by which the tables tell versions apart
 */
export function accuracyOf(name: string, sha8: string | null, table: readonly Row[]): Accuracy {
  const spelled = SPELLED[name] ?? name;
  const rows = table.filter(
    (row) => row['name']?.toLowerCase() === spelled && !row['table']?.endsWith('_torch'),
  );
  const row =
    rows.find((one) => one['hashtag'] !== '' && one['hashtag'] === sha8) ??
    rows.find((one) => one['variant'] === USUAL) ??
    rows[0];
  if (!row) return { metrics: [], headline: null, measured: null };
  const own = parseMetrics(row['all_metrics'] ?? '').map((metric) => renamed(metric, row));
  const sizes = rows
    .filter((other) => other !== row && row['variant'] === USUAL)
    .flatMap((other) =>
      parseMetrics(other['all_metrics'] ?? '')
        .slice(0, 1)
        .map((metric) => ({ ...metric, name: `${metric.name} at ${size(other)}` })),
    );
  const metrics = [...own, ...sizes];
  return { metrics, headline: metrics[0]?.name ?? null, measured: measuredOn(row, sha8) };
}

/** COCO's measure is not VOC's, though one table calls both mAP. */
function renamed(metric: Metric, { table }: Row): Metric {
  return table === 'MSCOCO_CenterNet'
    ? { ...metric, name: metric.name.replace('mAP', 'box AP') }
    : metric;
}

function measuredOn(row: Row, sha8: string | null): string | null {
  const { hashtag = '', variant } = row;
  if (variant === USUAL) return `on pictures of ${size(row)}`;
  if (hashtag === '' || sha8 === null || hashtag === sha8) return null;
  return `GluonCV’s table names other weights (${hashtag}) than those published (${sha8})`;
}

function size({ variant = '' }: Row): string {
  return variant.replaceAll(/[()]/g, '').replace('x', ' × ');
}
