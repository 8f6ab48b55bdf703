import { describe, expect, it } from 'vitest';
import { aboutPath, inspectorPath, libraryPath, screenOf } from './screens.ts';

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
