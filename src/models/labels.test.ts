import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { refusal } from '../core/image/testing/outcome.ts';
import { parseLabels } from './labels.ts';

const parse = (text: string, format: 'plain' | 'synset' = 'plain') =>
  parseLabels(new TextEncoder().encode(text), format);

describe('parseLabels', () => {
  it.each([
    ['one a line', 'cat\ndog\n'],
    ['without a line end at the end', 'cat\ndog'],
    ['with the line ends of Windows', 'cat\r\ndog\r\n'],
    ['with a byte order mark', '\ufeffcat\ndog'],
    ['with blanks around them', ' cat\t\n  dog \n'],
  ])('reads plain labels %s', (_how, text) => {
    expect(parse(text)).toEqual(['cat', 'dog']);
  });

  it('keeps commas and other letters in plain labels', () => {
    expect(parse('Löwe, männlich\n犬\n')).toEqual(['Löwe, männlich', '犬']);
  });

  it('reads the first name of a synset line', () => {
    const text =
      'n01440764 tench, Tinca tinca\r\nn02123045 tabby\nn03000134 chainlink fence, mesh\n';
    expect(parse(text, 'synset')).toEqual(['tench', 'tabby', 'chainlink fence']);
  });

  it.each([
    ['an empty line', 'cat\n\ndog', 'plain', 2],
    ['a line of blanks', 'cat\n  \ndog', 'plain', 2],
    ['an empty line at the end', 'cat\ndog\n\n', 'plain', 3],
    ['nothing at all', '', 'plain', 1],
    ['a control character', 'cat\nd\u0007og', 'plain', 2],
    ['a C1 control character', 'cat\nd\u0085og', 'plain', 2],
    ['the line ends of an old Macintosh', 'cat\rdog', 'plain', 1],
    ['a synset line without an id', 'n01440764 tench\ntabby cat', 'synset', 2],
    ['a synset line with a short id', 'n0144076 tench', 'synset', 1],
    ['a synset line without a name', 'n01440764 , Tinca', 'synset', 1],
  ] as const)('refuses %s and names the line', (_what, text, format, line) => {
    const error = refusal(() => parse(text, format));
    expect(error).toMatchObject({ code: 'manifest/bad-labels', details: { line, format } });
    expect(error.message).toContain(`Line ${String(line)} `);
  });

  it('refuses a text that is not UTF-8 instead of showing it mangled', () => {
    const latin1 = Uint8Array.from(Buffer.from('cat\nLöwe\n', 'latin1'));
    expect(refusal(() => parseLabels(latin1, 'plain')).details).toMatchObject({ line: 2 });
  });

  it('reads the labels of the embedded models', () => {
    const models = resolve(import.meta.dirname, '../../public/models');
    const read = (file: string) =>
      parseLabels(Uint8Array.from(readFileSync(resolve(models, file))), 'plain');
    expect(read('cifar_resnet20_v1/labels.txt')).toEqual([
      'airplane',
      'automobile',
      'bird',
      'cat',
      'deer',
      'dog',
      'frog',
      'horse',
      'ship',
      'truck',
    ]);
    expect(read('ssd_300_mobilenet0.25_bccd/labels.txt')).toHaveLength(3);
  });
});
