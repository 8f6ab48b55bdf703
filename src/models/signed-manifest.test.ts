import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { AppError, asAppError } from '../core/errors.ts';
import { generateKeyPair, keyIdOf, type KeyPair } from '../core/integrity/signature.ts';
import { memorySequences, type Sequences } from '../core/manifest/freshness.ts';
import { signManifest } from '../core/manifest/signed.ts';
import { loadCatalog } from './catalog.ts';
import type { ManifestVerdict } from './manifest-verdict.ts';
import { rawEntry } from './testing/entries.ts';
import { bytes, inTurn, loopback, status, type Answer } from './testing/loopback.ts';
import { rejection } from './testing/rejection.ts';

let key: KeyPair;
let other: KeyPair;

beforeAll(async () => {
  key = await generateKeyPair();
  other = await generateKeyPair();
});

interface Scene {
  readonly manifest?: object | string;
  /** What is signed, when it is not what is served. */
  readonly signed?: string;
  readonly by?: KeyPair;
  readonly signature?: Answer;
  readonly policy?: string;
  readonly config?: object;
}

const FAR = '2999-01-01T00:00:00.000Z';
const manifestOf = (more: object = {}) => ({
  version: 1,
  models: [rawEntry('a')],
  sequence: 1,
  expires: FAR,
  ...more,
});
const textOf = (manifest: object | string) =>
  typeof manifest === 'string' ? manifest : JSON.stringify(manifest);

async function sign(text: string, by = key): Promise<string> {
  return JSON.stringify(await signManifest(new TextEncoder().encode(text), by.privateKey));
}

/** A page whose one manifest must be signed. */
async function page({ manifest = manifestOf(), signed, by, signature, ...rest }: Scene = {}) {
  const text = textOf(manifest);
  return loopback({
    '/config.json': bytes(
      JSON.stringify({
        version: 1,
        manifests: [{ url: 'm/index.json', collection: 'operator', signed: true }],
        trustedKeys: [{ name: 'Example hospital', publicKey: key.publicKey }],
        ...(rest.policy === undefined ? {} : { policy: rest.policy }),
        ...rest.config,
      }),
    ),
    '/m/index.json': bytes(text),
    '/m/index.json.sig': signature ?? bytes(await sign(signed ?? text, by)),
  });
}

const load = (url: string, sequences: Sequences = memorySequences()) =>
  loadCatalog(url, { sequences });

describe('a signed manifest', () => {
  it('makes its models grade A and says who signed', async () => {
    const { url } = await page();
    const { models, problems } = await load(url);
    expect(problems).toEqual([]);
    expect(models).toMatchObject([
      {
        grade: 'A',
        signer: { name: 'Example hospital', keyId: await keyIdOf(key.publicKey) },
        entry: { id: 'a', evidence: { grade: 'E' } },
      },
    ]);
  });

  it.each<[string, () => Scene, string, string]>([
    ['has no signature', () => ({ signature: status(404) }), 'integrity/unsigned', '.sig'],
    [
      'has a web page for a signature',
      () => ({ signature: bytes('<!doctype html>') }),
      'integrity/unsigned',
      '.sig',
    ],
    [
      'has another JSON for a signature',
      () => ({ signature: bytes('{"version":1}') }),
      'integrity/bad-signature',
      'not one this version can read',
    ],
    [
      'was changed in one byte',
      () => ({ signed: `${JSON.stringify(manifestOf())} ` }),
      'integrity/bad-signature',
      'not what the key “Example hospital” signed',
    ],
    ['is signed by another key', () => ({ by: other }), 'integrity/untrusted-key', 'none of the 1'],
    [
      'is of a page that trusts no key',
      () => ({ config: { trustedKeys: [] } }),
      'integrity/untrusted-key',
      'none of the 0',
    ],
    [
      'has no number',
      () => ({ manifest: manifestOf({ sequence: undefined }) }),
      'integrity/rollback',
      'no sequence number',
    ],
    [
      'has expired',
      () => ({ manifest: manifestOf({ expires: '2020-01-01T00:00:00Z' }) }),
      'integrity/expired',
      'good until 2020-01-01',
    ],
  ])('is refused as a whole when it %s', async (_what, scene, code, sentence) => {
    const { url } = await page(scene());
    const error = await rejection(load(url));
    expect(error.code).toBe(code);
    expect(error.message).toContain(sentence);
  });

  it('cannot pass under a trusted key’s short name', async () => {
    const text = textOf(manifestOf());
    const forged = JSON.parse(await sign(text, other)) as { keyId: string };
    forged.keyId = await keyIdOf(key.publicKey);
    const { url } = await page({ signature: bytes(JSON.stringify(forged)) });
    expect((await rejection(load(url))).code).toBe('integrity/bad-signature');
  });

  it('is nothing that was signed for another purpose: the bytes alone do not verify', async () => {
    const { signBytes } = await import('../core/integrity/signature.ts');
    const message = new TextEncoder().encode(textOf(manifestOf()));
    const signature = await signBytes(message, key.privateKey);
    const file = {
      version: 1,
      algorithm: 'Ed25519',
      keyId: await keyIdOf(key.publicKey),
      signature,
    };
    const { url } = await page({ signature: bytes(JSON.stringify(file)) });
    expect((await rejection(load(url))).code).toBe('integrity/bad-signature');
  });

  it('keeps the error of a server that is down for a moment, which is no verdict', async () => {
    const { url } = await page({ signature: status(503) });
    expect((await rejection(load(url))).code).toBe('download/http-status');
  });

  it('is asked for only where the configuration says signed', async () => {
    const { url, requests } = await page({
      config: { manifests: [{ url: 'm/index.json', collection: 'operator' }] },
    });
    expect((await load(url)).models).toMatchObject([{ grade: 'E', signer: null }]);
    expect(requests.map((request) => request.url)).toEqual(['/config.json', '/m/index.json']);
  });
});

describe('what was found is told', () => {
  /** Loads a page's manifests and lists what was told. */
  async function verdicts(scene: Scene = {}) {
    const { url } = await page(scene);
    const told: ManifestVerdict[] = [];
    await loadCatalog(url, { onVerdict: (verdict) => told.push(verdict) }).catch(asAppError);
    return { told, manifest: `${url}m/index.json` };
  }

  const fileOf = (text: string) => ({
    sha256: createHash('sha256').update(text).digest('hex'),
    bytes: Buffer.byteLength(text),
  });

  it('of a signature that holds: digest, size and signer', async () => {
    const { told, manifest } = await verdicts();
    const file = fileOf(textOf(manifestOf()));
    const signer = { name: 'Example hospital', keyId: await keyIdOf(key.publicKey) };
    expect(told).toEqual([{ subject: manifest, url: manifest, file, signer, code: null }]);
  });

  it.each<[string, Scene]>([
    ['integrity/bad-signature', { signed: 'something else' }],
    ['integrity/unsigned', { signature: status(404) }],
    ['integrity/rollback', { manifest: manifestOf({ sequence: undefined }) }],
    ['integrity/expired', { manifest: manifestOf({ expires: '2020-01-01T00:00:00Z' }) }],
    ['manifest/bad-manifest', { manifest: manifestOf({ models: 'none' }) }],
  ])('of a manifest that is refused: %s', async (code, scene) => {
    const { told, manifest } = await verdicts(scene);
    const file = fileOf(textOf(scene.manifest ?? manifestOf())); // what came, whatever was signed
    expect(told).toEqual([{ subject: manifest, url: manifest, file, signer: null, code }]);
  });

  it('of entries that are refused, by their ids', async () => {
    const models = [rawEntry('a'), rawEntry('b'), rawEntry('b'), { id: 'c' }];
    const { sha256 } = rawEntry('a');
    const { told, manifest } = await verdicts({ manifest: manifestOf({ models }) });
    expect(told.slice(1).map(({ subject, url, code }) => [subject, url, code])).toEqual([
      [manifest, manifest, 'manifest/bad-entry'],
      ['b', expect.stringMatching(/\/b\/model\.onnx$/), 'manifest/duplicate-id'],
    ]);
    const revoked = await verdicts({ manifest: manifestOf({ revoked: [sha256] }) });
    expect(revoked.told.at(-1)).toMatchObject({ subject: 'a', code: 'integrity/revoked' });
  });

  it('in one line for each code, however many entries it is about', async () => {
    const entries = Array.from({ length: 30 }, (_, index) => rawEntry(`m${String(index)}`));
    const models = [
      ...entries.map((entry) => ({ ...entry, task: 'x' })),
      ...Array.from({ length: 30 }, () => ({})),
    ];
    const { told, manifest } = await verdicts({ manifest: manifestOf({ models }) });
    expect(told.map(({ subject, code }) => [subject, code])).toEqual([
      [manifest, null],
      ['m0, m1, m2, m3, m4, m5, m6, m7, m8, m9 and 20 more', 'manifest/unknown-task'],
      [manifest, 'manifest/bad-entry'],
    ]);
  });

  it('of no manifest that could not be fetched: that is no verdict', async () => {
    expect((await verdicts({ signature: status(503) })).told).toEqual([]);
  });
});

describe('the number of a signed manifest', () => {
  async function turns(...manifests: readonly object[]) {
    const texts = manifests.map(textOf);
    const signatures = await Promise.all(texts.map((text) => sign(text)));
    const answers = (list: readonly string[]) =>
      inTurn(...(list.map((text) => bytes(text)) as [Answer, ...Answer[]]));
    const { url } = await loopback({
      '/config.json': bytes(
        JSON.stringify({
          version: 1,
          manifests: [{ url: 'm.json', collection: 'operator', signed: true }],
          trustedKeys: [{ name: 'Us', publicKey: key.publicKey }],
        }),
      ),
      '/m.json': answers(texts),
      '/m.json.sig': answers(signatures),
    });
    return url;
  }

  it('may stay or rise', async () => {
    const sequences = memorySequences();
    const url = await turns(...[3, 3, 7].map((sequence) => manifestOf({ sequence })));
    for (let turn = 0; turn < 3; turn += 1) {
      expect((await load(url, sequences)).models).toHaveLength(1);
    }
    expect(await sequences.highest(await keyIdOf(key.publicKey), `${url}m.json`)).toBe(7);
  });

  it('may not fall, and an old manifest’s models are not offered', async () => {
    const sequences = memorySequences();
    const url = await turns(...[7, 6].map((sequence) => manifestOf({ sequence })));
    await load(url, sequences);
    const error = await rejection(load(url, sequences));
    expect(error.code).toBe('integrity/rollback');
    expect(error.details).toMatchObject({ sequence: 6, highest: 7 });
  });

  it('is raised by a manifest that has expired: that a later one was signed is known from then on', async () => {
    const sequences = memorySequences();
    const url = await turns(
      manifestOf({ sequence: 9, expires: '2020-01-01T00:00:00Z' }),
      manifestOf({ sequence: 2 }),
      manifestOf({ sequence: 9 }),
    );
    expect((await rejection(load(url, sequences))).code).toBe('integrity/expired');
    expect((await rejection(load(url, sequences))).code).toBe('integrity/rollback');
    expect((await load(url, sequences)).models).toHaveLength(1);
  });

  it('refuses the manifest when what is remembered is not readable, and says so to the ledger', async () => {
    const { url } = await page();
    const unreadable = new AppError('store/bad-counter', 'No number.');
    const sequences = { ...memorySequences(), highest: () => Promise.reject(unreadable) };
    const told: ManifestVerdict[] = [];
    const onVerdict = (verdict: ManifestVerdict) => told.push(verdict);
    const error = await rejection(loadCatalog(url, { sequences, onVerdict }));
    expect(error.code).toBe('store/bad-counter');
    expect(told).toMatchObject([{ subject: `${url}m/index.json`, code: 'store/bad-counter' }]);
  });

  it('refuses the manifest when it cannot be remembered', async () => {
    const { url } = await page();
    const broken: Sequences = {
      ...memorySequences(),
      record: () => Promise.reject(new DOMException('Disk full', 'QuotaExceededError')),
    };
    expect((await rejection(load(url, broken))).code).toBe('app/unexpected');
  });
});

describe('a revoked file', () => {
  const digest = rawEntry('a').sha256;
  const labels = rawEntry('a').labels.sha256;
  const revoking = (more: object = {}) => manifestOf({ models: [], revoked: [digest], ...more });
  const both = (signed: boolean) => ({
    manifests: [
      { url: 'plain.json', collection: 'embedded' },
      { url: 'm/index.json', collection: 'operator', signed },
    ],
  });

  async function withPlain(manifest: object, signed = true) {
    const text = textOf(manifest);
    const { url } = await loopback({
      '/config.json': bytes(
        JSON.stringify({
          version: 1,
          ...both(signed),
          trustedKeys: [{ name: 'Us', publicKey: key.publicKey }],
        }),
      ),
      '/plain.json': bytes(JSON.stringify({ version: 1, models: [rawEntry('a')] })),
      '/m/index.json': bytes(text),
      '/m/index.json.sig': bytes(await sign(text)),
    });
    return url;
  }

  it.each([
    ['its digest', {}],
    ['its labels', { revoked: [labels] }],
  ])('is refused wherever it is named, and reported, by %s', async (_what, more) => {
    const { models, problems, revoked } = await load(await withPlain(revoking(more)));
    expect(models).toEqual([]);
    expect(problems).toMatchObject([{ code: 'integrity/revoked', details: { id: 'a' } }]);
    expect(problems[0]?.message).toContain('“Us” has withdrawn');
    expect(revoked.size).toBe(1);
  });

  it('gives its id free for a model that is still good', async () => {
    const { models } = await load(
      await withPlain(revoking({ models: [{ ...rawEntry('a'), sha256: 'b'.repeat(64) }] })),
    );
    expect(models).toMatchObject([{ grade: 'A', entry: { id: 'a', sha256: 'b'.repeat(64) } }]);
  });

  it('stays revoked by a manifest that has expired', async () => {
    const url = await withPlain(revoking({ expires: '2020-01-01T00:00:00Z' }));
    const { models, problems, revoked } = await load(url);
    expect(models).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual(['integrity/expired', 'integrity/revoked']);
    expect([...revoked.keys()]).toEqual([digest]);
  });

  it('is not revoked by a manifest that nobody signed', async () => {
    const { models, revoked } = await load(await withPlain(revoking(), false));
    expect(models).toHaveLength(1);
    expect(revoked.size).toBe(0);
  });
});

describe('a kiosk', () => {
  it('offers what is signed', async () => {
    const { url } = await page({ policy: 'kiosk' });
    expect((await load(url)).models).toMatchObject([{ grade: 'A' }]);
  });

  it('offers nothing that is not, and does not even ask for it', async () => {
    const { url, requests } = await page({
      policy: 'kiosk',
      config: { manifests: [{ url: 'm/index.json', collection: 'embedded' }] },
    });
    const error = await rejection(load(url));
    expect(error.code).toBe('integrity/unsigned');
    expect(error.message).toContain('policy kiosk');
    expect(requests).toHaveLength(1);
  });
});
