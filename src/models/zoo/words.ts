import type { Metric, Zoo, ZooModel, ZooTask } from './schema.ts';

/** The tasks as headings. */
export const TASK_TITLES: Readonly<Record<ZooTask, string>> = {
  classification: 'Classification',
  detection: 'Detection',
  segmentation: 'Segmentation',
  'instance-segmentation': 'Instance segmentation',
  pose: 'Pose',
  action: 'Action recognition',
  depth: 'Depth',
  tracking: 'Tracking',
};

/** A metric with its value: “top-1 77.36 %”, “absolute relative error 0.121”. */
export function metricText({ name, value, unit }: Metric): string {
  return `${name} ${metricValue({ value, unit })}`;
}

/** A metric's value with its unit: “77.36 %”. */
export function metricValue({ value, unit }: Pick<Metric, 'value' | 'unit'>): string {
  return unit === null ? String(value) : `${String(value)}\u00a0${unit}`;
}

/** The title of a model's data set; null when it has none. */
export function datasetTitle(
  zoo: Pick<Zoo, 'datasets'>,
  { dataset }: Pick<ZooModel, 'dataset'>,
): string | null {
  return dataset === null ? null : (zoo.datasets[dataset]?.title ?? dataset);
}

/** Sides of a tensor: “1 × 224 × 224 × 3”, with “any” where one is open. */
export function shapeText(shape: readonly (number | string | null)[]): string {
  return shape.map((side) => (typeof side === 'number' ? String(side) : 'any')).join(' × ');
}
