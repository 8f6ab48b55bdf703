import { buildModel } from '../src/core/onnx/testing/build-onnx.ts';
import type { TensorSpec } from '../src/core/onnx/testing/build-onnx.ts';
import { expect, test } from './support/library.ts';

/* Files that are hostile to a browser only: engines differ in what they find slow. */

/** Thousands of one-value constants, of which one is named over and over. */
function flood(nameOf: (number: number) => string): Buffer {
  const names = Array.from({ length: 4000 }, (_, index) => nameOf((index + 1) * 2048));
  const [first = ''] = names;
  const bytes = buildModel({
    graph: {
      inputs: [{ name: 'x', shape: [1, 3, 8, 8] }],
      outputs: [{ name: 'y', shape: null }],
      initialisers: names.map((name): TensorSpec => ({ name, shape: [1], floats: [1] })),
      nodes: [
        { op: 'Relu', inputs: ['x'], outputs: ['y'] },
        ...Array.from({ length: 13 }, (_, index) => ({
          op: 'Max',
          inputs: Array<string>(10_000).fill(first),
          outputs: [`z${String(index)}`],
        })),
      ],
    },
  });
  return Buffer.from(bytes);
}

/** Operators with thousands of attributes each. */
function attributes(nameOf: (number: number) => string): Buffer {
  const names = Array.from({ length: 4000 }, (_, index) => nameOf((index + 1) * 2048));
  const bytes = buildModel({
    graph: {
      inputs: [{ name: 'x', shape: [1, 3, 8, 8] }],
      outputs: [{ name: 'y0', shape: null }],
      nodes: Array.from({ length: 35 }, (_, index) => ({
        op: 'Relu',
        inputs: ['x'],
        outputs: [`y${String(index)}`],
        attributes: Object.fromEntries(names.map((name) => [name, { int: 1 }])),
      })),
    },
  });
  return Buffer.from(bytes);
}

for (const [what, make] of Object.entries({ tensors: flood, attributes })) {
  test(`names of ${what} that one engine hashes alike take no longer than others`, async ({
    page,
    workbench: _opened,
    library,
  }) => {
    await library.open();
    const own = page.getByTestId('own-model');
    const files = {
      alike: make(String),
      apart: make((number) => `k${String(number)}`),
    };
    const best = { alike: Infinity, apart: Infinity };
    for (const round of [1, 2, 3]) {
      for (const kind of ['alike', 'apart'] as const) {
        const name = `${kind} ${String(round)}.onnx`;
        const start = performance.now();
        await own
          .getByTestId('model-file-input')
          .setInputFiles({ name, mimeType: '', buffer: files[kind] });
        await expect(own).toContainText(name);
        await expect(own).toHaveAttribute('data-state', 'read');
        best[kind] = Math.min(best[kind], performance.now() - start);
      }
    }
    // Names that share a place took six to eleven times as long.
    expect(best.alike / best.apart).toBeLessThan(4);
  });
}
