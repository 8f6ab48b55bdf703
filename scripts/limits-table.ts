import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '../src/core/errors.ts';
import { ALL_LIMITS, type Limit } from '../src/core/limit-notes.ts';
import { formatLimit } from '../src/ui/format.ts';

/*
 * `npm run limits`: writes the table of limits into the README, between its two markers. A test keeps them equal.
 */

export const README = resolve(import.meta.dirname, '../README.md');

const START = '<!-- limits:start -->';
const END = '<!-- limits:end -->';

type Row = readonly [what: string, value: string, why: string];

/** Every limit as a Markdown table, aligned as Prettier aligns it, so that both leave each other's work alone. */
export function limitsTable(limits: readonly Limit[] = ALL_LIMITS): string {
  const rows = limits.map((limit): Row => [
    cell(limit.what),
    cell(formatLimit(limit)),
    cell(limit.why),
  ]);
  const all: readonly Row[] = [['What', 'Limit', 'Why'], ...rows];
  const widths = ([0, 1, 2] as const).map((column) =>
    Math.max(...all.map((row) => row[column].length)),
  );
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const [head = '', ...body] = all.map((row) =>
    line(row.map((text, column) => text.padEnd(widths[column] ?? 0))),
  );
  const rule = line(widths.map((width) => '-'.repeat(width)));
  return [head, rule, ...body].join('\n');
}

/** What stands between the markers of a text, blank lines around it aside; null when a marker is missing. */
export function tableIn(text: string): string | null {
  const [before, rest] = text.split(START);
  const [inside, after] = rest?.split(END) ?? [];
  return before === undefined || inside === undefined || after === undefined ? null : inside.trim();
}

/**
 * The text with `table` between its markers.
 * @throws AppError `app/no-markers` when they are not there.
 */
export function withTable(text: string, table: string): string {
  if (tableIn(text) === null) {
    throw new AppError('app/no-markers', `The text lacks the lines ${START} and ${END}.`);
  }
  const head = text.slice(0, text.indexOf(START) + START.length);
  return `${head}\n\n${table}\n\n${text.slice(text.indexOf(END))}`;
}

/** Plain spaces instead of no-break ones, and no bar that would end the cell. */
function cell(text: string): string {
  return text.replaceAll('\u00a0', ' ').replaceAll('|', '\\|');
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(README, withTable(readFileSync(README, 'utf8'), limitsTable()));
}
