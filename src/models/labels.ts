import { AppError } from '../core/errors.ts';
import { synsetName } from '../tasks/propose/label-text.ts';
import type { ModelEntry } from '../tasks/registry.ts';

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
