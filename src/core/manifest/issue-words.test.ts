import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { refusal } from '../image/testing/outcome.ts';
import { parseAs } from './parse.ts';

const schema = v.strictObject({
  name: v.pipe(v.string(), v.nonEmpty(), v.maxLength(5), v.regex(/^[a-z]*$/)),
  count: v.optional(v.pipe(v.number(), v.finite(), v.integer(), v.minValue(1), v.maxValue(9))),
  share: v.optional(v.pipe(v.number(), v.gtValue(0))),
  on: v.optional(v.boolean()),
  list: v.optional(v.pipe(v.array(v.string()), v.minLength(2), v.maxLength(3))),
  some: v.optional(v.pipe(v.array(v.number()), v.minLength(1))),
  pair: v.optional(v.strictTuple([v.number(), v.number()])),
  kind: v.optional(v.picklist(['a', 'b', 'c'])),
  version: v.optional(v.literal(1)),
  url: v.optional(v.pipe(v.string(), v.url(), v.startsWith('https://'), v.endsWith('.json'))),
  rule: v.optional(
    v.variant('is', [v.object({ is: v.literal('x') }), v.object({ is: v.literal('y') })]),
  ),
  digest: v.optional(v.pipe(v.string(), v.regex(/^f+$/, 'a digest of “f” is wanted'))),
  either: v.optional(v.union([v.string(), v.number()])),
});

const messageOf = (value: unknown) =>
  refusal(() => parseAs(schema, value, 'manifest/bad-entry', 'The test')).message;

describe('what is wrong with what came from outside', () => {
  it.each([
    [{}, '“name”: is missing'],
    [{ name: '' }, '“name”: must not be empty'],
    [{ name: 'abcdef' }, '“name”: must have at most 5 characters'],
    [{ name: 'A' }, '“name”: has characters or a form that is not accepted'],
    [{ name: null }, '“name”: must be a text, and is null'],
    [{ name: ['a'] }, '“name”: must be a text, and is a list'],
    [{ name: true }, '“name”: must be a text, and is true'],
    [{ count: '1' }, '“count”: must be a number, and is a text'],
    [{ count: 1.5 }, '“count”: must be a whole number'],
    [{ count: Infinity }, '“count”: must be a finite number'],
    [{ count: 0 }, '“count”: must be at least 1'],
    [{ count: 10 }, '“count”: must be at most 9'],
    [{ share: 0 }, '“share”: must be more than 0'],
    [{ on: 1 }, '“on”: must be true or false, and is a number'],
    [{ list: {} }, '“list”: must be a list, and is an object'],
    [{ list: ['a'] }, '“list”: must have at least 2 items'],
    [{ list: ['a', 1] }, '“list.1”: must be a text, and is a number'],
    [{ list: ['a', 'b', 'c', 'd'] }, '“list”: must have at most 3 items'],
    [{ some: [] }, '“some”: must not be empty'],
    [{ pair: [1] }, '“pair.1”: is missing'],
    [{ pair: [1, 2, 3] }, '“pair.2”: is one too many'],
    [{ kind: 'd' }, '“kind”: must be "a", "b" or "c"'],
    [{ version: 2 }, '“version”: must be 1'],
    [{ url: 'here' }, '“url”: must be a whole address (URL)'],
    [{ url: 'http://a.test/b.json' }, '“url”: must begin with “https://”'],
    [{ url: 'https://a.test/' }, '“url”: must end with “.json”'],
    [{ rule: { is: 'z' } }, '“rule.is”: must be "x" or "y"'],
    [{ digest: 'e' }, '“digest”: a digest of “f” is wanted'],
    [{ either: false }, '“either”: must be of another kind, and is false'],
    [{ extra: 1 }, '“extra”: is not a known field'],
  ])('%j: %s', (change, words) => {
    const value = Object.keys(change).length === 0 ? {} : { name: 'a', ...change };
    expect(messageOf(value)).toBe(
      `The test is not valid: at ${words}. It is not used; correct it and try again.`,
    );
  });

  it('may be the whole', () => {
    expect(messageOf(null)).toContain(
      'is not valid: as a whole, it must be an object, and is null.',
    );
  });
});
