import { describe, expect, it } from 'vitest';
import { AppError } from '../../../core/errors.ts';
import { SOUND } from '../../../core/onnx/testing/inspection.ts';
import { parseLabels } from '../../../models/labels.ts';
import { pictureInput } from '../../../tasks/propose/picture-input.ts';
import { proposeContracts } from '../../../tasks/propose/propose.ts';
import { sketchInspection } from '../../../tasks/propose/testing/inspection.ts';
import { draftOf, inputOf, outputOf } from './draft.ts';
import { declareOwn, proposeNaming, type OwnFile } from './entry.ts';
import {
  labelsAtHand,
  labelsNeeded,
  loadLabelList,
  numberedLabels,
  proposedLabels,
  type LabelLists,
} from './labels.ts';
import { pictureOf, previewSentence } from './preview.ts';
import type { Library } from '../../../models/library/types.ts';
import { fakeCaches } from '../../../models/testing/fake-caches.ts';
import { bytes, loopback } from '../../../models/testing/loopback.ts';
import { rejection } from '../../../models/testing/rejection.ts';
import { classCount, readFile, type Offers } from './read-file.ts';
import { contractProblems, labelProblems, namingProblems } from './problems.ts';
import { sizeProblems } from './size-estimate.ts';
import { sizeSentence } from './SizeEstimate.tsx';
import { warningsAt } from './Verdict.tsx';

const NOW = new Date('2026-11-22T10:00:00Z');

function ownFile(sketch: Parameters<typeof sketchInspection>[0], name = 'My Net (v2).onnx') {
  const inspection = sketchInspection(sketch);
  const file: OwnFile = { name, bytes: 1000, sha256: 'a'.repeat(64), inspection };
  const [proposal] = proposeContracts(inspection, name);
  if (!proposal) throw new AppError('app/no-proposal', 'The sketch has no proposal.');
  const outputs = inspection.outputs.map((output) => output.name);
  return { file, picture: pictureInput(inspection), proposal, draft: draftOf(proposal, outputs) };
}

const NETWORKS = {
  classification: { input: [1, 3, 224, 224], outputs: { y: [1, 1000] } },
  detection: { input: [1, 'H', 'W', 3], outputs: { i: [1, 9, 1], s: [1, 9, 1], b: [1, 9, 4] } },
  tensors: { input: [1, 3, 256, 192], outputs: { maps: [1, 17, 64, 48] } },
};

describe('a draft', () => {
  it.each(Object.entries(NETWORKS))('says what its proposal says: %s', (task, sketch) => {
    const { picture, proposal, draft } = ownFile(sketch);
    expect(proposal.task).toBe(task);
    expect(inputOf(draft, picture)).toEqual(proposal.input);
    expect(outputOf(draft)).toEqual({ task, output: proposal.output });
    expect(contractProblems(draft)).toEqual([]);
  });

  const { draft } = ownFile(NETWORKS.detection);
  it.each([
    ['width', { rule: 'squash', width: 7 }],
    ['height', { rule: 'squash', height: NaN }],
    ['short', { rule: 'short-side-crop', short: 4097 }],
    ['max', { max: 100 }],
    ['multiple', { multiple: 0 }],
    ['mean', { normalises: true, mean: [NaN, 0, 0] }],
    ['std', { normalises: true, std: [1, 0, 1] }],
    ['boxes', { boxes: 's' }],
    ['threshold', { threshold: 1.5 }],
    ['outputs', { task: 'tensors', outputs: [] }],
  ] as const)('is refused for its %s, in a sentence', (field, change) => {
    const found = contractProblems({ ...draft, ...change } as typeof draft);
    expect(found.map((problem) => problem.field)).toEqual([field]);
    expect(found[0]?.sentence).toMatch(/^[A-Z].*\.$/);
  });
});

describe('the declaration of an own file', () => {
  it.each(Object.entries(NETWORKS))('satisfies the schemas: %s', async (task, sketch) => {
    const { file, picture, draft } = ownFile(sketch);
    const naming = proposeNaming(file, []);
    const labels = numberedLabels(1000);
    const { entry, labels: blob } = await declareOwn(file, picture, draft, labels, naming, NOW);
    expect(entry).toMatchObject({
      id: 'my-net-v2',
      title: 'My Net (v2)',
      task,
      file: 'my-net-v2.onnx',
      sha256: file.sha256,
      evidence: { grade: 'E' },
    });
    expect(entry, 'the sketch’s layers are not known').not.toHaveProperty('multiplyAdds');
    const names = parseLabels(new Uint8Array(await blob.arrayBuffer()), entry.labels.format);
    expect(names).toEqual(task === 'tensors' ? ['value'] : labels);
    expect(entry.labels.bytes).toBe(blob.size);
  });

  it('does not pass what the schema refuses', async () => {
    const { file, picture, draft } = ownFile(NETWORKS.tensors);
    const naming = { ...proposeNaming(file, []), id: '../evil' };
    await expect(declareOwn(file, picture, draft, [], naming, NOW)).rejects.toMatchObject({
      code: 'manifest/bad-entry',
    });
  });

  it('takes names from the metadata, without what could mislead', () => {
    const metadata = { name: 'Net\u202E gpj', license: 'x'.repeat(500) };
    const { file } = ownFile({ ...NETWORKS.tensors, metadata }, '??.onnx');
    const naming = proposeNaming(file, ['own-model', 'own-model-2']);
    expect(naming).toMatchObject({ title: 'Net  gpj', id: 'own-model-3' });
    expect(namingProblems(naming, ['own-model'])).toEqual([]);
  });

  it.each([
    ['title', { title: ' ' }],
    ['licence', { licence: 'x'.repeat(121) }],
    ['id', { id: 'Upper' }],
    ['id', { id: 'taken' }],
  ])('needs a proper %s', (field, change) => {
    const naming = { title: 'T', id: 'i', licence: 'MIT', ...change };
    expect(namingProblems(naming, ['taken']).map((problem) => problem.field)).toEqual([field]);
  });
});

describe('labels', () => {
  it.each([
    [[], null, /at least one/],
    [['a', ''], 2, /Line 2 .* empty/],
    [['a', 'b\u202E'], 2, /Line 2 .* plain/],
    [['a'], 2, /2 classes; the list has 1 label/],
    [['x'.repeat(1024 * 1024)], null, /limit/],
  ] as const)('%j for %s classes are refused in a sentence', (labels, classes, sentence) => {
    expect(labelProblems(labels, classes)[0]?.sentence).toMatch(sentence);
  });

  it('are asked for by their number, and beside names in the file that are none of them', () => {
    expect(labelsNeeded(null, null)).toContain('does not say');
    expect(labelsNeeded(1, null)).toBe(
      'The network has 1 class, so 1 label is needed, in its order.',
    );
    expect(labelsNeeded(3, 2)).toBe(
      'The file carries 2 names, but the network has 3 classes: 3 labels are needed, in its order.',
    );
  });

  it('fit by their number', () => {
    expect(labelProblems(['a', 'b'], 2)).toEqual([]);
    expect(labelProblems(['a', 'b'], null)).toEqual([]);
  });
});

describe('a list of labels that is wrong', () => {
  it('is refused as a text, which nobody would run', async () => {
    fakeCaches();
    const { url } = await loopback({ '/labels.txt': bytes('dog\n') });
    const list = { file: 'labels.txt', bytes: 4, sha256: 'a'.repeat(64), classes: 1 };
    const { code, message } = await rejection(loadLabelList('pets', list, url));
    expect(code).toBe('integrity/digest-mismatch');
    expect(message).toContain('The labels pets was refused and not used');
  });
});

describe('the preview', () => {
  it('says what happens to a picture, with its numbers', () => {
    const { proposal } = ownFile(NETWORKS.classification);
    expect(previewSentence(proposal.input, { width: 1280, height: 960 })).toBe(
      'A picture of 1280 × 960 is resized to 341 × 256 bilinearly, its centre of 224 × 224 is cut out; the values of red, green and blue are divided by 255, less 0.485, 0.456, 0.406, divided by 0.229, 0.224, 0.225; the network gets them as 1 × 3 × 224 × 224 in “data”.',
    );
  });
});

describe('reading a file', () => {
  const blob = new File(['x'], 'net.onnx');
  const verdict = { accepted: true, reasons: [], warnings: [] };
  const reader = (
    sketch: Parameters<typeof sketchInspection>[0],
    accepted = true,
    revoked: readonly string[] = [],
  ) =>
    ({
      revoked: () => Promise.resolve(new Set(revoked)),
      inspect: () =>
        Promise.resolve({
          inspection: sketchInspection(sketch),
          verdict: { ...verdict, accepted },
          sha256: 'a'.repeat(64),
        }),
    }) as unknown as Library;

  it('offers the ways to use it', async () => {
    const { own, offers } = await readFile(reader(NETWORKS.classification), blob);
    expect(own).toMatchObject({ name: 'net.onnx', bytes: 1, sha256: 'a'.repeat(64) });
    expect(offers).toMatchObject({ picture: { layout: 'NCHW' } });
    expect((offers as Offers).proposals[0].task).toBe('classification');
  });

  it('offers nothing for what the gate refuses', async () => {
    expect((await readFile(reader(NETWORKS.classification, false), blob)).offers).toBeNull();
  });

  it('refuses what an operator withdrew, before the person describes it', async () => {
    const library = reader(NETWORKS.classification, true, ['a'.repeat(64)]);
    const { verdict: found, offers } = await readFile(library, blob);
    expect(found).toMatchObject({ accepted: false, reasons: [{ code: 'integrity/revoked' }] });
    expect(found.reasons[0]?.sentence).toContain('withdrawn by an operator of this page');
    expect(offers).toBeNull();
    const another = reader(NETWORKS.classification, true, ['b'.repeat(64)]);
    expect((await readFile(another, blob)).verdict.accepted).toBe(true);
  });

  it('says why a network cannot be used', async () => {
    const video = { input: [1, 3, 32, 224, 224], outputs: { y: [1, 400] } };
    expect((await readFile(reader(video), blob)).offers).toMatchObject({
      code: 'gate/no-contract',
    });
  });

  it('passes on why a file cannot be read', async () => {
    const error = new AppError('gate/truncated', 'The file ends too early.');
    const broken = { inspect: () => Promise.reject(error) } as unknown as Library;
    await expect(readFile(broken, blob)).rejects.toBe(error);
  });
});

describe('the number of labels', () => {
  const count = (sketch: Parameters<typeof sketchInspection>[0], change = {}) => {
    const { file, picture, proposal, draft } = ownFile(sketch);
    const offers: Offers = { picture, proposals: [proposal] };
    return classCount(file.inspection, offers, { ...draft, ...change });
  };

  it('is the length of the row, whichever output was chosen', () => {
    const two = { input: [1, 3, 64, 64], outputs: { y: [1, 7], z: [1, 9, 1, 1] } };
    expect(count(two)).toBe(7);
    expect(count(two, { scores: 'z' })).toBe(9);
    expect(count({ input: [1, 3, 64, 64], outputs: { y: [1, null] } })).toBeNull();
  });

  it('is what the file tells of a detector, and none for raw outputs', () => {
    expect(count(NETWORKS.detection)).toBeNull();
    const named = { ...NETWORKS.detection, metadata: { classes: '["a","b"]' } };
    expect(count(named)).toBe(2);
    expect(count(NETWORKS.tensors)).toBe(0);
  });
});

describe('the proposed labels', () => {
  const list = (classes: number) => ({ file: 'a.txt', bytes: 1, sha256: 'a'.repeat(64), classes });
  const lists: LabelLists = { unnamed: list(1), 'cifar-10': list(10), digits: list(10) };

  it.each([
    ['what the file says', 'cifar-10', ['a'], 1, { source: 'inside' }],
    ['the list of the proposal', 'cifar-10', null, 10, { source: 'list', list: 'cifar-10' }],
    ['numbers where no list is known', null, null, 10, { source: 'numbers', list: 'cifar-10' }],
    ['numbers where none fits', 'cifar-10', null, 7, { source: 'numbers', list: '', count: 7 }],
  ] as const)('are %s', (_, set, inside, classes, expected) => {
    expect(proposedLabels(set, inside, lists, classes)).toMatchObject(expected);
  });

  it('are at hand but for the page’s lists', () => {
    const choice = proposedLabels(null, null, lists, 2);
    expect(labelsAtHand(choice, null, 2)).toEqual(['class 0', 'class 1']);
    expect(labelsAtHand({ ...choice, count: 1 }, null, null)).toEqual(['class 0']);
    expect(labelsAtHand({ ...choice, count: NaN }, null, null)).toEqual([]);
    expect(labelsAtHand({ ...choice, source: 'text', text: 'x\ny' }, null, 2)).toEqual(['x', 'y']);
    const synsets = { ...choice, source: 'text', text: 'n00000001 x, z\nn00000002 y' } as const;
    expect(labelsAtHand(synsets, null, 2)).toEqual(['x', 'y']);
    expect(labelsAtHand({ ...choice, source: 'inside' }, ['z'], 1)).toEqual(['z']);
    expect(labelsAtHand({ ...choice, source: 'list' }, null, 2)).toBeNull();
  });
});

describe('a network of open size', () => {
  const { draft, picture } = ownFile(NETWORKS.detection);
  const warning = (code: 'gate/unknown-shapes' | 'gate/old-opset') => {
    return { code, sentence: code, details: {} };
  };

  it('is reckoned for the largest picture that the form lets through', () => {
    const sized = (change: Partial<typeof draft>) => pictureOf({ ...draft, ...change }, picture);
    expect(sized({ rule: 'squash', width: 300, height: 200 })).toEqual({
      input: 'data',
      layout: 'NHWC',
      width: 300,
      height: 200,
    });
    const within = { rule: 'short-within', short: 600, max: 1000, multiple: 32 } as const;
    expect(sized(within)).toMatchObject({ width: 1024, height: 608 });
    expect(sized({ rule: 'squash', width: NaN })).toBeNull();
    // What is wrong elsewhere in the form does not matter to it.
    expect(sized({ rule: 'squash', threshold: 7 })).not.toBeNull();
  });

  it('is not said to be of unknown size where its size is only being reckoned', () => {
    const all = [warning('gate/old-opset'), warning('gate/unknown-shapes')];
    expect(warningsAt(all, null)).toBe(all);
    expect(warningsAt(all, { found: null })).toEqual([warning('gate/old-opset')]);
    const verdict = { accepted: true, reasons: [], warnings: all.slice(1) };
    expect(warningsAt(all, { found: { ...SOUND, verdict } })).toEqual(all.slice(1));
  });

  it('says what a run takes at the size, that it is being reckoned, or why it cannot be', () => {
    const at = { input: 'data', layout: 'NHWC', width: 300, height: 200 } as const;
    const verdict = { accepted: true, reasons: [], warnings: [] };
    const found = { ...SOUND, multiplyAdds: 2e6, activationBytes: 4096, verdict };
    const told = (part: Partial<Parameters<typeof sizeSentence>[0]>) =>
      sizeSentence({ picture: at, found: null, error: null, ...part });
    expect(told({ found })).toMatch(
      /^At 300 × 200: work 2.0 million multiply-adds a run; activations at most 4.* at once\.$/,
    );
    expect(told({})).toMatch(/^At 300 × 200: working out/);
    expect(told({ error: new AppError('intake/unreadable', 'It went.') })).toContain('It went.');
  });

  it('says beside the field that decides the size that the gate refuses it', () => {
    const sized = (accepted: boolean) => ({
      picture: { input: 'data', layout: 'NCHW', width: 4096, height: 2048 } as const,
      found: { ...SOUND, verdict: { accepted, reasons: [], warnings: [] } },
    });
    const { draft } = ownFile(NETWORKS.classification);
    const at = (rule: typeof draft.rule, width: number | null) =>
      sizeProblems({ ...draft, rule }, { width }, sized(false)).map(({ field }) => field);
    expect(at('squash', null)).toEqual(['width']);
    expect(at('short-side-crop', 224)).toEqual(['height']); // the file fixes the width
    expect(at('short-within', null)).toEqual(['max']);
    expect(sizeProblems(draft, { width: null }, sized(false))[0]?.sentence).toBe(
      'Not accepted at 4096 × 2048. Choose another size.',
    );
    for (const quiet of [null, sized(true), { ...sized(false), found: null }]) {
      expect(sizeProblems(draft, { width: null }, quiet)).toEqual([]);
    }
  });
});
