import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { shared } from './support/shared-folder.ts';
import { expect, needsShared, test } from './support/test.ts';
import type { Result } from './support/workbench.ts';

/* GluonCV's own answers, on WebAssembly. The numbers' sources: reference.json beside each model, made with
 * onnxruntime on a CPU, and the known answers of the shared test material. */

const PUBLIC = resolve(import.meta.dirname, '../public');

interface ClassifierReference {
  readonly samples: readonly {
    readonly file: string;
    readonly top5: readonly { readonly label: string; readonly probability: number }[];
  }[];
}

interface DetectorReference {
  readonly samples: readonly {
    readonly file: string;
    readonly source_jpeg: string;
    readonly detections: readonly {
      readonly label: string;
      readonly score: number;
      readonly box_300: readonly number[];
    }[];
  }[];
}

function reference(model: string): unknown {
  return JSON.parse(readFileSync(resolve(PUBLIC, `models/${model}/reference.json`), 'utf8'));
}

function expectProbabilities(
  actual: readonly Result[],
  expected: readonly (readonly [label: string, probability: number])[],
  tolerance: number,
): void {
  for (const [label, probability] of expected) {
    const found = actual.find((result) => result.label === label);
    expect(found, `${label} among the results`).toBeDefined();
    expect(Math.abs((found?.probability ?? NaN) - probability), label).toBeLessThan(tolerance);
  }
}

test('the embedded classifier answers as its reference on every sample', async ({ workbench }) => {
  needsShared();
  const { samples } = reference('cifar_resnet20_v1') as ClassifierReference;
  await workbench.chooseModel('cifar_resnet20_v1');
  await workbench.chooseBackend('wasm');
  for (const { file, top5 } of samples) {
    const results = await workbench.answer(shared('models/embedded/cifar_resnet20_v1', file));
    expect(results.map((result) => result.label)).toEqual(top5.map((entry) => entry.label));
    const expected = top5.map(({ label, probability }) => [label, probability] as const);
    expectProbabilities(results, expected, 1e-3);
  }
  await expect(workbench.backend).toHaveAttribute('data-ep', 'wasm');
  await expect(workbench.backend).toHaveAttribute('data-threads', '2');
});

test('the embedded detector gives the boxes of its reference on every sample', async ({
  workbench,
}) => {
  needsShared();
  const model = 'ssd_300_mobilenet0.25_bccd';
  const { samples } = reference(model) as DetectorReference;
  await workbench.chooseModel(model);
  await workbench.chooseBackend('wasm');
  for (const { file, detections } of samples) {
    const results = await workbench.answer(shared('models/embedded', model, file));
    // The page shows what is above its threshold (0.3); the reference lists what is above 0.2.
    const expected = detections.filter(({ score }) => score >= 0.3);
    expect(results.length).toBe(expected.length);
    expected.forEach(({ label, score, box_300 }, index) => {
      const result = results[index];
      expect(result?.label).toBe(label);
      expect(Math.abs((result?.probability ?? NaN) - score)).toBeLessThan(1e-3);
      box_300.forEach((edge, side) => {
        expect(Math.abs((result?.box?.[side] ?? NaN) - edge)).toBeLessThan(0.5);
      });
    });
  }
});

test('the detector maps boxes back to the pixels of a photo of another size', async ({
  workbench,
}) => {
  needsShared();
  const model = 'ssd_300_mobilenet0.25_bccd';
  const { samples } = reference(model) as DetectorReference;
  await workbench.chooseModel(model);
  for (const { source_jpeg, detections } of samples) {
    const results = await workbench.answer(shared('models/embedded', model, source_jpeg));
    const best = detections[0];
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = best?.box_300 ?? [];
    const inPhoto = [(x1 * 640) / 300, (y1 * 480) / 300, (x2 * 640) / 300, (y2 * 480) / 300];
    // JPEG decoders and so the resized pixels differ slightly: the box may move by a pixel or two.
    const near = results.find(
      ({ label, box }) =>
        label === best?.label &&
        inPhoto.every((edge, side) => Math.abs((box?.[side] ?? NaN) - edge) < 3),
    );
    expect(near, `${source_jpeg}: ${best?.label ?? ''} near ${inPhoto.join(',')}`).toBeDefined();
  }
});

test('squeezenet1.1 sees in chelsea.png what GluonCV sees', async ({ workbench }) => {
  needsShared();
  await workbench.chooseModel('squeezenet1.1');
  const results = await workbench.answer(shared('photos/chelsea.png'));
  const cats = [
    ['Egyptian cat', 0.525],
    ['tabby', 0.246],
    ['tiger cat', 0.225],
    ['lynx', 0.004],
  ] as const;
  expect(results[0]?.label).toBe('Egyptian cat');
  expectProbabilities(results, cats, 0.01);
});

for (const version of ['v1', 'v2'] as const) {
  test(`GluonCV's cifar_resnet20_${version} gets at least 19 of 20 tiles right`, async ({
    workbench,
  }) => {
    needsShared();
    await workbench.chooseModel(`gluoncv_cifar_resnet20_${version}`);
    const tiles = readdirSync(shared('photos/cifar10'));
    expect(tiles).toHaveLength(20);
    let right = 0;
    for (const tile of tiles) {
      const [top] = await workbench.answer(shared('photos/cifar10', tile));
      if (top?.label === tile.split('_')[0]) right += 1;
    }
    expect(right).toBeGreaterThanOrEqual(19);
  });
}

test('photos squashed to 32 × 32 give the published numbers', async ({ workbench }) => {
  needsShared();
  const known = [
    ['v1', 'car.jpg', 'automobile', 0.983],
    ['v1', 'mt_baker.jpg', 'airplane', 0.413],
    ['v2', 'car.jpg', 'automobile', 0.882],
    ['v2', 'mt_baker.jpg', 'airplane', 0.89],
  ] as const;
  for (const [version, photo, label, probability] of known) {
    await workbench.chooseModel(`gluoncv_cifar_resnet20_${version}`);
    const results = await workbench.answer(shared('photos', photo));
    expect(results[0]?.label).toBe(label);
    expectProbabilities(results, [[label, probability]], 0.03);
  }
});

interface SampleIndex {
  readonly samples: readonly {
    readonly id: string;
    readonly file: string;
    readonly model: string;
    readonly expect: string | Readonly<Record<string, number>>;
  }[];
}

test('the models are right about every sample picture the app offers', async ({ workbench }) => {
  const index = JSON.parse(
    readFileSync(resolve(PUBLIC, 'samples/index.json'), 'utf8'),
  ) as SampleIndex;
  for (const sample of index.samples) {
    await workbench.chooseModel(sample.model);
    const results = await workbench.answer(resolve(PUBLIC, 'samples', sample.file));
    if (typeof sample.expect === 'string') {
      expect(results[0]?.label, sample.id).toBe(sample.expect);
      expect(results[0]?.probability, sample.id).toBeGreaterThan(0.7);
    } else {
      for (const [label, count] of Object.entries(sample.expect)) {
        const found = results.filter((result) => result.label === label).length;
        expect(found, `${sample.id}: ${label}`).toBe(count);
      }
    }
  }
});

test('entries that name one file are checked and answer each for itself', async ({
  page,
  workbench,
}) => {
  await page.route(/\/models\/index\.json$/, async (route) => {
    const response = await route.fetch();
    const manifest = (await response.json()) as { models: ModelsOwn[] };
    const [first] = manifest.models as [ModelsOwn];
    manifest.models.push(
      { ...first, id: 'other-input', input: { ...first.input, name: 'foo' } },
      { ...first, id: 'other-golden', golden: { ...first.golden, seed: 7 } },
    );
    await route.fulfill({ response, json: manifest });
  });
  await workbench.open();
  const ship = resolve(import.meta.dirname, '../public/samples/steamer.png');
  await workbench.answer(ship);
  await workbench.chooseModel('other-input');
  expect((await workbench.refusalFor('steamer.png')).code).toBe('engine/contract-mismatch');
  await workbench.chooseModel('other-golden');
  await expect(workbench.error).toHaveAttribute('data-code', 'engine/self-test-failed');
  await workbench.chooseModel('cifar_resnet20_v1');
  expect((await workbench.answerFor('steamer.png'))[0]?.label).toBe('ship');
});

/** What of a manifest's entry the test changes. */
interface ModelsOwn {
  readonly id: string;
  readonly input: { readonly name: string };
  readonly golden: { readonly seed: number };
}
