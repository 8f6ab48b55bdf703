/*
 * Quantities as the page and its error sentences print them. One way for both: a size must not be 2.38 MiB in a row and
 * 2.4 MiB in the sentence below.
 */

/** Between a figure and its unit. */
export const NBSP = '\u00a0';

/** A number with exactly `digits` decimals: 1234.5 → "1,234.50". */
export function fixed(value: number, digits: number): string {
  return value.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** Binary multiples: 1119369 → "1.07 MiB"; below one KiB the plain number of bytes. */
export function formatBytes(bytes: number): string {
  const units = ['KiB', 'MiB', 'GiB'] as const;
  let value = bytes;
  let unit: string = bytes === 1 ? 'byte' : 'bytes';
  for (const next of units) {
    if (value < 1024) break;
    value /= 1024;
    unit = next;
  }
  const digits = Number.isInteger(value) ? 0 : value < 10 ? 2 : value < 100 ? 1 : 0;
  return `${fixed(value, digits)}${NBSP}${unit}`;
}
