import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { refusal } from '../core/image/testing/outcome.ts';
import { limitOf } from '../core/limits.ts';
import { loadCatalog, mergeCatalogs, withoutWithdrawn } from './catalog.ts';
import { parseLabels } from './labels.ts';
import { parseManifest } from './manifest.ts';
import { changed, pathsOf } from './testing/change.ts';
import { rawEntry } from './testing/entries.ts';
import { bytes, loopback, status } from './testing/loopback.ts';
import { rejection } from './testing/rejection.ts';

const URL_OF = 'https://host.test/app/models/index.json';
const PUBLIC = resolve(import.meta.dirname, '../../public');

/** The catalogue of a manifest with these entries. */
function parse(...models: unknown[]) {
  return parseManifest({ version: 1, models }, URL_OF, 'operator');
}

/** The one problem of an entry between two good ones, which must both survive. */
function problemOf(entry: unknown) {
  const { models, problems } = parse(rawEntry('first'), entry, rawEntry('last'));
  expect(models.map((model) => model.entry.id)).toEqual(['first', 'last']);
  expect(problems).toHaveLength(1);
  return problems[0];
}

const json = (value: unknown) => bytes(JSON.stringify(value));
const config = (...urls: string[]) =>
  json({ version: 1, manifests: urls.map((url) => ({ url, collection: 'operator' })) });
const manifest = (...models: unknown[]) => json({ version: 1, models });

describe("the project's own manifest", () => {
  const text = readFileSync(resolve(PUBLIC, 'models/index.json'), 'utf8');
  const own = parseManifest(JSON.parse(text), URL_OF, 'embedded');
  const read = (file: string) => readFileSync(resolve(PUBLIC, 'models', file));

  it('is valid to the last entry', () => {
    expect(own.problems).toEqual([]);
    expect(own.models.map(({ entry }) => entry.id)).toEqual([
      'cifar_resnet20_v1',
      'ssd_300_mobilenet0.25_bccd',
    ]);
  });

  it.each(own.models.map(({ entry }) => [entry.id, entry] as const))(
    '%s: sizes and digests are those of the files',
    (_id, entry) => {
      for (const pinned of [entry, entry.labels]) {
        const body = read(pinned.file);
        expect(body.length).toBe(pinned.bytes);
        expect(createHash('sha256').update(body).digest('hex')).toBe(pinned.sha256);
      }
      if (entry.card !== null) expect(read(entry.card).toString()).toMatch(/^# /);
    },
  );

  it.each([
    ['cifar_resnet20_v1', 10],
    ['ssd_300_mobilenet0.25_bccd', 3],
  ])('%s: has %i labels', (id, count) => {
    const labels = own.models.find(({ entry }) => entry.id === id)?.entry.labels;
    expect(labels).toBeDefined();
    if (!labels) return;
    expect(parseLabels(Uint8Array.from(read(labels.file)), labels.format)).toHaveLength(count);
  });

  it('is the one that config.json names', async () => {
    const { url } = await loopback({
      '/config.json': bytes(readFileSync(resolve(PUBLIC, 'config.json'))),
      '/models/index.json': bytes(text),
    });
    const { models, problems } = await loadCatalog(url);
    expect(problems).toEqual([]);
    expect(models.map(({ collection }) => collection)).toEqual(['embedded', 'embedded']);
    expect(models[0]?.urls.model).toMatch(new RegExp(`^${url}models/.+\\.onnx$`));
  });
});

describe('parseManifest', () => {
  it('gives each entry with the addresses of its files', () => {
    const { models, problems } = parse(rawEntry('a'), rawEntry('b'));
    expect(problems).toEqual([]);
    const urls = (id: string) => ({
      model: `https://host.test/app/models/${id}/model.onnx`,
      labels: `https://host.test/app/models/${id}/labels.txt`,
      card: `https://host.test/app/models/${id}/MODEL_CARD.md`,
    });
    const rest = { collection: 'operator', grade: 'E', signer: null };
    expect(models).toEqual([
      { entry: rawEntry('a'), urls: urls('a'), ...rest },
      { entry: rawEntry('b'), urls: urls('b'), ...rest },
    ]);
  });

  it.each(['card', 'caution', 'golden', 'input.normalise', 'source.url'])(
    'lets %s be null',
    (path) => {
      expect(parse(changed(rawEntry('a'), path, null)).problems).toEqual([]);
    },
  );

  const paths = pathsOf(rawEntry('bad'));
  it.each(paths)('refuses a wrong value at %s, with the path in the sentence', (path) => {
    // Nothing in an entry is a truth value.
    const problem = problemOf(changed(rawEntry('bad'), path, true));
    expect(problem).toMatchObject({ code: 'manifest/bad-entry', details: { path } });
    expect(problem?.message).toContain(`Model 2 of ${URL_OF} is not valid: at “${path}”: `);
    expect(problem?.message, 'in words of ours').not.toContain('Invalid');
  });

  const needed = paths.filter((path) => path !== 'multiplyAdds' && !/\.\d+$/.test(path));
  it.each(needed)('refuses an entry without %s', (path) => {
    const problem = problemOf(changed(rawEntry('bad'), path, undefined));
    expect(problem).toMatchObject({ code: 'manifest/bad-entry', details: { path } });
  });

  it.each(['more', 'labels.more', 'input.more', 'input.resize.more', 'output.more', 'golden.more'])(
    'refuses a field that it does not know: %s',
    (path) => {
      expect(problemOf(changed(rawEntry('bad'), path, 1))).toMatchObject({ details: { path } });
    },
  );

  it.each([
    ['nothing', null],
    ['a list', []],
    ['a text', 'model'],
    ['a number', 1],
  ])('refuses %s in place of an entry', (_what, entry) => {
    expect(problemOf(entry)?.code).toBe('manifest/bad-entry');
  });

  it.each(['../x', '/x', 'https://evil.test/x', 'a//b', 'a\\b', '%2e%2e/x', 'a?b', ''])(
    'refuses %j as a file, as labels and as a card',
    (file) => {
      for (const path of ['file', 'labels.file', 'card']) {
        const problem = problemOf(changed(rawEntry('bad'), path, file));
        expect(problem).toMatchObject({ code: 'manifest/bad-entry', details: { path } });
      }
    },
  );

  it.each(['segmentation', 'toString', '__proto__', 'Classification'])(
    'refuses the task %j and says which there are',
    (task) => {
      const problem = problemOf(changed(rawEntry('bad'), 'task', task));
      expect(problem).toMatchObject({
        code: 'manifest/unknown-task',
        details: { id: 'bad', task },
      });
      expect(problem?.message).toContain(`Model 2 of ${URL_OF} (bad)`);
      expect(problem?.message).toContain('It knows classification, detection');
    },
  );

  it('holds an output contract against its own task', () => {
    const swapped = changed(rawEntry('bad'), 'task', 'detection');
    expect(problemOf(swapped)).toMatchObject({
      code: 'manifest/bad-entry',
      details: { path: 'output.ids' },
    });
  });

  it.each([
    ['(whole)', null],
    ['version', { version: 2, models: [] }],
    ['models', { version: 1, models: 'none' }],
  ])('refuses a manifest that is wrong at %s as a whole', (path, whole) => {
    const error = refusal(() => parseManifest(whole, URL_OF, 'operator'));
    expect(error).toMatchObject({ code: 'manifest/bad-manifest', details: { path } });
    expect(error.message).toContain(URL_OF);
  });
});

describe('mergeCatalogs', () => {
  it('keeps the first model of an id and reports the second, wherever it comes from', () => {
    const elsewhere = { version: 1, models: [rawEntry('a'), rawEntry('c')] };
    const other = parseManifest(elsewhere, 'https://host.test/other/index.json', 'operator');
    const { models, problems } = mergeCatalogs([parse(rawEntry('a'), rawEntry('b')), other]);
    expect(models.map(({ entry, urls }) => [entry.id, urls.model])).toEqual([
      ['a', 'https://host.test/app/models/a/model.onnx'],
      ['b', 'https://host.test/app/models/b/model.onnx'],
      ['c', 'https://host.test/other/c/model.onnx'],
    ]);
    expect(problems).toMatchObject([
      {
        code: 'manifest/duplicate-id',
        details: { id: 'a', url: 'https://host.test/other/a/model.onnx' },
      },
    ]);
    expect(mergeCatalogs([parse(rawEntry('a'), rawEntry('a'))]).problems).toHaveLength(1);
  });
});

describe('withoutWithdrawn', () => {
  it('leaves out what earlier visits learned to be withdrawn, by the model or its labels', () => {
    const digest = (digit: string) => digit.repeat(64);
    const entry = (id: string, model: string, labels: string) => ({
      ...rawEntry(id),
      sha256: digest(model),
      labels: { ...rawEntry(id).labels, sha256: digest(labels) },
    });
    const catalog = parse(entry('a', '1', '2'), entry('b', '3', '4'), entry('c', '5', '6'));
    const { models, problems, revoked } = withoutWithdrawn(catalog, [digest('1'), digest('4')]);
    expect(models.map(({ entry: { id } }) => id)).toEqual(['c']);
    expect(problems.map(({ code, details }) => [code, details['id']])).toEqual([
      ['integrity/revoked', 'a'],
      ['integrity/revoked', 'b'],
    ]);
    expect([...revoked]).toEqual([
      [digest('1'), null],
      [digest('4'), null],
    ]);
    expect(withoutWithdrawn(catalog, []).models).toEqual(catalog.models);
  });
});

describe('loadCatalog', () => {
  it('joins the manifests of the configuration in its order', async () => {
    const { url } = await loopback({
      '/app/config.json': config('one/index.json', 'two.json'),
      '/app/one/index.json': manifest(rawEntry('a')),
      '/app/two.json': manifest(rawEntry('b')),
    });
    const { models } = await loadCatalog(`${url}app/?x#y`);
    expect(models.map(({ entry, urls }) => [entry.id, urls.model])).toEqual([
      ['a', `${url}app/one/a/model.onnx`],
      ['b', `${url}app/b/model.onnx`],
    ]);
  });

  it.each([
    ['is missing', status(404), 'download/http-status', '404'],
    ['is a web page', bytes('<!doctype html><p>Hi'), 'manifest/not-json', 'is not JSON'],
    ['is not UTF-8', bytes(Uint8Array.of(0x22, 0xff, 0x22)), 'manifest/not-json', 'is not JSON'],
    ['is empty', bytes(''), 'manifest/not-json', 'is not JSON'],
    [
      'is too large',
      bytes(' '.repeat(limitOf('manifestBytes')) + '1'),
      'manifest/too-large',
      'larger than the 1048576 bytes',
    ],
    ['is of another version', json({ version: 9, models: [] }), 'manifest/bad-manifest', 'version'],
  ])('offers the rest when one manifest %s', async (_what, answer, code, sentence) => {
    const { url } = await loopback({
      '/config.json': config('bad/index.json', 'good.json'),
      '/bad/index.json': answer,
      '/good.json': manifest(rawEntry('good')),
    });
    const { models, problems } = await loadCatalog(url);
    expect(models.map(({ entry }) => entry.id)).toEqual(['good']);
    expect(problems).toMatchObject([{ code }]);
    expect(problems[0]?.message).toContain(sentence);
  });

  it('takes a manifest of exactly the largest size', async () => {
    const text = JSON.stringify({ version: 1, models: [rawEntry('a')] });
    const { url } = await loopback({
      '/config.json': config('a.json'),
      '/a.json': bytes(text.padEnd(limitOf('manifestBytes'))),
    });
    expect((await loadCatalog(url)).models).toHaveLength(1);
  });

  it('fails with the first problem when no model is left, and says so when there was none', async () => {
    const { url } = await loopback({
      '/one/config.json': config('missing.json', 'a.json'),
      '/one/a.json': manifest(null),
      '/none/config.json': config('a.json'),
      '/none/a.json': manifest(),
    });
    expect((await rejection(loadCatalog(`${url}one/`))).code).toBe('download/http-status');
    expect((await rejection(loadCatalog(`${url}none/`))).code).toBe('manifest/no-models');
  });

  const named = (url: string, collection = 'operator') => ({
    version: 1,
    manifests: [{ url, collection }],
  });
  it.each<[what: string, value: unknown, path: string]>([
    ['no manifest', { version: 1, manifests: [] }, 'manifests'],
    ['another version', { version: 2, manifests: [] }, 'version'],
    ['an unknown field', { ...named('a.json'), more: 1 }, 'more'],
    ['an unknown collection', named('a.json', 'mine'), 'manifests.0.collection'],
    ['a manifest of another host', named('https://evil.test/a.json'), 'manifests.0.url'],
    ['a manifest of another host, too', named('//evil.test/a.json'), 'manifests.0.url'],
    ['a manifest at the root', named('/a.json'), 'manifests.0.url'],
    ['a manifest above the page', named('../a.json'), 'manifests.0.url'],
    ['a manifest above the page, too', named('a/../../b.json'), 'manifests.0.url'],
    ['a manifest that is no JSON', named('a.txt'), 'manifests.0.url'],
  ])('refuses a configuration with %s', async (_what, value, path) => {
    const { url } = await loopback({ '/config.json': json(value) });
    const error = await rejection(loadCatalog(url));
    expect(error).toMatchObject({ code: 'config/bad-config', details: { path } });
    expect(error.message).toContain(`The configuration (config.json) is not valid: at “${path}”`);
  });

  it('is cancelled as a whole, not left with half of the models', async () => {
    const controller = new AbortController();
    const { url } = await loopback({
      '/config.json': config('good.json', 'slow.json'),
      '/good.json': manifest(rawEntry('good')),
      '/slow.json': () => {
        setTimeout(() => {
          controller.abort();
        }, 50);
      },
    });
    const error = await rejection(loadCatalog(url, { signal: controller.signal }));
    expect(error.code).toBe('engine/cancelled');
  });
});
