import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { InstallPolicy } from '../../core/integrity/provenance.ts';
import { parseZoo } from '../../models/zoo/load.ts';
import { toRows } from './rows.ts';

const FILE = resolve(import.meta.dirname, '../../../public/library/zoo.json');
const ZOO = parseZoo(JSON.parse(readFileSync(FILE, 'utf8')));

describe('the rows of the library', () => {
  it('show the figure, the size and the evidence of the file that would be installed', () => {
    const row = toRows(ZOO).find(({ id }) => id === 'resnet50_v1');
    expect(row).toMatchObject({
      dataset: 'ImageNet-1k',
      metric: { name: 'top-1', value: 74.97 },
      measure: 'ImageNet-1k, top-1',
      bytes: 102_576_593,
      grade: 'B',
    });
  });

  it('show figures of one file, also where it is too large to install', () => {
    const row = toRows(ZOO).find(({ id }) => id === 'vgg19');
    const [file] = ZOO.models.find(({ name }) => name === 'vgg19')?.modelZoo ?? [];
    expect(row?.plan.possible).toBe(false);
    expect(row).toMatchObject({ metric: file?.metrics[0], bytes: file?.bytes });
  });

  it('show the same figures whatever the policy', () => {
    const published = (policy: InstallPolicy) =>
      toRows(ZOO, policy).map(({ plan: _, ...figures }) => figures);
    expect(published('kiosk')).toEqual(published('standard'));
    const row = toRows(ZOO, 'kiosk').find(({ id }) => id === 'squeezenet1.1');
    expect(row).toMatchObject({ metric: { value: 56.34 }, bytes: 4_956_208, grade: 'B' });
  });

  it('let a kiosk install nothing that is not signed', () => {
    const rows = toRows(ZOO, 'kiosk');
    expect(rows).toHaveLength(332);
    expect(rows.some(({ plan }) => plan.possible)).toBe(false);
    const because = rows.map(({ plan }) => (plan.possible ? '' : plan.because));
    expect(because.filter((words) => words.includes('grade A'))).toHaveLength(
      toRows(ZOO).filter(({ plan }) => plan.possible).length,
    );
  });
});
