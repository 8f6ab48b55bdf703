import type { Detection, DetectionAnswer } from './schema.ts';

/** A detection with its place in the answer, which identifies it whatever the threshold. */
export interface Shown {
  readonly index: number;
  readonly detection: Detection;
}

/** The boxes at or above the threshold, best first. */
export function shownAt(answer: DetectionAnswer, threshold: number): readonly Shown[] {
  return answer.detections
    .map((detection, index) => ({ index, detection }))
    .filter(({ detection }) => detection.score >= threshold);
}

export interface ClassCount {
  readonly classIndex: number;
  readonly label: string;
  readonly count: number;
}

/** How many boxes of each class are shown, in the order of the labels; classes that can occur but do not say 0. */
export function countsOf(answer: DetectionAnswer, threshold: number): readonly ClassCount[] {
  const counts = new Map<number, number>();
  for (const { detection } of shownAt(answer, threshold)) {
    counts.set(detection.classIndex, (counts.get(detection.classIndex) ?? 0) + 1);
  }
  const all = answer.labels.map((label, classIndex) => ({
    classIndex,
    label,
    count: counts.get(classIndex) ?? 0,
  }));
  // A detector of eighty classes lists only those it found.
  return answer.labels.length <= 6 ? all : all.filter(({ count }) => count > 0);
}

/** "14 boxes at 0.30 or more: RBC 12, WBC 1, Platelets 1". */
export function sentenceOf(answer: DetectionAnswer, threshold: number): string {
  const total = shownAt(answer, threshold).length;
  const found = countsOf(answer, threshold).filter(({ count }) => count > 0);
  const head = `${String(total)} ${total === 1 ? 'box' : 'boxes'} at ${threshold.toFixed(2)} or more`;
  if (found.length === 0) return head;
  return `${head}: ${found.map(({ label, count }) => `${label} ${String(count)}`).join(', ')}`;
}

/** Number of class colours in the design tokens (`--class-0` …). */
const COLOURS = 8;

/** The custom property that holds a class's colour. */
export function classColour(classIndex: number): string {
  return `var(--class-${String(classIndex % COLOURS)})`;
}
