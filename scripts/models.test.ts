import {
  chmodSync,
  existsSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TrustedKey } from '../src/core/manifest/config.ts';
import { checkSignature } from '../src/core/manifest/signed.ts';
import { parseManifest } from '../src/models/manifest.ts';
import { bytes, loopback } from '../src/models/testing/loopback.ts';
import {
  COMMAND_MS,
  CONTRACT,
  digest,
  LABELS,
  MODEL,
  model,
  models,
  manifestOf,
  program,
  SHA256,
  temporary,
} from './models/testing/run.ts';

/* The operator's commands as an operator runs them: programs of their own, folders, a server. */

/** A folder with one model, and what was said. */
async function withModel(root: string, ...more: string[]) {
  const folder = join(root, 'set');
  const contract = join(root, 'contract.json');
  writeFileSync(contract, JSON.stringify(CONTRACT));
  const files = ['--manifest', folder, '--contract', contract, '--labels', LABELS];
  return { folder, outcome: await models('add', MODEL, ...files, ...more) };
}

describe('from a key to a page that trusts it', () => {
  it(
    'makes, adds, signs, verifies; the page takes it as grade A; revokes',
    async () => {
      const root = temporary();
      const made = await program(
        'keygen',
        '--out',
        join(root, 'keys'),
        '--name',
        'Example hospital',
      );
      expect(made.code).toBe(0);
      const trusted = JSON.parse(made.out) as TrustedKey;
      expect(trusted.name).toBe('Example hospital');
      const [name = ''] = readdirSync(join(root, 'keys'));
      const key = join(root, 'keys', name);
      expect(statSync(key).mode & 0o777).toBe(0o600);
      expect(made.out + made.err).not.toContain(
        (JSON.parse(readFileSync(key, 'utf8')) as { privateKey: string }).privateKey,
      );

      const { folder, outcome } = await withModel(root);
      expect(outcome).toMatchObject({ code: 0 });
      expect(manifestOf(folder).models).toMatchObject([
        {
          id: 'cifar_resnet20_v1',
          bytes: model.length,
          sha256: SHA256,
          chunks: {
            bytes: 1_048_576,
            sha256: [digest(model.subarray(0, 1_048_576)), expect.any(String)],
          },
          multiplyAdds: 40_813_184,
          evidence: { grade: 'E' },
        },
      ]);

      const signed = await program('sign', folder, '--key', key, '--days', '30');
      expect(signed).toMatchObject({ code: 0, err: '' });
      expect(signed.out).toContain('Signed number 1 with 1 model as “Example hospital”');
      const good = await program('verify', folder, '--key', trusted.publicKey);
      expect(good).toMatchObject({ code: 0, err: '' });

      const { models: trustedModels } = await offered(folder, trusted);
      expect(trustedModels).toMatchObject([
        { grade: 'A', signer: { name: 'Example hospital' }, entry: { id: 'cifar_resnet20_v1' } },
      ]);

      const revoked = await program('sign', folder, '--key', key, '--revoke', SHA256);
      expect(revoked.out).toContain('Signed number 2 with 0 models');
      expect(manifestOf(folder)).toMatchObject({ sequence: 2, revoked: [SHA256], models: [] });
      expect([...(await offered(folder, trusted)).revoked.keys()]).toEqual([SHA256]);
    },
    COMMAND_MS,
  );

  it(
    'signs nothing that is wrong, nor with a key that others can read or fetch',
    async () => {
      const root = temporary();
      const { folder } = await withModel(root);
      await models('keygen', '--out', folder);
      const name = readdirSync(folder).find((file) => file.endsWith('.key')) ?? '';
      const inside = await models('sign', folder, '--key', join(folder, name));
      expect(inside.code).toBe(1);
      expect(inside.err).toContain('where visitors could fetch it');

      const key = join(root, 'moved.key');
      writeFileSync(key, readFileSync(join(folder, name)), { mode: 0o600 });
      rmSync(join(folder, name));
      chmodSync(key, 0o644);
      expect((await models('sign', folder, '--key', key)).err).toContain('chmod 600');
      chmodSync(key, 0o600);

      const file = join(folder, 'cifar_resnet20_v1/cifar_resnet20_v1.onnx');
      const wrong = Uint8Array.from(model);
      wrong[1_050_000] = (wrong[1_050_000] ?? 0) ^ 1;
      writeFileSync(file, wrong);
      const refused = await models('sign', folder, '--key', key);
      expect(refused.code).toBe(1);
      expect(refused.err).toContain(`instead of ${SHA256}`);
      expect(refused.err).toContain('Nothing was signed.');
      expect(existsSync(join(folder, 'index.json.sig'))).toBe(false);
    },
    COMMAND_MS,
  );
});

/** What a page makes of the folder when it trusts this key. */
async function offered(folder: string, trusted: TrustedKey) {
  const manifest = readFileSync(join(folder, 'index.json'));
  const signature: unknown = JSON.parse(readFileSync(join(folder, 'index.json.sig'), 'utf8'));
  const signer = await checkSignature(manifest, signature, [trusted], 'The manifest');
  const url = 'https://host.test/set/index.json';
  const { models: found, revoked } = parseManifest(manifestOf(folder), url, 'operator', signer);
  return { models: found, revoked };
}

describe('verify', () => {
  it(
    'lists everything that is wrong',
    async () => {
      const root = temporary();
      const { folder } = await withModel(root);
      const manifest = manifestOf(folder);
      manifest.models[0]?.chunks.sha256.splice(1, 1, '0'.repeat(64));
      manifest.models.push({
        ...structuredClone(manifest.models[0]),
        id: 'gone',
        file: 'gone.onnx',
      } as never);
      manifest.models.push({ id: 'broken' } as never);
      writeFileSync(join(folder, 'index.json'), JSON.stringify(manifest));
      writeFileSync(join(folder, 'cifar_resnet20_v1/labels.txt'), 'cat\ndog\n');
      const { code, err } = await models('verify', folder, '--key', 'A'.repeat(43));
      expect(code).toBe(1);
      for (const fault of [
        'the digest of piece 2 is wrong',
        'gone.onnx cannot be read',
        'Model 3 of',
        'labels.txt has 8 bytes',
        'index.json.sig is missing',
      ]) {
        expect(err).toContain(fault);
      }
    },
    COMMAND_MS,
  );
});

describe('add', () => {
  it(
    'downloads, holds the file against a published digest, and says so',
    async () => {
      const root = temporary();
      const { url } = await loopback({
        '/m/net.onnx': bytes(model),
        '/page.onnx': bytes('<html>'),
      });
      const contract = join(root, 'contract.json');
      writeFileSync(contract, JSON.stringify(CONTRACT));
      const folder = join(root, 'set');
      const to = ['--manifest', folder, '--contract', contract, '--labels', LABELS];

      const other = await models('add', `${url}m/net.onnx`, ...to, '--sha256', '0'.repeat(64));
      expect(other.code).toBe(1);
      expect(other.err).toContain(`has the SHA-256 ${SHA256} instead of`);
      expect(existsSync(folder)).toBe(false);

      const published = ['--sha256', SHA256, '--from', 'the model card'];
      const good = await models('add', `${url}m/net.onnx`, ...to, ...published, '--id', 'net');
      expect(good).toMatchObject({ code: 0, err: '' });
      expect(manifestOf(folder).models).toMatchObject([
        { id: 'net', file: 'net/net.onnx', evidence: { grade: 'B' } },
      ]);
      expect((await models('verify', folder)).out).toContain('ok   1 model and its files');

      const again = await models('add', `${url}m/net.onnx`, ...to, '--id', 'net');
      expect(again.err).toContain('already has a model net');
      expect((await models('add', `${url}page.onnx`, ...to)).err).toContain('a web page (HTML)');
    },
    COMMAND_MS,
  );

  it(
    'proposes a contract and adds nothing without one',
    async () => {
      const { code, out, err } = await models('add', MODEL);
      expect(code).toBe(0);
      const { input, output } = CONTRACT;
      expect(JSON.parse(out)).toMatchObject({ task: 'classification', input, output, licence: '' });
      expect(err).toContain('Nothing was added');
      const root = temporary();
      writeFileSync(join(root, 'c.json'), out); // as it is, uncompleted
      const files = ['--manifest', join(root, 'set'), '--labels', LABELS];
      const eager = await models('add', MODEL, '--contract', join(root, 'c.json'), ...files);
      expect(eager.code).toBe(1);
      expect(eager.err).toContain('at “summary”');
      writeFileSync(join(root, 'two.txt'), 'cat\ndog\n');
      writeFileSync(join(root, 'full.json'), JSON.stringify(CONTRACT));
      const few = ['--manifest', join(root, 'set'), '--labels', join(root, 'two.txt')];
      const short = await models('add', MODEL, '--contract', join(root, 'full.json'), ...few);
      expect(short).toMatchObject({ code: 1, err: expect.stringContaining('10 scores') as string });
    },
    COMMAND_MS,
  );
});

describe('add with a list of synsets', () => {
  it(
    'takes the first names, whatever the contract calls it, and says so',
    async () => {
      const root = temporary();
      const labels = join(root, 'synset.txt');
      const line = (_: unknown, at: number) => `n0000000${String(at)} thing ${String(at)}, other\n`;
      writeFileSync(labels, Array.from({ length: 10 }, line).join(''));
      writeFileSync(join(root, 'c.json'), JSON.stringify(CONTRACT));
      const set = join(root, 'set');
      const files = ['--manifest', set, '--contract', join(root, 'c.json'), '--labels', labels];
      const { code, err } = await models('add', MODEL, ...files, '--id', 'net');
      expect(code).toBe(0);
      expect(err).toContain('WordNet id');
      expect(manifestOf(set).models).toMatchObject([{ id: 'net', labels: { format: 'synset' } }]);
    },
    COMMAND_MS,
  );
});

describe('inspect', () => {
  it(
    'prints verdict and summary, and tells refused from unreadable by its exit code',
    async () => {
      const root = temporary();
      const good = await program('inspect', MODEL);
      expect(good).toMatchObject({ code: 0, err: '' });
      expect(JSON.parse(good.out)).toMatchObject({
        sha256: SHA256,
        verdict: { accepted: true, reasons: [] },
        summary: { inputs: [{ name: 'data' }], multiplyAdds: 40_813_184, layerCount: 75 },
      });
      const file = join(root, 'no.onnx');
      writeFileSync(file, 'not a model');
      const bad = await program('inspect', file);
      expect(bad).toMatchObject({ code: 2, err: '' });
      expect(JSON.parse(bad.out)).toMatchObject({ verdict: { accepted: false }, summary: null });
      const none = await program('inspect', join(root, 'none.onnx'));
      expect(none).toMatchObject({ code: 1, out: '' });
      expect(none.err).toMatch(/^.*none\.onnx cannot be read \(ENOENT.*\)\.\n$/);
    },
    COMMAND_MS,
  );
});

describe('a command line', () => {
  it(
    'that makes no sense gets one sentence, and help is there',
    async () => {
      const overview = await program();
      const help = await models('sign', '--help');
      const unknown = await models('toString');
      const option = await program('keygen', '--force');
      const none = await models('verify');
      expect(overview.out).toMatch(/keygen.*add.*sign.*verify.*mirror.*inspect/s);
      expect(help).toMatchObject({ code: 0, err: '' });
      expect(help.out).toContain('--revoke SHA256');
      for (const { code, out, err } of [unknown, option, none]) {
        expect(code).toBe(1);
        expect(out).toBe('');
        expect(err.trim().split('\n')).toHaveLength(1);
        expect(err).not.toMatch(/at .*:\d+:\d+/);
      }
    },
    COMMAND_MS,
  );
});
