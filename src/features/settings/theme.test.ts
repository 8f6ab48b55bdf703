import { describe, expect, it } from 'vitest';
import { storedTheme, storeTheme } from './theme.ts';

const holding = (value: string | null) => () => ({ getItem: () => value });
const refusing = () => {
  throw new DOMException('denied', 'SecurityError');
};

describe('the stored theme', () => {
  it('is taken when it is one of ours', () => {
    expect(storedTheme(holding('dark'))).toBe('dark');
    expect(storedTheme(holding('light'))).toBe('light');
  });

  it('is ignored when it is anything else', () => {
    expect(storedTheme(holding(null))).toBe('auto');
    expect(storedTheme(holding('<script>'))).toBe('auto');
  });

  it('may live in a storage that throws', () => {
    expect(storedTheme(refusing)).toBe('auto');
    expect(storeTheme(refusing, 'dark')).toBe(false);
    expect(storeTheme(() => ({ setItem: () => undefined }), 'dark')).toBe(true);
  });
});
