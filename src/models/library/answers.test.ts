import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differs, lengthOf, parseContentRange, retryAfterMs, validatorOf } from './answers.ts';

const headers = (values: Record<string, string>) => new Headers(values);

describe('parseContentRange', () => {
  it.each([
    ['bytes 0-9/10', { span: [0, 9], total: 10 }],
    ['bytes 5-9/*', { span: [5, 9], total: null }],
    ['bytes */10', { span: null, total: 10 }],
    ['bytes 9-5/10', null],
    ['bytes -5/10', null],
    ['bytes 0-9', null],
    ['items 0-9/10', null],
    ['bytes 0x1-9/10', null],
    ['bytes 0-99999999999999999/10', null],
  ])('reads %j', (text, range) => {
    expect(parseContentRange(text)).toEqual(range);
  });

  it('never throws, and reads back what it is given', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseContentRange(text)));
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), (first, more, total) => {
        const text = `bytes ${String(first)}-${String(first + more)}/${String(total)}`;
        expect(parseContentRange(text)).toEqual({ span: [first, first + more], total });
      }),
    );
  });
});

describe('lengthOf', () => {
  it.each([
    [{ 'content-length': '10' }, 10],
    [{ 'content-length': '10', 'content-encoding': 'identity' }, 10],
    [{ 'content-length': '10', 'content-encoding': 'gzip' }, null],
    [{ 'content-length': '-1' }, null],
    [{ 'content-length': '1e3' }, null],
    [{}, null],
  ])('of %j', (values, length) => {
    expect(lengthOf(headers(values as Record<string, string>))).toBe(length);
  });
});

describe('validators', () => {
  const strong = { etag: '"a"', 'last-modified': 'yesterday' };
  it('leave weak ETags out', () => {
    expect(validatorOf(headers(strong))).toEqual({ etag: '"a"', lastModified: 'yesterday' });
    expect(validatorOf(headers({ etag: 'W/"a"' }))).toBeNull();
    expect(validatorOf(headers({}))).toBeNull();
  });

  it('differ only where both can be seen', () => {
    const kept = validatorOf(headers(strong));
    expect(differs(kept, headers({ etag: '"a"' }))).toBe(false);
    expect(differs(kept, headers({ etag: '"b"' }))).toBe(true);
    expect(differs(kept, headers({ etag: '"a"', 'last-modified': 'today' }))).toBe(false);
    expect(differs(kept, headers({ 'last-modified': 'today' }))).toBe(true);
    expect(differs(kept, headers({}))).toBe(false);
    expect(differs(null, headers(strong))).toBe(false);
  });
});

describe('retryAfterMs', () => {
  const now = Date.parse('Fri, 01 May 2026 10:00:00 GMT');
  it.each([
    ['7', 7000],
    ['0', 0],
    ['Fri, 01 May 2026 10:00:30 GMT', 30_000],
    ['Fri, 01 May 2026 09:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
  ])('reads %j', (text, ms) => {
    expect(retryAfterMs(headers({ 'retry-after': text }), now)).toBe(ms);
  });
});
