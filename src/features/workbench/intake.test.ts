import { describe, expect, it } from 'vitest';
import { kindOfDrop, pastedName } from './intake.ts';

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
