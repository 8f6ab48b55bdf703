import { formatCount } from '../../../ui/format.ts';

/** Inputs, outputs and operator sets that are shown of a file; it may declare any number. */
const MOST_LISTED = 8;

/** Reasons and warnings: the gate has no more today. */
export const MOST_REASONS = 16;

/** Characters that are shown of a name. */
const MOST_OF_NAME = 120;

/** The first items of a list, and “and 49,992 more”; null where nothing is left out. */
export function capped<T>(
  items: readonly T[],
  most = MOST_LISTED,
): { readonly shown: readonly T[]; readonly more: string | null } {
  const left = items.length - most;
  if (left <= 0) return { shown: items, more: null };
  return { shown: items.slice(0, most), more: `and ${formatCount(left)} more` };
}

/** Texts one after another, no more of them than {@link capped} shows. */
export function cappedLine(texts: readonly string[]): string {
  const { shown, more } = capped(texts);
  return shown.map((text) => shortened(text)).join(', ') + (more === null ? '' : ` ${more}`);
}

/** A long text's beginning, with how long it is. */
export function shortened(text: string, most = MOST_OF_NAME): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most)}… (${formatCount(text.length)} characters)`;
}
