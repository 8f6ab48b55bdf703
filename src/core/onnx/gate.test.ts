import { describe, expect, it } from 'vitest';
import { judgeModel } from './gate.ts';
import { takesAnySize } from './open-size.ts';
import { refusal } from './refusal.ts';
import { inspectModel } from './inspect.ts';
import { buildModel } from './testing/build-onnx.ts';
import type { ModelSpec } from './testing/build-onnx.ts';
import { SOUND } from './testing/inspection.ts';
import { CLASSIFIER, classifierThen, classifierWith } from './testing/samples.ts';

function verdict(spec: ModelSpec) {
  return judgeModel(inspectModel(buildModel(spec)));
}

function warningsOf(spec: ModelSpec): readonly string[] {
  return verdict(spec).warnings.map(({ code }) => code);
}

describe('judgeModel', () => {
  it('accepts a sound model without a word', () => {
    expect(verdict(CLASSIFIER)).toEqual({ accepted: true, reasons: [], warnings: [] });
    expect(refusal(verdict(CLASSIFIER))).toBeNull();
  });

  it('accepts both names of the main domain, and ai.onnx.ml', () => {
    const opsets = [['ai.onnx', 13] as const, ['ai.onnx.ml', 3] as const];
    const node = { op: 'Scaler', domain: 'ai.onnx.ml', inputs: ['logits'], outputs: ['z'] };
    expect(verdict({ ...classifierThen(node), opsets }).accepted).toBe(true);
  });

  it('names every reason, with numbers', () => {
    const found = verdict({
      ...classifierWith({ sparseInitialisers: 3 }),
      functions: 2,
      trainingInfo: true,
    });
    expect(found.accepted).toBe(false);
    expect(found.reasons.map(({ code }) => code)).toEqual([
      'gate/functions',
      'gate/training-info',
      'gate/sparse-initialisers',
    ]);
    expect(found.reasons[0]?.details).toEqual({ functions: 2 });
    expect(found.reasons[2]?.sentence).toContain('3 sparse');
    expect(refusal(found)).toMatchObject({
      code: 'gate/functions',
      retryable: false,
      details: {
        functions: 2,
        codes: 'gate/functions gate/training-info gate/sparse-initialisers',
      },
    });
  });

  it('lets a custom domain pass that is imported but not used', () => {
    const opsets = [['', 13] as const, ['com.microsoft', 1] as const];
    expect(verdict({ ...CLASSIFIER, opsets }).accepted).toBe(true);
  });

  it('refuses sizes that are no numbers', () => {
    const claims = { ...SOUND.findings, claimedInitialiserBytes: NaN };
    const { reasons } = judgeModel({ ...SOUND, activationBytes: NaN, findings: claims });
    expect(reasons.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['gate/activations-too-large', 'gate/initialisers-too-large']),
    );
  });

  it('warns of weights that are no numbers', () => {
    const bad = { name: 'bad', shape: [4], floats: [1, NaN, Infinity, -Infinity] };
    const initialisers = [...(CLASSIFIER.graph.initialisers ?? []), bad];
    const { accepted, warnings } = verdict(classifierWith({ initialisers }));
    expect(accepted).toBe(true);
    expect(warnings).toMatchObject([
      { code: 'gate/odd-weights', details: { nan: 1, infinite: 2 } },
    ]);
  });

  it('warns of shapes that depend on data', () => {
    const node = { op: 'NonZero', inputs: ['logits'], outputs: ['z'] };
    expect(warningsOf(classifierThen(node))).toEqual(['gate/unknown-shapes']);
  });

  it('names operators that could not be followed, instead of blaming the run', () => {
    const after = (op: string, domain = '') =>
      verdict(classifierThen({ op, domain, inputs: ['logits'], outputs: ['z'] })).warnings[0]
        ?.sentence;
    expect(after('NoSuchOperator')).toMatch(
      /^The size of 1 of 10 layers is not known, because “NoSuchOperator” could not be followed;/,
    );
    expect(after('NonZero')).toContain('is known only when it runs');
    const names = ['A', 'B', 'C', 'D'];
    const unsure = { ...SOUND, unknownShapes: 9, unfollowed: names };
    const warning = judgeModel(unsure).warnings[0];
    const input = { name: 'data', elementType: 'float32', shape: [1, 3, 'H', 'W'] };
    const open = judgeModel({ ...unsure, inputs: [input] }).warnings[0];
    expect(warning?.sentence).not.toContain('open');
    expect(open?.sentence).toContain('because the size of its input is open and “'); // it has its part
    expect(warning?.sentence).toContain('because “A”, “B”, “C” and more could not be followed');
  });

  it('advises a smaller size where the size is free, and a smaller network where it is not', () => {
    const taking = (shape: readonly (number | string | null)[] | null) => {
      const inputs = [{ name: 'data', elementType: 'float32', shape }];
      const { reasons } = judgeModel({ ...SOUND, inputs, activationBytes: 2 ** 33 });
      const advice = reasons.find(({ code }) => code === 'gate/activations-too-large')?.sentence;
      return { isFree: takesAnySize({ inputs }), advice };
    };
    const free = {
      isFree: true,
      advice: expect.stringContaining('Choose a smaller size') as string,
    };
    const fixed = {
      isFree: false,
      advice: expect.stringMatching(/accepted. Export it for a smaller input.$/) as string,
    };
    expect(taking(['N', 3, 'H', 'W'])).toEqual(free);
    expect(taking([1, 3, 224, null])).toEqual(free);
    expect(taking(null)).toEqual(free);
    expect(taking(['N', 3, 4096, 4096])).toEqual(fixed);
  });

  it('warns of operator sets and formats beyond the runtime', () => {
    expect(warningsOf({ ...CLASSIFIER, opsets: [['', 26]], irVersion: 13 })).toEqual([]);
    expect(warningsOf({ ...CLASSIFIER, opsets: [['', 27]] })).toEqual(['gate/newer-than-runtime']);
    expect(warningsOf({ ...CLASSIFIER, irVersion: 14 })).toEqual(['gate/newer-than-runtime']);
    expect(warningsOf({ ...CLASSIFIER, opsets: [['', 6]] })).toEqual(['gate/old-opset']);
  });
});
