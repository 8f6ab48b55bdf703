import type { Size } from '../../core/image/types.ts';
import type { Golden, InputContract } from '../../core/manifest/schema.ts';
import { channelTables, inputDims, type InputTensor } from './input-tensor.ts';

/**
 * The generated input of a model's self-test. Rule `lcg-u8`: the state starts at `seed`; each value in memory order
 * is state >>> 24, then state ← state × 1664525 + 1013904223 (mod 2³²) (Numerical Recipes §7.1). The bytes then
 * take the contract's range and normalisation like a picture's; channel `c` of the tensor is channel `c` of the
 * contract. Its size is that of {@link goldenDims}.
 */
export function goldenInput(golden: Golden, contract: InputContract): InputTensor {
  const { width, height } = goldenSize(contract);
  const plane = width * height;
  const data = new Float32Array(plane * 3);
  const tables = channelTables(contract);
  const planar = contract.layout === 'NCHW';
  let state = golden.seed;
  for (let at = 0; at < data.length; at += 1) {
    const channel = planar ? Math.floor(at / plane) : at % 3;
    data[at] = tables[channel]?.[state >>> 24] ?? 0;
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  }
  return { data, dims: goldenDims(contract) };
}

/** The dims of {@link goldenInput}, which every network of this contract must take, with a golden answer or without. */
export function goldenDims(contract: InputContract): InputTensor['dims'] {
  const { width, height } = goldenSize(contract);
  return inputDims(contract.layout, width, height);
}

/** Where the size depends on the picture (`short-within`), that of a square one: `short` × `short`. */
function goldenSize({ resize }: InputContract): Size {
  return resize.rule === 'short-within'
    ? { width: resize.short, height: resize.short }
    : { width: resize.width, height: resize.height };
}
