import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../core/errors.ts';
import type { Grade } from '../../../core/integrity/provenance.ts';
import type { InstalledModel } from '../../../models/library/types.ts';
import { rejection } from '../../../models/testing/rejection.ts';
import type { Zoo } from '../../../models/zoo/schema.ts';
import { rowOf } from '../testing/rows.ts';
import { begin } from './actions.ts';
import { useQuestions } from './questions.ts';

const zoo: Zoo = {
  version: 1,
  sources: { gluoncv: 'g', modelZoo: 'm' },
  licence: 'l',
  datasets: {},
  labels: {},
  contracts: {},
  models: [],
};

const modelOf = (id: string) => ({ entry: { id } }) as InstalledModel;
const quota = () => new AppError('store/quota', 'There is no room.', { retryable: true });

/** A row that can be installed. */
function row(grade: Grade = 'B') {
  const source = {
    url: 'https://host.test/m.onnx',
    bytes: 100,
    claim: { kind: 'sha256-prefix', prefix: 'a1b2c3d4' },
    grade,
    vouchedBy: 'a test',
  } as const;
  return { ...rowOf({ name: 'm' }), plan: { possible: true, source } as never };
}

/** A library that installs once `victims` are gone, unless `error` says otherwise. */
function libraryWith(victims: readonly string[], error: () => AppError = quota) {
  const kept = new Set(victims);
  const did: string[] = [];
  const library: Parameters<typeof begin>[0]['library'] = {
    install: () => {
      did.push(kept.size > 0 ? 'refuse' : 'install');
      return kept.size > 0 ? Promise.reject(error()) : Promise.resolve(modelOf('m'));
    },
    missingBytes: () => Promise.resolve(100),
    evictionPlan: () => Promise.resolve([...kept].map(modelOf)),
    remove: (id) => {
      did.push(`remove ${id}`);
      kept.delete(id);
      return Promise.resolve();
    },
  };
  return { wiring: { library, zoo, policy: 'standard' as const }, did };
}

const asked = () =>
  useQuestions
    .getState()
    .waiting.map((question) =>
      question.kind === 'room'
        ? question.victims.map(({ entry }) => entry.id).join(' ')
        : question.kind,
    );

beforeEach(() => {
  useQuestions.setState({ waiting: [] });
  vi.stubGlobal('navigator', { onLine: true });
});

describe('an install', () => {
  it('is done where nothing stands in its way', async () => {
    const { wiring, did } = libraryWith([]);
    await begin(wiring, row(), { confirmed: true });
    expect(did).toEqual(['install']);
    expect(asked()).toEqual([]);
  });

  it('asks for room, and takes only what the person gave', async () => {
    const { wiring, did } = libraryWith(['old', 'older']);
    await begin(wiring, row(), { confirmed: true });
    expect(asked()).toEqual(['old older']);
    await begin(wiring, row(), { confirmed: true, victims: [modelOf('old')] });
    expect(did).toEqual(['refuse', 'refuse']);
    expect(asked()).toEqual(['old older']);
    await begin(wiring, row(), { confirmed: true, victims: ['old', 'older'].map(modelOf) });
    expect(did.slice(2)).toEqual(['refuse', 'remove old', 'remove older', 'install']);
  });

  it('asks about the evidence before anything goes', async () => {
    const needsConsent = () => new AppError('download/needs-consent', 'No.', { retryable: true });
    const { wiring, did } = libraryWith(['old'], needsConsent);
    await begin(wiring, row('D'), { confirmed: false, victims: [modelOf('old')] });
    expect(did).toEqual(['refuse']);
    expect(asked()).toEqual(['consent']);
  });

  it.each([
    'integrity/revoked',
    'download/host-not-allowed',
    'download/refused-by-policy',
  ] as const)('takes nothing for what ends in %s', async (code) => {
    const { wiring, did } = libraryWith(['old'], () => new AppError(code, 'No.'));
    const work = begin(wiring, row(), { confirmed: true, victims: [modelOf('old')] });
    expect((await rejection(work)).code).toBe(code);
    expect(did).toEqual(['refuse']);
  });

  it('takes nothing while there is no network, from which it could come again', async () => {
    vi.stubGlobal('navigator', { onLine: false });
    const { wiring, did } = libraryWith(['old']);
    const work = begin(wiring, row(), { confirmed: true, victims: [modelOf('old')] });
    expect((await rejection(work)).code).toBe('store/quota');
    expect(did).toEqual(['refuse']);
    expect(asked()).toEqual([]);
  });
});
