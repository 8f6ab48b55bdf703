import { fixed } from '../../core/quantity.ts';

/** A value as an instrument prints it: whole numbers whole, others with five significant digits. */
export function formatValue(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  const text =
    Number.isInteger(value) && size < 1e7
      ? fixed(size, 0)
      : size >= 1e6 || size < 1e-4
        ? size.toExponential(3)
        : fixed(size, Math.max(0, 4 - Math.floor(Math.log10(size))));
  return value < 0 ? `−${text}` : text;
}
