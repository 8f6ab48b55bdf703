import { AppError } from '../core/errors.ts';
import type { ModelEntry } from '../tasks/registry.ts';

/** One label a line; a synset line carries a WordNet id and several names. */
const SYNSET_LINE = /^n\d{8} ([^,]+)/;

/**
 * True when every line begins with a WordNet id, as in ImageNet's `synset.txt`: such a list is of the format `synset`,
 * whatever it was taken for.
 */
export function isSynset(lines: readonly string[]): boolean {
  return lines.length > 0 && lines.every((line) => SYNSET_LINE.test(line));
}

/** The first name of a line with a WordNet id; null when it has none. */
export function synsetName(line: string): string | null {
  return SYNSET_LINE.exec(line)?.[1]?.trim() ?? null;
}

/**
 * True for a text that begins as a list or a dictionary does, in JSON or Python: its lines are no labels, whatever they
 * are.
 */
export function isNotation(text: string): boolean {
  return /^\s*[[{]/.test(text); // a byte order mark is white space too
}

/**
 * Parses a verified labels file (UTF-8).
 * @throws AppError `manifest/bad-labels` when a line is empty, is not of the declared format, is not UTF-8, or
 * holds control characters.
 */
export function parseLabels(
  bytes: Uint8Array,
  format: ModelEntry['labels']['format'],
): readonly string[] {
  const lines = new TextDecoder()
    .decode(bytes)
    .replace(/\r?\n$/, '')
    .split(/\r?\n/);
  return lines.map((line, index) => {
    const label = (format === 'synset' ? synsetName(line) : line)?.trim() ?? '';
    // U+FFFD stands for bytes that are not UTF-8.
    if (label === '' || /[\p{Cc}\p{Bidi_Control}\uFFFD]/u.test(label)) {
      throw new AppError(
        'manifest/bad-labels',
        `Line ${String(index + 1)} of the labels file is not a label. Tell whoever made this model's manifest.`,
        { details: { line: index + 1, format } },
      );
    }
    return label;
  });
}
