import { describe, expect, it } from 'vitest';
import { aboutPath, inspectorPath, libraryPath, screenOf, tidyPath } from './screens.ts';

describe('screenOf', () => {
  it.each([
    ['/', { name: 'workbench' }],
    ['/library', { name: 'library', search: '' }],
    ['/library?q=a%20b&task=pose', { name: 'library', search: 'q=a%20b&task=pose' }],
    ['/library?', { name: 'library', search: '' }],
    ['/library/', { name: 'library', search: '' }],
    ['/library/?q=a', { name: 'library', search: 'q=a' }],
    ['/libraryx?q=a', { name: 'workbench' }],
    ['/?q=a', { name: 'workbench' }],
    ['/library/alexnet?q=a', { name: 'inspector', model: 'alexnet' }],
    ['/library/ssd_300_mobilenet0.25', { name: 'inspector', model: 'ssd_300_mobilenet0.25' }],
    ['/library/%', { name: 'library', search: '' }],
    ['/library/%E0%A4%A', { name: 'library', search: '' }],
    ['/library/a%2Fb', { name: 'inspector', model: 'a/b' }],
    ['/library/a/b', { name: 'workbench' }],
    ['/elsewhere', { name: 'workbench' }],
  ])('%s', (path, screen) => {
    expect(screenOf(path)).toEqual(screen);
  });

  it('finds the model of an address of the library', () => {
    expect(screenOf(aboutPath('my model'))).toEqual({ name: 'library', search: 'about=my+model' });
    expect(screenOf(libraryPath('q=a'))).toEqual({ name: 'library', search: 'q=a' });
    expect(libraryPath('')).toBe('/library');
  });

  it('finds the model of an inspector’s address', () => {
    expect(screenOf(inspectorPath('my model'))).toEqual({ name: 'inspector', model: 'my model' });
  });
});

describe('tidyPath', () => {
  it.each([
    ['/library/%E0%A4%A', '/library'],
    ['/library/', '/library'],
    ['/library/?q=a', '/library?q=a'],
    ['/library?q=a%20b', '/library?q=a%20b'],
    ['/library/a%2Fb', '/library/a%2Fb'],
    ['/', '/'],
    ['/elsewhere', '/elsewhere'],
  ])('%s', (path, tidy) => {
    expect(tidyPath(path)).toBe(tidy);
    expect(tidyPath(tidy)).toBe(tidy);
  });
});
