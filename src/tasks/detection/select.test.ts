import { describe, expect, it } from 'vitest';
import type { DetectionAnswer } from './schema.ts';
import { classColour, countsOf, sentenceOf, shownAt } from './select.ts';

const answer: DetectionAnswer = {
  task: 'detection',
  labels: ['RBC', 'WBC', 'Platelets'],
  defaultThreshold: 0.3,
  detections: [
    { classIndex: 1, label: 'WBC', score: 0.9, box: [0, 0, 10, 10] },
    { classIndex: 0, label: 'RBC', score: 0.5, box: [5, 5, 15, 15] },
    { classIndex: 0, label: 'RBC', score: 0.3, box: [20, 5, 30, 15] },
    { classIndex: 2, label: 'Platelets', score: 0.1, box: [40, 5, 44, 9] },
  ],
};

describe('the threshold', () => {
  it('keeps boxes whose score equals it', () => {
    expect(shownAt(answer, 0.3).map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(shownAt(answer, 0.31).map(({ index }) => index)).toEqual([0, 1]);
  });

  it('counts every class a small detector knows', () => {
    expect(countsOf(answer, 0.3)).toEqual([
      { classIndex: 0, label: 'RBC', count: 2 },
      { classIndex: 1, label: 'WBC', count: 1 },
      { classIndex: 2, label: 'Platelets', count: 0 },
    ]);
  });

  it('lists only what was found where there are many classes', () => {
    const many = { ...answer, labels: Array.from({ length: 80 }, (_, i) => `class ${String(i)}`) };
    expect(countsOf(many, 0.3).map(({ classIndex }) => classIndex)).toEqual([0, 1]);
  });

  it('says the result in one sentence', () => {
    expect(sentenceOf(answer, 0.3)).toBe('3 boxes at 0.30 or more: RBC 2, WBC 1');
    expect(sentenceOf(answer, 0.8)).toBe('1 box at 0.80 or more: WBC 1');
    expect(sentenceOf(answer, 0.95)).toBe('0 boxes at 0.95 or more');
  });

  it('repeats colours after the eighth class', () => {
    expect(classColour(0)).toBe('var(--class-0)');
    expect(classColour(9)).toBe('var(--class-1)');
  });
});
