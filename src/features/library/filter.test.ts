import { describe, expect, it } from 'vitest';
import {
  choices,
  countMeasures,
  EVERYTHING,
  rowNamed,
  select,
  withinReach,
  type Query,
} from './filter.ts';
import { withSizes } from './rows.ts';
import { rowOf } from './testing/rows.ts';

const MiB = 1024 * 1024;

const ROWS = [
  rowOf({ name: 'resnet101', value: 78, bytes: 170 * MiB, grade: 'B', possible: true }),
  rowOf({ name: 'resnet18', value: 70, bytes: 45 * MiB, grade: 'B', possible: true }),
  rowOf({ name: 'ssd', task: 'detection', dataset: 'COCO', value: 30, metric: { name: 'box AP' }, grade: 'D', possible: true }),
  rowOf({ name: 'depth', task: 'depth', dataset: 'KITTI', value: 0.1, metric: { name: 'error', unit: null, better: 'lower' }, grade: 'C' }),
  rowOf({ name: 'depth2', task: 'depth', dataset: 'KITTI', value: 0.2, metric: { name: 'error', unit: null, better: 'lower' }, grade: 'C' }),
  rowOf({ name: 'nasnet' }),
]; // prettier-ignore

const names = (change: Partial<Query>, installed: readonly string[] = []) =>
  select(ROWS, { ...EVERYTHING, ...change }, (id) => installed.includes(id)).map(({ id }) => id);

describe('searching', () => {
  it('lists everything by name, numbers in names as numbers', () => {
    expect(names({})).toEqual(['depth', 'depth2', 'nasnet', 'resnet18', 'resnet101', 'ssd']);
  });

  it.each([
    ['RESNET1', ['resnet18', 'resnet101']],
    ['coco', ['ssd']],
    ['  imagenet  18 ', ['resnet18']],
    ['nothing like it', []],
  ])('finds “%s” in name, family, data set and task', (search, expected) => {
    expect(names({ search })).toEqual(expected);
  });
});

describe('filtering', () => {
  it.each<[string, Partial<Query>, string[]]>([
    ['task', { task: 'detection' }, ['ssd']],
    ['data set', { dataset: 'KITTI' }, ['depth', 'depth2']],
    ['grade', { grade: 'B' }, ['resnet18', 'resnet101']],
    ['no evidence at all', { grade: 'none' }, ['nasnet']],
    ['size', { size: '50' }, ['resnet18']],
    ['an unknown size', { size: 'unknown', task: 'detection' }, ['ssd']],
    ['accuracy', { atLeast: 30, atMost: 70 }, ['resnet18', 'ssd']],
    ['what can be installed', { onlyInstallable: true }, ['resnet18', 'resnet101', 'ssd']],
    ['what is installed', { onlyInstalled: true }, ['ssd']],
  ])('goes by %s', (_what, change, expected) => {
    expect(names(change, ['ssd'])).toEqual(expected);
  });

  it('offers what occurs', () => {
    expect(choices(ROWS)).toEqual({
      tasks: ['classification', 'detection', 'depth'],
      datasets: ['COCO', 'ImageNet-1k', 'KITTI'],
      grades: ['B', 'C', 'D', 'none'],
    });
  });
});

describe('an address', () => {
  it('loses what no model has, and stays the same object where it has nothing of that', () => {
    const offered = choices(ROWS);
    const sound = { ...EVERYTHING, dataset: 'COCO', grade: 'D', task: 'detection' } as const;
    expect(withinReach(sound, offered)).toBe(sound);
    expect(withinReach({ ...sound, dataset: 'Nowhere' }, offered)).toEqual({
      ...sound,
      dataset: null,
    });
    expect(withinReach({ ...EVERYTHING, grade: 'A', task: 'pose' }, offered)).toEqual(EVERYTHING);
  });

  it('means a model however its letters are written, and the one written so before another', () => {
    const rows = [rowOf({ name: 'alexnet' }), rowOf({ name: 'AlexNet' })];
    expect(rowNamed(rows, 'ALEXNET')?.id).toBe('alexnet');
    expect(rowNamed(rows, 'AlexNet')?.id).toBe('AlexNet');
    expect(rowNamed(rows, 'alex')).toBeUndefined();
  });
});

describe('sorting', () => {
  it('knows how many measures there are to tell apart', () => {
    expect(countMeasures(ROWS)).toBe(3);
    expect(countMeasures([])).toBe(0);
  });

  it('puts the best first among those that measure the same, and those without a figure last', () => {
    expect(names({ sort: 'accuracy' })).toEqual(['resnet101', 'resnet18', 'ssd', 'depth', 'depth2', 'nasnet']); // prettier-ignore
  });

  it('puts the smallest first and unknown sizes last', () => {
    expect(names({ sort: 'size' }).slice(0, 3)).toEqual(['resnet18', 'resnet101', 'depth']);
  });

  it('puts the strongest evidence first', () => {
    expect(names({ sort: 'grade' })).toEqual(['resnet18', 'resnet101', 'depth', 'depth2', 'ssd', 'nasnet']); // prettier-ignore
  });

  it('knows the size of what is installed', () => {
    const rows = withSizes(ROWS, new Map([['ssd', MiB]]));
    expect(select(rows, { ...EVERYTHING, sort: 'size' }, () => false)[0]?.id).toBe('ssd');
  });
});
