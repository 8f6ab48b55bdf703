import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildModel } from '../../src/core/onnx/testing/build-onnx.ts';
import { classifierWith } from '../../src/core/onnx/testing/samples.ts';
import {
  bytes,
  endless,
  loopback,
  status,
  type Answer,
} from '../../src/models/testing/loopback.ts';
import { fetchFile } from './fetch-file.ts';
import {
  COMMAND_MS,
  CONTRACT,
  manifestOf,
  MODEL,
  model,
  models,
  temporary,
} from './testing/run.ts';

const FIVE = `{0: 'ant', 1: "bird's nest", 2: 'cat', 3: 'dog', 4: 'eel'}`;

/** Writes a small classifier of five classes. */
function classifier(root: string, metadata: Readonly<Record<string, string>> = {}): string {
  const file = join(root, 'net.onnx');
  writeFileSync(file, buildModel(classifierWith({}, { metadata })));
  return file;
}

/** The printed proposal, completed by what only a person knows. */
function completed(root: string, proposal: string, changes: object = {}): string {
  const file = join(root, 'contract.json');
  const { title, summary, licence, source, trainingData } = CONTRACT;
  const said = { title, summary, licence, source, trainingData, ...changes };
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(proposal) as object), ...said }));
  return file;
}

describe('add without --labels', () => {
  it(
    'gives numbers the one label that own files get',
    async () => {
      const root = temporary();
      const set = join(root, 'set');
      const outputs = [{ name: 'r0', shape: ['N', 4, 8, 8] }];
      const file = join(root, 'pose.onnx');
      writeFileSync(file, buildModel(classifierWith({ outputs })));
      const proposal = await models('add', file);
      expect(JSON.parse(proposal.out)).toMatchObject({ task: 'tensors' });
      expect(proposal.err).toContain('--labels is not needed: numbers have no names.');
      const contract = completed(root, proposal.out);
      const added = await models('add', file, '--contract', contract, '--manifest', set);
      expect(added).toMatchObject({ code: 0 });
      expect(added.err).toContain('the one line “value”');
      expect(readFileSync(join(set, 'pose/labels.txt'), 'utf8')).toBe('value\n');
      expect(await models('verify', set)).toMatchObject({ code: 0, err: '' });
    },
    COMMAND_MS,
  );

  it(
    'takes the names that the file carries, and says so',
    async () => {
      const root = temporary();
      const set = join(root, 'set');
      const file = classifier(root, { names: FIVE });
      const proposal = await models('add', file);
      expect(proposal.err).toContain('--labels is not needed: without it the names that the model');
      // The format of a list that was not given is nobody's to say.
      const contract = completed(root, proposal.out, { labels: { format: 'synset' } });
      const added = await models('add', file, '--contract', contract, '--manifest', set);
      expect(added).toMatchObject({ code: 0 });
      expect(added.err).toContain("(5: ant, bird's nest");
      expect(readFileSync(join(set, 'net/labels.txt'), 'utf8')).toBe(
        "ant\nbird's nest\ncat\ndog\neel\n",
      );
      expect(manifestOf(set).models).toMatchObject([{ id: 'net', labels: { format: 'plain' } }]);
      expect(await models('verify', set)).toMatchObject({ code: 0, err: '' });
    },
    COMMAND_MS,
  );

  it(
    'adds nothing where the names are none, or too few',
    async () => {
      const root = temporary();
      const set = join(root, 'set');
      const none = classifier(root);
      const proposal = await models('add', none);
      expect(proposal.err).toContain('--labels FILE is needed, with 5 lines.');
      const given = ['--contract', completed(root, proposal.out), '--manifest', set];
      const nameless = await models('add', none, ...given);
      expect(nameless).toMatchObject({ code: 1, out: '' });
      expect(nameless.err).toContain('--labels FILE is missing, and the model file carries no');
      const two = await models('add', classifier(root, { names: '["ant", "bee"]' }), ...given);
      expect(two).toMatchObject({ code: 1, out: '' });
      expect(two.err).toContain('5 scores, but the list inside the model file has 2 lines');
      expect(existsSync(set)).toBe(false);
    },
    COMMAND_MS,
  );
});

describe('add with --labels', () => {
  it(
    'publishes the names in numbered lines and in a program’s list, and says how it read them',
    async () => {
      const root = temporary();
      const set = join(root, 'set');
      const file = classifier(root);
      const labels = join(root, 'labels.txt');
      const contract = completed(root, (await models('add', file)).out);
      const add = (id: string, text: string | Buffer) => {
        writeFileSync(labels, text);
        const given = ['--contract', contract, '--manifest', set, '--labels', labels, '--id', id];
        return models('add', file, ...given);
      };
      for (const [id, text, said] of [
        ['numbered', '0 ant\n1 bee\n2 cat\n3 dog\n4 eel\n', 'numbers are left away'],
        ['python', "['ant', 'bee', 'cat', 'dog', 'eel']", 'list as a program writes it'],
      ] as const) {
        const added = await add(id, text);
        expect(added).toMatchObject({ code: 0 });
        expect(added.err).toContain(said);
        expect(added.err).toContain('(5: ant, bee, cat, dog, eel)');
        expect(readFileSync(join(set, id, 'labels.txt'), 'utf8')).toBe('ant\nbee\ncat\ndog\neel\n');
      }
      // Editors leave empty lines at the end, and some save UTF-16.
      const plain = 'ant\nbee\ncat\ndog\neel';
      for (const [id, text] of [
        ['loose', `${plain}\n\n\n`],
        ['wide', Buffer.from(`\uFEFF${plain}`, 'utf16le')],
      ] as const) {
        expect(await add(id, text)).toMatchObject({ code: 0 });
        expect(readFileSync(join(set, id, 'labels.txt'), 'utf8')).toBe(`${plain}\n`);
      }
      const empty = await add('empty', 'ant\n\ncat\ndog\neel');
      expect(empty).toMatchObject({ code: 1, out: '' });
      expect(empty.err).toMatch(/Label 2 of .*labels\.txt is none/);
      const cut = await add('cut', "['ant', 'bee'");
      expect(cut).toMatchObject({ code: 1, out: '' });
      expect(cut.err).toContain('cannot be read as one');
      expect(manifestOf(set).models).toHaveLength(4);
      expect(await models('verify', set)).toMatchObject({ code: 0, err: '' });
    },
    COMMAND_MS,
  );
});

describe('add from an address', () => {
  const leadsTo =
    (location: string): Answer =>
    (response) =>
      response.writeHead(302, { location }).end();

  it(
    'proposes, adds and verifies as from a file, whatever the address ends in',
    async () => {
      const root = temporary();
      const set = join(root, 'set');
      const { url } = await loopback({
        '/resolve/net%20one.onnx?download=true': leadsTo('/files/42'),
        '/files/42': bytes(model),
      });
      const address = `${url}resolve/net%20one.onnx?download=true`;
      const proposal = await models('add', address);
      expect(proposal).toMatchObject({ code: 0 });
      expect(JSON.parse(proposal.out)).toMatchObject({
        input: CONTRACT.input,
        output: CONTRACT.output,
      });
      const contract = completed(root, proposal.out);
      const to = ['--contract', contract, '--manifest', set];
      expect((await models('add', address, ...to)).err).toContain('“id”');
      expect(await models('add', address, ...to, '--id', 'net')).toMatchObject({ code: 0 });
      expect(manifestOf(set).models).toMatchObject([{ id: 'net', file: 'net/net.onnx' }]);
      expect(await models('verify', set)).toMatchObject({ code: 0, err: '' });
    },
    COMMAND_MS,
  );

  it('refuses what is no model, with a sentence of its own for each', async () => {
    const { url } = await loopback({
      '/page.onnx': bytes('<!doctype html><title>Sign in</title>'),
      '/pointer.onnx': bytes('version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n'),
      '/cut.onnx': bytes(model.subarray(0, 5000)),
      '/gone.onnx': status(404),
      // Says that it is over the limit, and would never end.
      '/large.onnx': (response) => {
        response.writeHead(200, { 'content-length': String(512 * 1024 * 1024 + 1) });
        response.write('x');
      },
    });
    for (const [name, sentence] of [
      ['page', 'gave a web page (HTML), as servers send for a missing file or a login'],
      ['pointer', 'gave a Git LFS pointer, not the file itself'],
      ['cut', 'was refused by the gate'],
      ['gone', 'answered 404'],
      ['large', 'has more than the 536,870,912 bytes allowed'],
    ] as const) {
      const { code, out, err } = await models('add', `${url}${name}.onnx`);
      expect({ code, out }, name).toEqual({ code: 1, out: '' });
      expect(err, name).toContain(sentence);
    }
    for (const address of ['http://models.example/net.onnx', 'ftp://x/y', 'FILE:///net.onnx']) {
      const other = await models('add', address);
      expect(other).toMatchObject({ code: 1, out: '' });
      expect(other.err).toContain(`${address} is not an https:// address`);
    }
  });

  it('refuses --from without a digest, which would be left unsaid', async () => {
    const { code, out, err } = await models('add', MODEL, '--from', 'the model card');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('give the digest too, with --sha256 HEX');
  });

  it('hangs up on a file that does not say how long it is and goes on beyond the limit', async () => {
    let hungUp: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => {
      hungUp = resolve;
    });
    const { url } = await loopback({ '/long.onnx': endless(200, hungUp) });
    await expect(fetchFile(`${url}long.onnx`, 100_000)).rejects.toMatchObject({
      code: 'download/too-large',
    });
    await gone;
  });
});
