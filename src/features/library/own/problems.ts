import { limitOf } from '../../../core/limits.ts';
import { MAX_SIDE, MIN_SIDE } from '../../../tasks/propose/picture-input.ts';
import { MAX_OUTPUTS } from '../../../tasks/tensors/schema.ts';
import { formatCount, plural } from '../../../ui/format.ts';
import type { Draft } from './draft.ts';
import type { Naming } from './entry.ts';

/** Something that keeps a draft from being a declaration: which field, and a sentence. */
export interface Problem {
  readonly field: string;
  readonly sentence: string;
}

/** What is wrong with the fields of feeding and reading; empty when nothing is. */
export function contractProblems(draft: Draft): readonly Problem[] {
  return [...resizeProblems(draft), ...valueProblems(draft), ...outputProblems(draft)];
}

function resizeProblems(draft: Draft): readonly Problem[] {
  const problems: Problem[] = [];
  const side = (field: 'width' | 'height' | 'short' | 'max', name: string) => {
    if (isWhole(draft[field], MIN_SIDE, MAX_SIDE)) return;
    problems.push({
      field,
      sentence: `${name} must be a whole number from ${String(MIN_SIDE)} to ${String(MAX_SIDE)} pixels.`,
    });
  };
  if (draft.rule === 'short-within') {
    side('short', 'The short side');
    side('max', 'The longest side');
    if (draft.max < draft.short) {
      problems.push({
        field: 'max',
        sentence: `The longest side, ${String(draft.max)}, must not be less than the short side, ${String(draft.short)}.`,
      });
    }
    if (!isWhole(draft.multiple, 1, 128)) {
      problems.push({
        field: 'multiple',
        sentence: 'The step must be a whole number from 1 to 128.',
      });
    }
    return problems;
  }
  side('width', 'The width');
  side('height', 'The height');
  if (draft.rule === 'short-side-crop') side('short', 'The short side');
  return problems;
}

function valueProblems({ normalises, mean, std }: Draft): readonly Problem[] {
  if (!normalises) return [];
  const problems: Problem[] = [];
  if (!mean.every(Number.isFinite)) {
    problems.push({
      field: 'mean',
      sentence: 'The mean needs a number for each of the three channels.',
    });
  }
  if (!std.every((value) => Number.isFinite(value) && value > 0)) {
    problems.push({
      field: 'std',
      sentence: 'The deviation needs a number above 0 for each of the three channels.',
    });
  }
  return problems;
}

function outputProblems(draft: Draft): readonly Problem[] {
  switch (draft.task) {
    case 'classification':
      return [];
    case 'detection': {
      const problems: Problem[] = [];
      if (new Set([draft.ids, draft.boxScores, draft.boxes]).size < 3) {
        problems.push({
          field: 'boxes',
          sentence: 'Classes, scores and boxes must be three different outputs.',
        });
      }
      if (!(draft.threshold >= 0 && draft.threshold <= 1)) {
        problems.push({
          field: 'threshold',
          sentence: 'The threshold must be a number from 0 to 1.',
        });
      }
      return problems;
    }
    case 'tensors':
      return draft.outputs.length >= 1 && draft.outputs.length <= MAX_OUTPUTS
        ? []
        : [{ field: 'outputs', sentence: `Choose 1 to ${String(MAX_OUTPUTS)} outputs to show.` }];
  }
}

/** What is wrong with a list of labels for a network of `classes` classes; null classes fit any number. */
export function labelProblems(
  labels: readonly string[],
  classes: number | null,
): readonly Problem[] {
  const wrong = (sentence: string) => [{ field: 'labels', sentence }];
  if (labels.length === 0) return wrong('Give at least one label.');
  const bad = labels.findIndex(
    (label) => label.trim() === '' || /[\p{Cc}\p{Bidi_Control}\uFFFD]/u.test(label),
  );
  if (bad >= 0) {
    return wrong(
      `Line ${formatCount(bad + 1)} of the labels is ${labels[bad]?.trim() === '' ? 'empty' : 'not plain text'}.`,
    );
  }
  const miscounted = countProblem(labels.length, classes);
  if (miscounted) return [miscounted];
  const limit = limitOf('labelsBytes');
  const bytes = new TextEncoder().encode(labels.join('\n')).length + 1;
  return bytes > limit
    ? wrong(`The labels have ${formatCount(bytes)} bytes; ${formatCount(limit)} are the limit.`)
    : [];
}

/** What is wrong with a text of labels that nobody can read. */
export const UNREAD_LABELS: Problem = {
  field: 'labels',
  sentence:
    'The labels begin like a list in JSON or Python and cannot be read as one. Give one label a line, ["cat", "dog"], {"0": "cat", "1": "dog"} or {0: \'cat\', 1: \'dog\'}, with no label empty.',
};

/** Says when a list of `count` labels is not for a network of `classes` classes; null when it fits. */
export function countProblem(count: number, classes: number | null): Problem | null {
  if (classes === null || count === classes) return null;
  return {
    field: 'labels',
    sentence: `The network has ${plural(classes, 'class', 'classes')}; the list has ${plural(count, 'label', 'labels')}.`,
  };
}

/** What is wrong with the names of a model. */
export function namingProblems(
  { title, id, licence }: Naming,
  taken: readonly string[],
): readonly Problem[] {
  const problems: Problem[] = [];
  const text = (field: string, name: string, value: string, max: number) => {
    if (value.trim() === '') problems.push({ field, sentence: `${name} is missing.` });
    else if (value.length > max) {
      problems.push({
        field,
        sentence: `${name} has ${String(value.length)} characters; ${String(max)} are the limit.`,
      });
    } else if (/[\p{Cc}\p{Bidi_Control}]/u.test(value)) {
      problems.push({ field, sentence: `${name} has characters that cannot be shown.` });
    }
  };
  text('title', 'The title', title, 80);
  text('licence', 'The licence', licence, 120);
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(id)) {
    problems.push({
      field: 'id',
      sentence:
        'The id must have 1 to 64 lower-case letters, digits, points, hyphens or underscores, a letter or digit first.',
    });
  } else if (taken.includes(id)) {
    problems.push({ field: 'id', sentence: `Another model is called ${id} already.` });
  }
  return problems;
}

function isWhole(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
