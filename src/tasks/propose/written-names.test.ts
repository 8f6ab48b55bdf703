import { describe, expect, it } from 'vitest';
import { writtenNames } from './written-names.ts';

const NAMES = ['cat', "bird's nest"];

describe('names that a program wrote down', () => {
  it.each([
    ['a JSON list', JSON.stringify(NAMES)],
    ['a pretty-printed JSON list', JSON.stringify(NAMES, null, 2)],
    ['a JSON dictionary', JSON.stringify(Object.assign({}, NAMES))],
    [
      'a pretty-printed JSON dictionary',
      ` ${JSON.stringify(Object.assign({}, NAMES), null, '\t')}\n`,
    ],
    ['a Python list', `['cat', "bird's nest"]`],
    ['a Python list over several lines', `[\n    'cat',\r\n    "bird's nest",\n]\n`],
    ['a Python dictionary', `{0: 'cat', 1: "bird's nest"}`],
    ['a Python dictionary over several lines', `{\n  0: 'cat',\n  1: "bird's nest",\n}`],
    ['a Python dictionary with quoted numbers', `{'0': 'cat', '1': "bird's nest"}`],
  ])('are read from %s', (_how, text) => {
    expect(writtenNames(text)).toEqual(NAMES);
  });

  it('may be numbers', () => {
    expect(writtenNames(`['0', '1']`)).toEqual(['0', '1']);
  });

  it.each([
    '',
    '[',
    '[]',
    '{}',
    'cat\ndog',
    '["cat", ""]',
    '["cat\\u0007"]',
    '[1, 2]',
    '{"1": "cat", "2": "dog"}',
    '{"cat": "0", "dog": "1"}',
    `{1: 'cat', 0: 'dog'}`,
    `{'cat', 'dog'}`,
    `['cat' 'dog']`,
    `['cat', 0: 'dog']`,
    `['cat', 'do\\'g']`,
    `['cat', dog]`,
    '["cat", "dog"',
    '{"names": ["cat"]}',
  ])('are not seen in %j', (text) => {
    expect(writtenNames(text)).toBeNull();
  });

  it('takes no longer than its length deserves', () => {
    const began = performance.now();
    expect(writtenNames(`[${"'".repeat(200_001)}`)).toBeNull();
    expect(writtenNames(`{${'0: '.repeat(100_000)}}`)).toBeNull();
    expect(writtenNames(`{0${' '.repeat(200_000)}}`)).toBeNull();
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
