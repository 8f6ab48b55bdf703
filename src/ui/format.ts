import type { Limit } from '../core/limit-notes.ts';
import { fixed, formatBytes, NBSP } from '../core/quantity.ts';

/*
 * Numbers as an instrument prints them: fixed decimals, a no-break space before the unit.
 */

export { formatBytes };

const integer = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** 1234567 → "1,234,567". */
export function formatCount(value: number): string {
  return integer.format(value);
}

/** How much of a whole is there, the unit said once if it is the same: "13.6 of 14.6 MiB". */
export function formatBytesOf(part: number, whole: number): string {
  const [figure = '', unit] = formatBytes(part).split(NBSP);
  const total = formatBytes(whole);
  return `${total.endsWith(`${NBSP}${unit ?? ''}`) ? figure : formatBytes(part)} of ${total}`;
}

/** 0.0421 → "0.04 ms", 12.34 → "12.3 ms", 2340 → "2.34 s", 180000 → "180 s". */
export function formatMs(ms: number): string {
  if (ms >= 1000) {
    const seconds = ms / 1000;
    const digits = Number.isInteger(seconds) ? 0 : seconds < 10 ? 2 : 1;
    return `${fixed(seconds, digits)}${NBSP}s`;
  }
  return `${fixed(ms, ms < 1 ? 2 : ms < 100 ? 1 : 0)}${NBSP}ms`;
}

/** A limit with its unit: "32 MiB", "40,000,000 pixels", "64 : 1". */
export function formatLimit({ value, unit }: Pick<Limit, 'value' | 'unit'>): string {
  switch (unit) {
    case 'bytes':
      return formatBytes(value);
    case 'ms':
      return formatMs(value);
    case 'ratio':
      return `${formatCount(value)}${NBSP}:${NBSP}1`;
    case 'pixels':
      return `${formatCount(value)} pixels`;
    case 'px':
      return `${formatCount(value)}${NBSP}px`;
    case 'count':
      return formatCount(value);
  }
}

/** Multiply-adds of a run: 41000000 → "41 million". */
export function formatOperations(value: number): string {
  if (value >= 1e9) return `${fixed(value / 1e9, 2)} billion`;
  if (value >= 1e6) return `${fixed(value / 1e6, value >= 1e7 ? 0 : 1)} million`;
  return formatCount(value);
}

/** "1 box", "14 boxes". */
export function plural(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
