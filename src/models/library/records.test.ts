import { expect, it } from 'vitest';
import { declared } from '../testing/library-fakes.ts';
import { memoryDatabase } from './database.ts';
import { Records } from './records.ts';

it('names the files of an install that ends while the rows are read', async () => {
  const sha256 = 'a'.repeat(64);
  const database = memoryDatabase();
  const at = '2026-05-01T12:00:00.000Z';
  const records = new Records(database, () => Promise.resolve());
  await records.putPartial({
    id: 'a',
    key: '',
    url: null,
    receivedBytes: 0,
    totalBytes: null,
    validator: null,
    sha256: null,
    digests: [sha256],
  });
  const { entries } = database;
  Object.assign(database, {
    entries: async (...[table]: Parameters<typeof entries>) => {
      const rows = await entries(table);
      Object.assign(database, { entries });
      await records.putModel({
        entry: declared('a', sha256, 5),
        grade: 'E',
        provider: 'own-file',
        url: null,
        vouchedBy: 'nobody',
        installedAt: at,
        usedAt: at,
      });
      await records.deletePartial('a');
      return rows;
    },
  });
  expect(await records.named()).toContain(sha256);
});

it('knows the partial files of a newer page, wherever its rows name them', async () => {
  const key = `download-${'b'.repeat(64)}`;
  const database = memoryDatabase();
  const records = new Records(database, () => Promise.resolve());
  await database.put('partials', 'a', { version: 4, id: 'a', file: { key } });
  expect(await records.partialKeys()).toEqual(new Set([key]));
  expect(await records.partials()).toEqual([]);
});

it('reads what an older page wrote of an install, and marks what such a page could not read', async () => {
  const database = memoryDatabase();
  const records = new Records(database, () => Promise.reject(new TypeError('Nothing is dropped.')));
  const old = {
    id: 'a',
    key: 'download-a',
    url: 'https://host.test/a.onnx',
    receivedBytes: 5,
    totalBytes: null,
    validator: null,
    sha256: null,
    digests: [],
  };
  await database.put('partials', 'a', old);
  expect(await records.partials()).toEqual([old]);
  await records.setStranded('a', true);
  const row = { ...old, stranded: true, version: 2 } as const;
  expect(await database.get('partials', 'a')).toEqual(row);
  expect(await records.partial('a')).toEqual(row);
  await records.setStranded('a', false);
  expect(await database.get('partials', 'a')).toEqual(old);
  await records.putPartial({ ...row, consent: 'C' });
  await records.setStranded('a', false);
  expect(await database.get('partials', 'a')).toEqual({ ...old, consent: 'C', version: 3 });
  await database.put('partials', 'a', { ...row, consent: true });
  expect(await records.partial('a')).toEqual({ ...row, consent: 'A' });
  await records.putPartial(old);
  await records.setStranded('never-there', true);
  expect(await records.partials()).toEqual([old]);
});
