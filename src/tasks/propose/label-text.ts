import { writtenNames } from './written-names.ts';

/* Labels as people have them in text files: one reading for the page's wizard and for the operator's tools. */

/** The lines of a text; empty lines at its end are no labels. */
export function linesOf(text: string): readonly string[] {
  const trimmed = text.replace(/^\uFEFF/, '').trimEnd();
  return trimmed === '' ? [] : trimmed.split(/\r?\n/).map((line) => line.trim());
}

/**
 * What a person's text is. `lines`: a label a line. `synset`: each line had a WordNet id and synonyms, which were left
 * away, as only first names are shown (GluonCV does so). `numbered`: each line had its number, counted from 0, which was
 * left away. `notation`: a list or dictionary in JSON or Python. `unread`: it begins like one and is none.
 */
export type TextForm = 'lines' | 'synset' | 'numbered' | 'notation' | 'unread';

/** What is said of a text whose lines are not the labels as they stand. */
export const READ_AS = {
  synset:
    'Every line begins with a WordNet id. Ids and synonyms are left away, and the first name of each line is the label',
  numbered:
    'Every line begins with its number, counted from 0. The numbers are left away, and what follows is the label',
  notation: 'The text is a list as a program writes it. Its names are the labels',
} as const satisfies Partial<Record<TextForm, string>>;

/** Labels read from a person's text; none of one that is `unread`. */
export interface TextLabels {
  readonly labels: readonly string[];
  readonly form: TextForm;
}

/** The text of a file: UTF-8, or UTF-16 where its byte order mark says so, as some editors save it. */
export function textOf(bytes: Uint8Array): string {
  const mark = `${String(bytes[0])} ${String(bytes[1])}`;
  const encoding = mark === '255 254' ? 'utf-16le' : mark === '254 255' ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/** The labels in a text: its lines, or what stands in them beside ids, numbers or a program's brackets. */
export function labelsOf(text: string): TextLabels {
  if (isNotation(text)) {
    const names = writtenNames(text);
    return names
      ? { labels: withoutIds(names) ?? names, form: 'notation' }
      : { labels: [], form: 'unread' };
  }
  const lines = linesOf(text);
  const ofSynset = withoutIds(lines);
  if (ofSynset) return { labels: ofSynset, form: 'synset' };
  const named = lines.map(unnumbered).filter((name) => name !== null);
  // “0 years, 1 years, 2 years” are ages, and the numbers what tells them apart.
  const areNames = new Set(named).size * 2 > lines.length;
  return named.length === lines.length && areNames
    ? { labels: withoutIds(named) ?? named, form: 'numbered' }
    : { labels: lines, form: 'lines' };
}

/** What stands behind `4: `, `4 ` or `4,` in the fifth line; null of a line that does not begin with its number. */
function unnumbered(line: string, at: number): string | null {
  const [, number, name = ''] = /^(\d+)(?:\s*[:,]\s*|[.)]?\s+)(.*)$/.exec(line) ?? [];
  return number === String(at) ? name : null;
}

/** A line of a synset list: a WordNet id and several names. */
const SYNSET_LINE = /^n\d{8} ([^,]+)/;

/**
 * True when every line begins with a WordNet id, as in ImageNet's `synset.txt`: such a list is of the format `synset`,
 * whatever it was taken for.
 */
export function isSynset(lines: readonly string[]): boolean {
  return lines.length > 0 && lines.every((line) => SYNSET_LINE.test(line));
}

/** The first names of lines that all begin with a WordNet id; null where not all do. */
function withoutIds(lines: readonly string[]): readonly string[] | null {
  return isSynset(lines) ? lines.map((line) => synsetName(line) ?? line) : null;
}

/** The first name of a line with a WordNet id; null when it has none. */
export function synsetName(line: string): string | null {
  return SYNSET_LINE.exec(line)?.[1]?.trim() ?? null;
}

/**
 * True for a text that begins as a list or a dictionary does, in JSON or Python: its lines are no labels, whatever they
 * are.
 */
function isNotation(text: string): boolean {
  return /^\s*[[{]/.test(text); // a byte order mark is white space too
}
