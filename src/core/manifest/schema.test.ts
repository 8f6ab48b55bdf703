import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../limits.ts';
import { commonEntrySchema, manifestSchema, relativePathSchema } from './schema.ts';

const { id, title, task, bytes, sha256, input, source, golden, labels } = commonEntrySchema.entries;

const BASE = 'https://host.test/app/models/';

describe('a path beside the manifest', () => {
  it.each([
    'model.onnx',
    'a/b/c.txt',
    'ssd_300_mobilenet0.25_bccd/labels.txt',
    '0-9_.x',
    'a..b',
    'a'.repeat(200),
  ])('may be %j', (path) => {
    expect(v.is(relativePathSchema, path)).toBe(true);
  });

  it.each([
    '',
    '.',
    '..',
    '../x',
    'a/../../x',
    'a/..',
    './x',
    '/x',
    '//host/x',
    'https://host/x',
    'https:x',
    'data:,x',
    'C:x',
    'a//b',
    'a/',
    'a\\b',
    '\\\\host\\x',
    '%2e%2e/x',
    'a/%2e%2e/x',
    'a%2fb',
    'a?b',
    'a#b',
    'a b',
    ' a',
    'a\n',
    'a\u0000',
    '.git/config',
    'a/.env',
    '_headers',
    'ä',
    'a'.repeat(201),
  ])('may not be %j', (path) => {
    expect(v.is(relativePathSchema, path)).toBe(false);
  });

  it('stays below the folder it is relative to, whatever is accepted', () => {
    const piece = fc.constantFrom(
      ...['..', '.', '/', '\\', '%2e', '%2F', ':', '?', '#', '@', '\t', '\n', ' ', 'a', 'Z9', '-'],
    );
    const anyPath = fc.oneof(
      fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join('')),
      fc.stringMatching(/^[A-Za-z0-9._/-]{1,12}$/),
      fc.webUrl(),
    );
    fc.assert(
      fc.property(anyPath, (path) => {
        fc.pre(v.is(relativePathSchema, path));
        const { href } = new URL(path, BASE);
        expect(href).toBe(`${BASE}${path}`);
      }),
    );
  });
});

describe('texts', () => {
  it.each([
    ['empty', ''],
    ['too long', 'a'.repeat(81)],
    ['with a line break', 'a\nb'],
    ['with a NUL', 'a\u0000'],
    ['with DEL', 'a\u007f'],
    ['with a C1 control character', 'a\u0085b'],
  ])('are refused when %s', (_what, text) => {
    expect(v.is(title, text)).toBe(false);
  });

  it('may be in any language', () => {
    expect(v.is(title, 'Blutzellen – 血球 🩸')).toBe(true);
    expect(v.is(title, 'a'.repeat(80))).toBe(true);
  });

  it('name a task of bounded length', () => {
    expect(v.is(task, 'detection')).toBe(true);
    expect(v.is(task, 'x'.repeat(65))).toBe(false);
  });

  it('that are ids are lower-case and short', () => {
    for (const good of ['a', '0', 'ssd_300_mobilenet0.25_bccd', 'a'.repeat(64)]) {
      expect(v.is(id, good)).toBe(true);
    }
    for (const bad of ['', 'A', '-a', '.a', 'a b', 'a/b', 'a'.repeat(65), 'a\n', 7]) {
      expect(v.is(id, bad)).toBe(false);
    }
  });

  it('that are grades of evidence never claim a signature', () => {
    const { grade } = commonEntrySchema.entries.evidence.entries;
    for (const good of ['B', 'C', 'D', 'E']) expect(v.is(grade, good)).toBe(true);
    for (const bad of ['A', 'b', 'F', '', 1]) expect(v.is(grade, bad)).toBe(false);
  });

  it('that are links are https', () => {
    const { url } = source.entries;
    expect(v.is(url, 'https://example.org/a?b#c')).toBe(true);
    expect(v.is(url, null)).toBe(true);
    for (const bad of ['http://example.org', 'javascript:alert(1)', 'example.org', '', '/a']) {
      expect(v.is(url, bad)).toBe(false);
    }
  });
});

describe('numbers', () => {
  it('of bytes are whole, positive and within the limit of their kind', () => {
    for (const bad of [0, -1, 1.5, NaN, Infinity, '3', null, LIMITS.modelBytes + 1]) {
      expect(v.is(bytes, bad)).toBe(false);
    }
    expect(v.is(bytes, LIMITS.modelBytes)).toBe(true);
    expect(v.is(labels.entries.bytes, LIMITS.labelsBytes)).toBe(true);
    expect(v.is(labels.entries.bytes, LIMITS.labelsBytes + 1)).toBe(false);
  });

  it('are never infinite, which 1e999 is read as', () => {
    const triple = (text: string) => JSON.parse(`[0.5, ${text}, 0.5]`) as unknown;
    const { mean, std } = input.entries.normalise.wrapped.entries;
    const [output] = [golden.wrapped.entries.outputs.pipe[0].item.entries];
    for (const schema of [mean, std]) {
      expect(v.is(schema, triple('0.5'))).toBe(true);
      expect(v.is(schema, triple('1e999'))).toBe(false);
    }
    expect(v.is(output.head, [0, -1.5])).toBe(true);
    expect(v.is(output.head, [-Infinity])).toBe(false);
    expect(v.is(output.tolerance, Infinity)).toBe(false);
  });

  it('that divide are positive, and there are three', () => {
    const { mean, std } = input.entries.normalise.wrapped.entries;
    expect(v.is(std, [0.2, 0, 0.2])).toBe(false);
    expect(v.is(std, [0.2, -0.2, 0.2])).toBe(false);
    expect(v.is(mean, [0, -1, 1])).toBe(true);
    for (const schema of [mean, std]) {
      expect(v.is(schema, [0.5, 0.5])).toBe(false);
      expect(v.is(schema, [0.5, 0.5, 0.5, 0.5])).toBe(false);
    }
  });
});

describe('a digest', () => {
  const good = '0123456789abcdef'.repeat(4);
  it('is 64 lower-case hexadecimal digits', () => {
    expect(v.is(sha256, good)).toBe(true);
    for (const bad of [
      '',
      good.slice(1),
      `${good}0`,
      good.toUpperCase(),
      `${good}\n`,
      'g'.repeat(64),
    ]) {
      expect(v.is(sha256, bad)).toBe(false);
    }
  });
});

describe('the resize rule', () => {
  const { resize } = input.entries;
  it.each([
    { rule: 'squash', width: 32, height: 32, filter: 'auto' },
    { rule: 'short-side-crop', short: 256, width: 224, height: 224, filter: 'bilinear' },
    { rule: 'short-within', short: 480, max: 1024, multiple: 32, filter: 'area' },
  ])('may be $rule', (rule) => {
    expect(v.is(resize, rule)).toBe(true);
  });

  it.each([
    ['an unknown rule', { rule: 'stretch', width: 32, height: 32, filter: 'auto' }],
    ['a filter it does not know', { rule: 'squash', width: 32, height: 32, filter: 'cubic' }],
    [
      'fields of another rule',
      { rule: 'squash', short: 256, width: 32, height: 32, filter: 'auto' },
    ],
    ['a side too short', { rule: 'squash', width: 7, height: 32, filter: 'auto' }],
    ['a side too long', { rule: 'squash', width: 32, height: 4097, filter: 'auto' }],
    ['half a pixel', { rule: 'squash', width: 32.5, height: 32, filter: 'auto' }],
  ])('may not have %s', (_what, rule) => {
    expect(v.is(resize, rule)).toBe(false);
  });
});

describe('what only a signed manifest needs', () => {
  const base = { version: 1, models: [] };
  it.each([
    { sequence: 1 },
    { sequence: Number.MAX_SAFE_INTEGER },
    { issued: '2027-01-31T12:00:00.000Z', expires: '2027-04-30T12:00:00Z' },
    { revoked: [] },
    { revoked: Array.from({ length: 10_000 }, () => 'a'.repeat(64)) },
  ])('may be there (%#)', (fields) => {
    expect(v.is(manifestSchema, { ...base, ...fields })).toBe(true);
  });

  it.each([
    { sequence: 0 },
    { sequence: 1.5 },
    { sequence: '1' },
    { sequence: Number.MAX_SAFE_INTEGER + 1 },
    { issued: 'yesterday' },
    { expires: '2027-13-01T00:00:00Z' },
    { expires: '2027-01-31' },
    { expires: 1_800_000_000 },
    { revoked: ['a'.repeat(63)] },
    { revoked: Array.from({ length: 10_001 }, () => 'a'.repeat(64)) },
    { signedBy: 'me' },
  ])('may not be odd (%#)', (fields) => {
    expect(v.is(manifestSchema, { ...base, ...fields })).toBe(false);
  });
});

describe('a manifest', () => {
  it('is a version and up to a thousand entries, whatever they are', () => {
    const entries = (count: number) => ({ version: 1, models: Array.from({ length: count }) });
    expect(v.is(manifestSchema, { version: 1, models: [] })).toBe(true);
    expect(v.is(manifestSchema, { $schema: './schema.json', version: 1, models: [null] })).toBe(
      true,
    );
    expect(v.is(manifestSchema, entries(1000))).toBe(true);
    expect(v.is(manifestSchema, entries(1001))).toBe(false);
    expect(v.is(manifestSchema, { version: 2, models: [] })).toBe(false);
    expect(v.is(manifestSchema, { version: 1 })).toBe(false);
    expect(v.is(manifestSchema, { version: 1, models: {} })).toBe(false);
    expect(v.is(manifestSchema, { version: 1, models: [], more: 1 })).toBe(false);
  });
});
