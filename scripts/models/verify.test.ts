import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildModel } from '../../src/core/onnx/testing/build-onnx.ts';
import { classifierThen } from '../../src/core/onnx/testing/samples.ts';
import {
  COMMAND_MS,
  CONTRACT,
  digest,
  LABELS,
  manifestOf,
  MODEL,
  models,
  temporary,
} from './testing/run.ts';

/** A folder with one model. */
async function folderIn(root: string): Promise<string> {
  const folder = join(root, 'set');
  const contract = join(root, 'contract.json');
  writeFileSync(contract, JSON.stringify(CONTRACT));
  const files = ['--manifest', folder, '--contract', contract, '--labels', LABELS];
  expect(await models('add', MODEL, ...files)).toMatchObject({ code: 0 });
  return folder;
}

describe('verify', () => {
  it(
    'lets the gate judge what the manifest names, with an exit code of its own',
    async () => {
      const folder = await folderIn(temporary());
      const manifest = manifestOf(folder);
      const [entry] = manifest.models;
      const loop = buildModel(classifierThen({ op: 'Loop', inputs: ['logits'], outputs: ['x'] }));
      mkdirSync(join(folder, 'loop'));
      writeFileSync(join(folder, 'loop/loop.onnx'), loop);
      const { chunks: _chunks, ...rest } = entry ?? { chunks: null };
      const changed = { id: 'loop', file: 'loop/loop.onnx', bytes: loop.length };
      manifest.models.push({ ...rest, ...changed, sha256: digest(loop) } as never);
      const manifestFile = join(folder, 'index.json');
      writeFileSync(manifestFile, JSON.stringify(manifest));
      const refused = await models('verify', folder);
      expect(refused.code).toBe(2);
      expect(refused.err).toMatch(
        /BAD {2}loop is refused by the gate \(gate\/control-flow\): .*Loop/,
      );
      expect(refused.err).not.toContain('BAD  cifar');

      writeFileSync(
        manifestFile,
        JSON.stringify({ ...manifest, models: [entry, { id: 'broken' }] }),
      );
      expect(await models('verify', folder)).toMatchObject({ code: 1 });
    },
    COMMAND_MS,
  );

  it(
    'knows labels that are revoked, and sign drops the models that have them',
    async () => {
      const root = temporary();
      const folder = await folderIn(root);
      const manifest = manifestOf(folder);
      const revoked = digest(readFileSync(LABELS));
      writeFileSync(
        join(folder, 'index.json'),
        JSON.stringify({ ...manifest, revoked: [revoked] }),
      );
      const { code, err } = await models('verify', folder);
      expect(code).toBe(1);
      expect(err).toMatch(/BAD {2}cifar\S*: the manifest names its labels and revokes them/);

      writeFileSync(join(folder, 'index.json'), JSON.stringify(manifest));
      await models('keygen', '--out', join(root, 'keys'));
      const key = join(root, 'keys', readdirSync(join(root, 'keys'))[0] ?? '');
      const signed = await models('sign', folder, '--key', key, '--revoke', revoked);
      expect(signed).toMatchObject({ code: 0, err: '' });
      expect(manifestOf(folder)).toMatchObject({ revoked: [revoked], models: [] });
    },
    COMMAND_MS,
  );

  it(
    'takes the key as text, from the file of keygen, and from the line it prints',
    async () => {
      const root = temporary();
      const folder = await folderIn(root);
      const keys = join(root, 'keys');
      const { out: line } = await models('keygen', '--out', keys);
      const key = join(keys, readdirSync(keys)[0] ?? '');
      expect(await models('sign', folder, '--key', key)).toMatchObject({ code: 0 });
      const lineFile = join(root, 'line.json');
      writeFileSync(lineFile, line);
      const { publicKey } = JSON.parse(line) as { publicKey: string };
      for (const given of [publicKey, key, lineFile]) {
        expect(await models('verify', folder, '--key', given)).toMatchObject({ code: 0, err: '' });
      }
      const nothing = await models('verify', folder, '--key', join(root, 'nothing'));
      expect(nothing.err).toContain('there is no file');
      const other = await models('verify', folder, '--key', join(root, 'contract.json'));
      expect(other.err).toContain('“publicKey”: is missing');
    },
    COMMAND_MS,
  );
});
