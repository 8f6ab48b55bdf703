import { GRADES, type Grade } from '../../core/integrity/provenance.ts';
import { ZOO_TASKS, type ZooTask } from '../../models/zoo/schema.ts';
import type { LibraryRow } from './rows.ts';
import { matches, nearness } from './search.ts';

const MiB = 1024 * 1024;

/** Sizes to choose from: from `from` (excluded) to `to` bytes; null where the size is not published. */
export const SIZE_BANDS = {
  '10': { title: 'Up to 10 MiB', from: 0, to: 10 * MiB },
  '50': { title: '10 to 50 MiB', from: 10 * MiB, to: 50 * MiB },
  '200': { title: '50 to 200 MiB', from: 50 * MiB, to: 200 * MiB },
  more: { title: 'Over 200 MiB', from: 200 * MiB, to: Infinity },
  unknown: { title: 'Not published', from: null, to: null },
} as const;

export type SizeBand = keyof typeof SIZE_BANDS;

export const SORTS = {
  name: 'Name',
  accuracy: 'Accuracy',
  size: 'Size',
  grade: 'Evidence',
} as const;

export type Sort = keyof typeof SORTS;

/** What the person looks for. Null means no matter. */
export interface Query {
  readonly search: string;
  readonly task: ZooTask | null;
  /** Title of a data set. */
  readonly dataset: string | null;
  /** `none`: nothing was ever published. */
  readonly grade: Grade | 'none' | null;
  readonly size: SizeBand | null;
  /** Bounds of the headline metric in percent, inclusive; rows without one in percent fail a bound. */
  readonly atLeast: number | null;
  readonly atMost: number | null;
  readonly onlyInstallable: boolean;
  readonly onlyInstalled: boolean;
  readonly sort: Sort;
}

export const EVERYTHING: Query = {
  search: '',
  task: null,
  dataset: null,
  grade: null,
  size: null,
  atLeast: null,
  atMost: null,
  onlyInstallable: false,
  onlyInstalled: false,
  sort: 'name',
};

/** Rows that answer a query, sorted; where a search goes by name, the names that come nearest to it lead. */
export function select(
  rows: readonly LibraryRow[],
  query: Query,
  isInstalled: (id: string) => boolean,
): readonly LibraryRow[] {
  const isFound = matches(query.search);
  return rows
    .filter(
      (row) =>
        isFound(row.searched) &&
        (query.task === null || row.task === query.task) &&
        (query.dataset === null || row.dataset === query.dataset) &&
        (query.grade === null || (row.grade ?? 'none') === query.grade) &&
        (query.size === null || inBand(row.bytes, query.size)) &&
        inRange(row, query) &&
        (!query.onlyInstallable || row.plan.possible) &&
        (!query.onlyInstalled || isInstalled(row.id)),
    )
    .sort(query.sort === 'name' ? byNearness(query.search) : ORDERS[query.sort]);
}

function inBand(bytes: number | null, band: SizeBand): boolean {
  const { from, to } = SIZE_BANDS[band];
  if (from === null) return bytes === null;
  return bytes !== null && bytes > from && bytes <= to;
}

function inRange({ metric }: LibraryRow, { atLeast, atMost }: Query): boolean {
  if (atLeast === null && atMost === null) return true;
  if (metric?.unit !== '%') return false;
  return metric.value >= (atLeast ?? -Infinity) && metric.value <= (atMost ?? Infinity);
}

type Order = (a: LibraryRow, b: LibraryRow) => number;

/** "resnet18" before "resnet101": numbers in names count as numbers. */
const collator = new Intl.Collator('en', { numeric: true });
const byName: Order = (a, b) => collator.compare(a.id, b.id);

function byNearness(search: string): Order {
  const near = nearness(search);
  return (a, b) => near(a.searched) - near(b.searched) || byName(a, b);
}

/** Rows without a value go last whatever the direction; equals go by name. */
const by =
  (value: (row: LibraryRow) => number | null): Order =>
  (a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null) || byName(a, b);
    return x - y || byName(a, b);
  };

const ORDERS: Readonly<Record<Sort, Order>> = {
  name: byName,
  size: by(({ bytes }) => bytes),
  grade: by(({ grade }) => (grade === null ? null : GRADES.indexOf(grade))),
  // Best first among those that measure the same; values of different measures do not compare.
  accuracy: (a, b) => compareMeasures(a, b) || goodness(b) - goodness(a) || byName(a, b),
};

function compareMeasures(a: LibraryRow, b: LibraryRow): number {
  const missing = Number(a.measure === null) - Number(b.measure === null);
  const tasks = ZOO_TASKS.indexOf(a.task) - ZOO_TASKS.indexOf(b.task);
  return missing || tasks || collator.compare(a.measure ?? '', b.measure ?? '');
}

function goodness({ metric }: LibraryRow): number {
  if (!metric) return 0;
  return metric.better === 'higher' ? metric.value : -metric.value;
}

/** How many measures the figures of these rows have. Only values of the same one compare. */
export function countMeasures(rows: readonly LibraryRow[]): number {
  return new Set(rows.flatMap(({ measure }) => measure ?? [])).size;
}

/** The row that an address means: by its name, however its letters are written. */
export function rowNamed(rows: readonly LibraryRow[], name: string): LibraryRow | undefined {
  const lower = name.toLowerCase();
  return rows.find(({ id }) => id === name) ?? rows.find(({ id }) => id.toLowerCase() === lower);
}

/**
 * A query without what cannot be chosen: an address may name a data set that no model has.
 * @returns the query itself where all of it can be.
 */
export function withinReach(query: Query, offered: ReturnType<typeof choices>): Query {
  const among = <T>(value: T | null, values: readonly T[]) =>
    value !== null && values.includes(value) ? value : null;
  const task = among(query.task, offered.tasks);
  const dataset = among(query.dataset, offered.datasets);
  const grade = among(query.grade, offered.grades);
  const isSame = task === query.task && dataset === query.dataset && grade === query.grade;
  return isSame ? query : { ...query, task, dataset, grade };
}

/** What can be chosen in the filters: the values that occur, in a sensible order. */
export function choices(rows: readonly LibraryRow[]): {
  readonly tasks: readonly ZooTask[];
  readonly datasets: readonly string[];
  readonly grades: readonly (Grade | 'none')[];
} {
  const grades = new Set(rows.map(({ grade }) => grade ?? 'none'));
  const datasets = new Set(rows.flatMap(({ dataset }) => dataset ?? []));
  return {
    tasks: ZOO_TASKS.filter((task) => rows.some((row) => row.task === task)),
    datasets: [...datasets].sort(collator.compare),
    grades: [...GRADES, 'none' as const].filter((grade) => grades.has(grade)),
  };
}
