import { expect, it } from 'vitest';
import { formatValue } from './format-value.ts';

it.each([
  [0, '0'],
  [-1, '−1'],
  [1234567, '1,234,567'],
  [0.5, '0.50000'],
  [-12.3456789, '−12.346'],
  [12345.678, '12,346'],
  [0.00012345678, '0.00012346'],
  [1.5e-7, '1.500e-7'],
  [2.5e8, '2.500e+8'],
  [3.4e38, '3.400e+38'],
  [NaN, 'NaN'],
  [Infinity, '∞'],
  [-Infinity, '−∞'],
])('prints %d as %s', (value, text) => {
  expect(formatValue(value)).toBe(text);
});
