import { describe, expect, it } from 'vitest';
import { limitOf } from '../../../core/limits.ts';
import { setThreshold, useBench, withoutPicture, withPictures, type NewPicture } from './bench.ts';

const cap = limitOf('recentPictures');
const start = useBench.getInitialState();
const files = (count: number, prefix = 'p'): NewPicture[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `${prefix}${String(index)}.png`,
    blob: new Blob(),
    source: 'file',
  }));
const names = (state: typeof start) => state.pictures.map(({ name }) => name);

describe('adding pictures', () => {
  it('shows the first of those added and keeps their order', () => {
    const state = withPictures(withPictures(start, files(1, 'old')), files(2, 'new'));
    expect(names(state)).toEqual(['new0.png', 'new1.png', 'old0.png']);
    expect(state.selectedId).toBe(state.pictures[0]?.id);
  });

  it('drops the oldest beyond the limit and says how many did not fit', () => {
    const state = withPictures(withPictures(start, files(3, 'old')), files(cap + 2, 'new'));
    expect(state.pictures).toHaveLength(cap);
    expect(names(state).some((name) => name.startsWith('old'))).toBe(false);
    expect(state.notTaken).toBe(2);
  });

  it('drops the first of those given together before the others', () => {
    const full = withPictures(start, files(cap));
    const state = withPictures(full, files(1, 'new'));
    expect(names(state)).toEqual(['new0.png', ...names(full).slice(1)]);
  });

  it('numbers a sample that is chosen twice, and no file', () => {
    const sample: NewPicture = { name: 'lorry.png', blob: new Blob(), source: 'sample' };
    let state = withPictures(start, [{ ...sample, source: 'file' }]);
    state = withPictures(state, [sample]);
    state = withPictures(state, [sample]);
    state = withPictures(state, [{ ...sample, source: 'file' }]);
    expect(names(state)).toEqual(['lorry.png', 'lorry 3.png', 'lorry 2.png', 'lorry.png']);
  });

  it('never gives an id twice', () => {
    let state = withPictures(start, files(2));
    state = withoutPicture(state, 'picture-2');
    state = withPictures(state, files(1));
    expect(new Set(state.pictures.map(({ id }) => id)).size).toBe(2);
  });

  it('numbers pasted bitmaps, which all have one name, and nothing else', () => {
    const paste = (name: string): NewPicture => ({ name, blob: new Blob(), source: 'paste' });
    let state = withPictures(start, [paste('image.png')]);
    state = withPictures(state, [paste('holiday.png'), paste('image.jpeg')]);
    state = withPictures(state, [{ ...paste('image.png'), source: 'file' }]);
    expect(names(state)).toEqual(['image.png', 'holiday.png', 'pasted 2.jpeg', 'pasted 1.png']);
  });

  it('makes a remark about the last drop old news', () => {
    const remarked = { ...start, remark: { kinds: ['link'], nth: 1 } as const };
    expect(withPictures(remarked, files(1)).remark).toBeNull();
  });

  it('leaves everything as it is when nothing is added', () => {
    expect(withPictures(start, [])).toBe(start);
  });
});

describe('removing a picture', () => {
  const three = withPictures(start, files(3));

  it('shows the one that takes its place', () => {
    expect(withoutPicture(three, 'picture-1').selectedId).toBe('picture-2');
  });

  it('shows the last where none does, and none where none is left', () => {
    const last = withoutPicture({ ...three, selectedId: 'picture-3' }, 'picture-3');
    expect(last.selectedId).toBe('picture-2');
    expect(withoutPicture(withPictures(start, files(1)), 'picture-1').selectedId).toBeNull();
  });

  it('keeps the shown one when another goes', () => {
    expect(withoutPicture(three, 'picture-3').selectedId).toBe('picture-1');
  });
});

describe('a threshold', () => {
  it('is remembered by model, and forgotten', () => {
    setThreshold('a', 0.4);
    setThreshold('b', 0.5);
    setThreshold('a', null);
    expect(useBench.getState().thresholds).toEqual({ b: 0.5 });
  });
});
