import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytes, loopback } from '../../src/models/testing/loopback.ts';
import {
  COMMAND_MS,
  CONTRACT,
  digest,
  LABELS,
  model,
  models,
  manifestOf,
  SHA256,
  temporary,
} from './testing/run.ts';

describe('mirror', () => {
  /** A catalogue of this project's model under several names, and a host that has it. */
  function catalogue(root: string) {
    const labels = readFileSync(LABELS);
    mkdirSync(join(root, 'library/labels'), { recursive: true });
    writeFileSync(join(root, 'library/labels/cifar-10.txt'), labels);
    const { name: _name, ...contract } = CONTRACT.input;
    const input = [null, 32, 32, 3];
    const base = {
      family: 'ResNet',
      task: 'classification',
      dataset: null,
      metrics: [],
      headline: null,
      measured: null,
      labels: 'cifar-10',
      onnx: null,
      params: null,
      modelZoo: [],
      grade: null,
      kind: 'network',
    };
    const full = (path: string, sha256: string) => ({
      modelZoo: [
        {
          ...{ url: `https://models.example/${path}`, sha256, bytes: model.length, opset: 13 },
          ...{ quantised: false, input, output: 'logits', contract: 'cifar', metrics: [] },
        },
      ],
      grade: 'B',
    });
    const prefixed = (sha1Prefix: string) => ({
      onnx: { url: 'https://models.example/m/net.onnx', sha1Prefix, input, contract: 'cifar' },
      grade: 'D',
    });
    const zoo = {
      version: 1,
      sources: { gluoncv: 'here', modelZoo: 'there' },
      licence: 'Apache-2.0',
      datasets: {},
      labels: {
        'cifar-10': {
          file: 'library/labels/cifar-10.txt',
          bytes: labels.length,
          sha256: digest(labels),
          classes: 10,
        },
      },
      contracts: { cifar: contract },
      models: [
        { ...base, name: 'whole', ...full('m/net.onnx', SHA256) },
        { ...base, name: 'prefix', ...prefixed(digest(model, 'sha1').slice(0, 8)) },
        { ...base, name: 'forged', ...full('m/net.onnx', 'f'.repeat(64)) },
        { ...base, name: 'forged-prefix', ...prefixed('ffffffff') },
        { ...base, name: 'missing', ...full('m/gone.onnx', SHA256) },
        { ...base, name: 'pointer', ...full('m/pointer.onnx', SHA256) },
        { ...base, name: 'weights-only' },
      ],
    };
    writeFileSync(join(root, 'library/zoo.json'), JSON.stringify(zoo));
    return join(root, 'library/zoo.json');
  }

  it(
    'takes what is what it should be, lists the rest, and goes on where it stopped',
    async () => {
      const root = temporary();
      const file = catalogue(root);
      const { url, requests } = await loopback({
        '/copy/m/net.onnx': bytes(model),
        '/copy/m/pointer.onnx': bytes('version https://git-lfs.github.com/spec/v1\noid sha256:0\n'),
      });
      const folder = join(root, 'fleet');
      const where = ['--out', folder, '--from', `${url}copy/`, '--catalogue', file];
      const bad = ['forged', 'forged-prefix', 'missing', 'pointer', 'weights-only', 'nobody'];
      const first = await models('mirror', 'whole', ...bad, ...where);
      expect(first.code).toBe(1);
      expect(first.out).toContain('added    whole');
      for (const name of bad) expect(first.err).toContain(`FAILED  ${name}: `);
      expect(first.err).toContain(`its SHA-256 is ${SHA256} instead of ffff`);
      expect(first.err).toContain('instead of ffffffff');
      expect(first.err).toContain('answered 404');
      expect(first.err).toContain('Git LFS pointer');

      const before = requests.length;
      const second = await models('mirror', 'whole', 'prefix', ...where);
      expect(second).toMatchObject({ code: 0, err: '' });
      expect(second.out).toContain('there    whole');
      expect(requests.length).toBe(before + 1);
      expect(manifestOf(folder).models).toMatchObject([
        { id: 'whole', sha256: SHA256, evidence: { grade: 'B' }, chunks: { bytes: 1_048_576 } },
        { id: 'prefix', sha256: SHA256, evidence: { grade: 'D' } },
      ]);
      expect(await models('verify', folder)).toMatchObject({ code: 0 });
    },
    COMMAND_MS,
  );
});
