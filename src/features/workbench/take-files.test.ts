import { beforeEach, describe, expect, it } from 'vitest';
import { takeHanded } from '../library/own/state/handed.ts';
import { dropRemark, remarkAlso, useBench } from './state/bench.ts';
import { takeFiles } from './take-files.ts';

const file = (name: string) => new File(['cat\ndog\n'], name);
const said = () => useBench.getState().remark?.kinds;

beforeEach(() => {
  takeHanded();
  dropRemark();
});

describe('files that were dropped together', () => {
  it('are a model and its labels', async () => {
    await takeFiles([file('labels.txt'), file('net.onnx')], 'file');
    expect(said()).toBeUndefined();
    expect(takeHanded()).toMatchObject({
      file: { name: 'net.onnx' },
      labels: { name: 'labels.txt' },
    });
  });

  it('are none of them left out without a word', async () => {
    const names = ['a.onnx', 'b.onnx', 'a.onnx.data', 'labels.txt', 'readme.txt'];
    await takeFiles(names.map(file), 'file');
    expect(said()).toEqual(['models', 'weights', 'labels-several']);
    expect(takeHanded()).toMatchObject({ file: { name: 'a.onnx' }, labels: null });
  });

  it('keep what was said of them when their labels get a word too, once', async () => {
    await takeFiles([file('net.onnx'), file('net.onnx.data'), file('labels.txt')], 'file');
    remarkAlso('labels-unusable');
    remarkAlso('labels-unusable');
    expect(said()).toEqual(['weights', 'labels-unusable']);
    await takeFiles([file('net.onnx')], 'file');
    expect(said()).toBeUndefined();
  });
});
