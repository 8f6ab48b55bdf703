import { describe, expect, it } from 'vitest';
import { inspectorPath, screenOf } from './screens.ts';

describe('screenOf', () => {
  it.each([
    ['/', { name: 'workbench' }],
    ['/library', { name: 'library' }],
    ['/library/ssd_300_mobilenet0.25', { name: 'inspector', model: 'ssd_300_mobilenet0.25' }],
    ['/library/%', { name: 'library' }],
    ['/library/a/b', { name: 'workbench' }],
    ['/elsewhere', { name: 'workbench' }],
  ])('%s', (path, screen) => {
    expect(screenOf(path)).toEqual(screen);
  });

  it('finds the model of an inspector’s address', () => {
    expect(screenOf(inspectorPath('my model'))).toEqual({ name: 'inspector', model: 'my model' });
  });
});
