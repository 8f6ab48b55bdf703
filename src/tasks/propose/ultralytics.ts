import type { ModelInspection } from '../../core/onnx/types.ts';
import { labelsInside } from './graph.ts';

/** What Ultralytics' exporter says in a file about the network in it. */
export interface Ultralytics {
  readonly task: 'classify' | 'detect' | 'segment' | 'pose' | 'obb';
  /** Names that the file carries; null where they cannot be read. */
  readonly classes: number | null;
  /** How many numbers describe the points of one candidate: 51 for 17 joints of three; 0 without points. */
  readonly pointNumbers: number;
}

const TASKS: readonly Ultralytics['task'][] = ['classify', 'detect', 'segment', 'pose', 'obb'];

/** `[17, 3]` or `(17, 3)`: points, and numbers of each. */
const POINTS = /^\s*[[(]\s*(\d{1,4})\s*,\s*([23])\s*[\])]\s*$/;

/**
 * Reads the metadata that Ultralytics' exporter writes: `task`, `names`, `stride`, and its own name as author and in
 * the description. Null for a file that does not say so; one that does may still be another's.
 */
export function ultralyticsOf(inspection: ModelInspection): Ultralytics | null {
  const said = new Map(inspection.metadata.map(({ key, value }) => [key.toLowerCase(), value]));
  const task = TASKS.find((known) => known === said.get('task')?.trim().toLowerCase());
  if (!task) return null;
  const named = ['author', 'description'].some((key) => /ultralytics/i.test(said.get(key) ?? ''));
  if (!named && !(said.has('stride') && said.has('names'))) return null;
  const [, points = 0, each = 0] = POINTS.exec(said.get('kpt_shape') ?? '') ?? [];
  return {
    task,
    classes: labelsInside(inspection)?.length ?? null,
    pointNumbers: Number(points) * Number(each),
  };
}
