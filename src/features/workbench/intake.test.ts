import { describe, expect, it } from 'vitest';
import { freeName, kindOfDrop, kindOfPaste, pastedName } from './intake.ts';

describe('names of pasted pictures', () => {
  it('numbers what browsers all call the same', () => {
    expect(pastedName('image.png', 1)).toBe('pasted 1.png');
    expect(pastedName('image.jpeg', 12)).toBe('pasted 12.jpeg');
  });

  it('leaves a copied file its name', () => {
    expect(pastedName('holiday.png', 1)).toBeNull();
    expect(pastedName('image 7.png', 1)).toBeNull();
  });
});

describe('what was dropped that is no file', () => {
  it('tells a link from text from nothing', () => {
    expect(kindOfDrop({ types: ['text/plain', 'text/uri-list', 'text/html'] })).toBe('link');
    expect(kindOfDrop({ types: ['text/plain', 'text/html'] })).toBe('text');
    expect(kindOfDrop({ types: ['Files'] })).toBe('nothing');
    expect(kindOfDrop(null)).toBe('nothing');
  });
});

describe('what was pasted that is no picture', () => {
  const paste = (text: string, ...types: string[]) =>
    kindOfPaste({ types: ['text/plain', ...types], getData: () => text });

  it('tells a link from anything else', () => {
    expect(paste(' https://example.org/cat.png\n')).toBe('link');
    expect(paste('anything', 'text/uri-list')).toBe('link');
    expect(paste('see https://example.org')).toBe('no-picture');
    expect(paste('a cat')).toBe('no-picture');
    expect(kindOfPaste(null)).toBe('no-picture');
  });
});

describe('a free name', () => {
  it('is the name itself, or its first number that is free', () => {
    expect(freeName('a.png', new Set())).toBe('a.png');
    expect(freeName('a.b.png', new Set(['a.b.png', 'a.b 2.png']))).toBe('a.b 3.png');
    expect(freeName('noend', new Set(['noend']))).toBe('noend 2');
  });
});
