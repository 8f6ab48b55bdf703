import { limitOf } from '../../../core/limits.ts';
import { textOf } from '../../../tasks/propose/label-text.ts';
import { formatBytes } from '../../../ui/format.ts';
import type { LabelChoice } from './labels.ts';

/** The part of a choice that a text file gives: its text, or why it was not taken. Never rejects. */
export async function readLabelsFile(file: File): Promise<Partial<LabelChoice>> {
  const limit = limitOf('labelsBytes');
  if (file.size > limit) {
    return {
      source: 'text',
      fileProblem: `${file.name} has ${formatBytes(file.size)}; ${formatBytes(limit)} are the limit for labels.`,
    };
  }
  try {
    const text = textOf(new Uint8Array(await file.arrayBuffer()));
    return { source: 'text', text, fileProblem: null };
  } catch {
    return { source: 'text', fileProblem: `${file.name} could not be read. Choose it again.` };
  }
}
