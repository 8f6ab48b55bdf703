import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../../core/errors.ts';
import type { InstalledModel, Library } from '../../../../models/library/types.ts';
import { sketchInspection } from '../../../../tasks/propose/testing/inspection.ts';
import { sameFile } from '../same-file.ts';
import { handOver, takeHanded, useHanded } from './handed.ts';
import {
  changeForm,
  declineFile,
  discard,
  finish,
  giveLabels,
  offerFile,
  takeFile,
  useOwnWork,
} from './work.ts';

const CLASSIFIER = { input: [1, 3, 32, 32], outputs: { y: [1, 10] } };
const VIDEO = { input: [1, 3, 32, 224, 224], outputs: { y: [1, 400] } };
const came = (name: string, labels: File | null = null) => ({
  file: new File(['x'], name),
  labels,
});

/** A library that answers for each file when it is told to. */
function slowLibrary(sketch: Parameters<typeof sketchInspection>[0] = CLASSIFIER) {
  const answers: (() => void)[] = [];
  const inspect = () =>
    new Promise((resolve) => {
      answers.push(() => {
        const verdict = { accepted: true, reasons: [], warnings: [] };
        resolve({ inspection: sketchInspection(sketch), verdict, sha256: 'a'.repeat(64) });
      });
    });
  const revoked = () => Promise.resolve(new Set());
  return { library: { inspect, revoked } as unknown as Library, answers };
}

const surroundings = () => ({ lists: {}, taken: ['net'] });

async function read(name = 'net.onnx', sketch = CLASSIFIER) {
  const { library, answers } = slowLibrary(sketch);
  const reading = takeFile(library, came(name), surroundings);
  answers[0]?.();
  await reading;
  const { stage } = useOwnWork.getState();
  if (stage.at !== 'read') throw new AppError('app/unexpected', 'It was not read.');
  return stage;
}

beforeEach(discard);

describe('a file in work', () => {
  it('keeps what was entered until it is kept', async () => {
    const { read: of, form } = await read();
    expect(form).toMatchObject({ naming: { id: 'net-2' }, attempts: 0, busy: false });
    changeForm(of, ({ naming }) => ({ naming: { ...naming, title: 'Mine' } }));
    changeForm(of, ({ draft }) => ({ draft: { ...draft, width: 48 } }));
    expect(useOwnWork.getState().stage).toMatchObject({
      form: { naming: { id: 'net-2', title: 'Mine' }, draft: { width: 48 } },
    });
    const model = { entry: { id: 'net-2' } } as InstalledModel;
    finish(of, model);
    expect(useOwnWork.getState().stage).toEqual({ at: 'installed', model });
  });

  it('has no form where nobody knows how to use it', async () => {
    expect((await read('clip.onnx', VIDEO)).form).toBeNull();
  });

  it('is the one that was chosen last, whichever was read first', async () => {
    const { library, answers } = slowLibrary();
    const both = ['first.onnx', 'second.onnx'].map((name) =>
      takeFile(library, came(name), surroundings),
    );
    answers[1]?.();
    answers[0]?.();
    await Promise.all(both);
    expect(useOwnWork.getState().stage).toMatchObject({ file: { name: 'second.onnx' } });
  });

  it('is forgotten when it is discarded, also while it is read', async () => {
    const { library, answers } = slowLibrary();
    const reading = takeFile(library, came('net.onnx'), surroundings);
    discard();
    answers[0]?.();
    await reading;
    expect(useOwnWork.getState().stage).toEqual({ at: 'start' });
  });

  it('is not changed by what belonged to the one before', async () => {
    const before = await read('before.onnx');
    const now = await read('now.onnx');
    changeForm(before.read, () => ({ attempts: 9 }));
    finish(before.read, { entry: { id: 'before' } } as InstalledModel);
    expect(useOwnWork.getState().stage).toBe(now);
  });

  it('says why it could not be read', async () => {
    const error = new AppError('gate/truncated', 'The file ends too early.');
    const library = { inspect: () => Promise.reject(error) } as unknown as Library;
    await takeFile(library, came('cut.onnx'), surroundings);
    expect(useOwnWork.getState().stage).toMatchObject({ at: 'failed', error });
  });
});

describe('another file', () => {
  const { library } = slowLibrary();
  const offer = () => void offerFile(library, came('other.onnx'), surroundings);

  it('takes the place of one about which nothing was entered', async () => {
    await read();
    offer();
    expect(useOwnWork.getState()).toMatchObject({
      stage: { at: 'reading', file: { name: 'other.onnx' } },
      waiting: null,
    });
  });

  it('waits for the person’s word where something was entered', async () => {
    const { read: of } = await read();
    changeForm(of, ({ naming }) => ({ naming: { ...naming, title: 'Mine' } }));
    offer();
    const asked = useOwnWork.getState();
    expect(asked).toMatchObject({
      stage: { at: 'read', form: { naming: { title: 'Mine' } } },
      waiting: { file: { name: 'other.onnx' } },
    });
    declineFile();
    expect(useOwnWork.getState()).toEqual({ stage: asked.stage, labels: null, waiting: null });
    offer();
    void takeFile(library, came('other.onnx'), surroundings);
    expect(useOwnWork.getState()).toMatchObject({ stage: { at: 'reading' }, waiting: null });
  });

  it('still waits when the one before it was kept meanwhile, and not when it was discarded', async () => {
    const { read: of } = await read();
    changeForm(of, () => ({ busy: true }));
    offer();
    finish(of, { entry: { id: 'net-2' } } as InstalledModel);
    expect(useOwnWork.getState().waiting?.file.name).toBe('other.onnx');
    discard();
    expect(useOwnWork.getState().waiting).toBeNull();
  });
});

const labels = new File(['cat\ndog\n'], 'labels.txt');

describe('labels that came as a file', () => {
  it('are those of the model in work', async () => {
    await read();
    expect(await giveLabels(labels)).toBe('labels-came');
    const { stage } = useOwnWork.getState();
    expect(stage).toMatchObject({
      changed: true,
      form: { labels: { source: 'text', text: 'cat\ndog\n', fileProblem: null } },
    });
  });

  it('come too early without a model', async () => {
    expect(await giveLabels(labels)).toBe('labels-early');
    useOwnWork.setState({
      stage: { at: 'installed', model: { entry: { id: 'net' } } as InstalledModel },
    });
    expect(await giveLabels(labels)).toBe('labels-early');
  });

  it('are not taken, and not said to be early, where the model they came with cannot be used', async () => {
    const { library: videos, answers } = slowLibrary(VIDEO);
    const reading = takeFile(videos, came('clip.onnx', labels), surroundings);
    answers[0]?.();
    expect(await reading).toBe('labels-unusable');
    const error = new AppError('gate/truncated', 'The file ends too early.');
    const library = { inspect: () => Promise.reject(error) } as unknown as Library;
    expect(await takeFile(library, came('cut.onnx', labels), surroundings)).toBe('labels-unusable');
    expect(await giveLabels(labels)).toBe('labels-unusable');
  });

  it('are for the model that they came with, or that is being read when they come', async () => {
    const text = { form: { labels: { text: 'cat\ndog\n' } } };
    for (const together of [true, false]) {
      discard();
      const { library, answers } = slowLibrary();
      const model = came('net.onnx', together ? labels : null);
      const reading = takeFile(library, model, surroundings);
      if (!together) expect(await giveLabels(labels)).toBeNull();
      answers[0]?.();
      expect(await reading).toBe('labels-came');
      expect(useOwnWork.getState()).toMatchObject({ stage: text, labels: null });
    }
  });

  it('are not lost when another model that came is declined, whose own labels go with it', async () => {
    const { library } = slowLibrary();
    const { read: of } = await read();
    changeForm(of, ({ naming }) => ({ naming: { ...naming, title: 'Mine' } }));
    const others = new File(['x\ny\n'], 'others.txt');
    expect(await offerFile(library, came('other.onnx', others), surroundings)).toBeNull();
    expect(await giveLabels(labels)).toBe('labels-came');
    declineFile();
    expect(useOwnWork.getState()).toMatchObject({
      stage: { form: { labels: { text: 'cat\ndog\n' } } },
      waiting: null,
    });
  });

  it('go with the model that they came with when another one takes its place', async () => {
    const { library, answers } = slowLibrary();
    const first = takeFile(library, came('first.onnx', labels), surroundings);
    const second = takeFile(library, came('second.onnx'), surroundings);
    answers[0]?.();
    answers[1]?.();
    expect(await Promise.all([first, second])).toEqual([null, null]);
    expect(useOwnWork.getState().stage).toMatchObject({ form: { labels: { text: '' } } });
  });

  it('are of no use to plain numbers', async () => {
    const { read: of } = await read();
    changeForm(of, ({ draft }) => ({ draft: { ...draft, task: 'tensors' } }));
    expect(await giveLabels(labels)).toBe('labels-unneeded');
    expect(useOwnWork.getState().stage).toMatchObject({ form: { labels: { text: '' } } });
  });

  it('are not taken when they are too long, and it says so beside them', async () => {
    await read();
    const long = new File(['x'.repeat(1024 * 1024 + 1)], 'long.txt');
    expect(await giveLabels(long)).toBe('labels-failed');
    expect(useOwnWork.getState().stage).toMatchObject({
      form: { labels: { text: '', fileProblem: expect.stringContaining('long.txt') as string } },
    });
  });
});

describe('a file that is handed over', () => {
  it('waits until it is taken, and calls the person only when it came alone', () => {
    const { calls } = useHanded.getState();
    handOver(came('a.onnx').file, false, labels);
    expect(useHanded.getState()).toMatchObject({ file: { name: 'a.onnx' }, calls });
    handOver(came('b.onnx').file, true);
    expect(useHanded.getState()).toMatchObject({ file: { name: 'b.onnx' }, calls: calls + 1 });
    expect(takeHanded()).toMatchObject({ file: { name: 'b.onnx' }, labels: null });
    expect(useHanded.getState()).toMatchObject({ file: null, labels: null });
  });
});

describe('the same bytes', () => {
  const model = (id: string, title: string, digit: string) => ({
    id,
    title,
    sha256: digit.repeat(64),
  });
  const present = [model('a', 'One', '1'), model('b', 'Two', '1'), model('c', 'Three', '3')];

  it('are found under every title, each model once', () => {
    expect(sameFile('1'.repeat(64), [...present, ...present])).toContain('“One” and “Two”.');
    expect(sameFile('2'.repeat(64), present)).toBeNull();
    const twin = model('d', 'Two', '1');
    expect(sameFile('1'.repeat(64), [...present, twin])).toContain(
      '“One” and “Two” (b) and “Two” (d).',
    );
  });
});
