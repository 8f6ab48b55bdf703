import { describe, expect, it } from 'vitest';
import { labelsOf, textOf } from './label-text.ts';

describe('labels in a text', () => {
  it('are the lines of a text', () => {
    for (const text of ['\uFEFFcat\r\n dog \n\n', 'cat\ndog']) {
      expect(labelsOf(text)).toEqual({ labels: ['cat', 'dog'], form: 'lines' });
    }
    for (const none of ['', ' \n']) {
      expect(labelsOf(none)).toEqual({ labels: [], form: 'lines' });
    }
  });

  it('are the first names of ImageNet’s synsets, and nothing else is taken for one', () => {
    expect(labelsOf('n01440764 tench, Tinca tinca\nn02123045 tabby\n')).toEqual({
      labels: ['tench', 'tabby'],
      form: 'synset',
    });
    for (const other of ['n01440764 tench\ntabby, cat', 'n01440764\nn02123045', 'cat [wild]']) {
      expect(labelsOf(other)).toEqual({ labels: other.split('\n'), form: 'lines' });
    }
  });

  it('are the names in a list or a dictionary, and of one that cannot be read there are none', () => {
    const read = { labels: ['cat', 'dog'], form: 'notation' };
    expect(labelsOf('\uFEFF[\n  "cat",\n  "dog"\n]\n')).toEqual(read);
    expect(labelsOf("{0: 'cat', 1: 'dog'}")).toEqual(read);
    expect(labelsOf('[\n"cat",\n"dog"')).toEqual({ labels: [], form: 'unread' });
    expect(labelsOf('{"cat": 0}')).toEqual({ labels: [], form: 'unread' });
  });

  it('are the first names of synsets in a list and behind numbers too', () => {
    const ids = ['n01440764 tench, Tinca tinca', 'n02123045 tabby'];
    const labels = ['tench', 'tabby'];
    expect(labelsOf(JSON.stringify(ids))).toEqual({ labels, form: 'notation' });
    expect(labelsOf(ids.map((line, at) => `${String(at)}: ${line}`).join('\n'))).toEqual({
      labels,
      form: 'numbered',
    });
  });

  it('are read from UTF-8 and, where its mark says so, UTF-16', () => {
    const units = [0xe9, 0x0a, 0x732b];
    const little = units.flatMap((unit) => [unit & 0xff, unit >> 8]);
    const big = units.flatMap((unit) => [unit >> 8, unit & 0xff]);
    for (const bytes of [
      new TextEncoder().encode('é\n猫'),
      Uint8Array.of(0xff, 0xfe, ...little),
      Uint8Array.of(0xfe, 0xff, ...big),
    ]) {
      expect(labelsOf(textOf(bytes)).labels).toEqual(['é', '猫']);
    }
    expect(textOf(new Uint8Array())).toBe('');
  });

  it('are what stands behind numbers that count every line from 0', () => {
    for (const text of ['0: cat\r\n1:dog\n', '0 cat\n1\tdog', '0,cat\n1, dog', '0. cat\n1) dog']) {
      expect(labelsOf(text)).toEqual({ labels: ['cat', 'dog'], form: 'numbered' });
    }
    expect(labelsOf('0: cat\n1:').labels).toEqual(['cat', '']);
    const ages = '0 years\n1 years\n2 years';
    for (const other of [
      '1: cat\n2: dog',
      '0: cat\ndog',
      '0: cat\n0: dog',
      '0\n1',
      '0.5\n1.5',
      ages,
    ]) {
      expect(labelsOf(other)).toEqual({ labels: other.split('\n'), form: 'lines' });
    }
  });
});
