import { describe, expect, it } from 'vitest';
import { refusal } from '../../core/image/testing/outcome.ts';
import type { GpuProbe } from '../worker-protocol.ts';
import { planBackend, samePlace, wasmPlan, type PlanInput } from './backend-plan.ts';

const GPU: GpuProbe = { adapter: 'acme gpu', software: false, jspi: true };
const SOFTWARE: GpuProbe = { adapter: 'google swiftshader', software: true, jspi: false };
const NO_GPU: GpuProbe = { adapter: null, software: false, jspi: true };
const AVOID = 'this model computes unreliably there';

const plan = (input: Partial<PlanInput>) =>
  planBackend({ choice: 'auto', probe: GPU, threads: 4, avoidGpuBecause: null, ...input });

const REFUSED = 'engine/webgpu-unavailable';
const CHOSEN_CPU = 'WebAssembly was chosen.';
const NO_ADAPTER = 'WebAssembly, because no WebGPU adapter answers in this browser.';
const SLOW =
  'WebAssembly, because the only WebGPU adapter (google swiftshader) is software, which is slower.';
const AVOIDED = `WebAssembly, because ${AVOID}.`;
const HARDWARE = 'WebGPU, because this device has an adapter for it.';
const DOUBTED = ` “Auto” would not take it, because ${AVOID}.`;
const CHOSEN_GPU = 'WebGPU was chosen.';
const CHOSEN_SLOW = 'WebGPU was chosen. Its adapter is software, slower than WebAssembly.';

describe('planBackend', () => {
  it.each([
    // choice, what answers, reason of the model's not to use the GPU, probe → build (or refusal), sentence
    ['auto', 'hardware', null, GPU, 'jspi', HARDWARE],
    ['auto', 'hardware', AVOID, GPU, 'wasm', AVOIDED],
    ['auto', 'software', null, SOFTWARE, 'wasm', SLOW],
    ['auto', 'software', AVOID, SOFTWARE, 'wasm', SLOW],
    ['auto', 'nothing', null, NO_GPU, 'wasm', NO_ADAPTER],
    ['auto', 'nothing', AVOID, NO_GPU, 'wasm', NO_ADAPTER],
    ['auto', 'no probe', null, null, 'wasm', NO_ADAPTER],
    ['auto', 'no probe', AVOID, null, 'wasm', NO_ADAPTER],
    ['webgpu', 'hardware', null, GPU, 'jspi', CHOSEN_GPU],
    ['webgpu', 'hardware', AVOID, GPU, 'jspi', CHOSEN_GPU + DOUBTED],
    ['webgpu', 'software', null, SOFTWARE, 'asyncify', CHOSEN_SLOW],
    ['webgpu', 'software', AVOID, SOFTWARE, 'asyncify', CHOSEN_SLOW + DOUBTED],
    ['webgpu', 'nothing', null, NO_GPU, REFUSED, null],
    ['webgpu', 'nothing', AVOID, NO_GPU, REFUSED, null],
    ['webgpu', 'no probe', null, null, REFUSED, null],
    ['webgpu', 'no probe', AVOID, null, REFUSED, null],
    ['wasm', 'hardware', null, GPU, 'wasm', CHOSEN_CPU],
    ['wasm', 'hardware', AVOID, GPU, 'wasm', CHOSEN_CPU],
    ['wasm', 'software', null, SOFTWARE, 'wasm', CHOSEN_CPU],
    ['wasm', 'software', AVOID, SOFTWARE, 'wasm', CHOSEN_CPU],
    ['wasm', 'nothing', null, NO_GPU, 'wasm', CHOSEN_CPU],
    ['wasm', 'nothing', AVOID, NO_GPU, 'wasm', CHOSEN_CPU],
    ['wasm', 'no probe', null, null, 'wasm', CHOSEN_CPU],
    ['wasm', 'no probe', AVOID, null, 'wasm', CHOSEN_CPU],
  ] as const)(
    '%s with %s (avoided because: %s)',
    (choice, _name, avoidGpuBecause, probe, expected, reason) => {
      const input = { choice, probe, avoidGpuBecause };
      const adapter = probe?.adapter;
      if (expected === REFUSED) {
        expect(refusal(() => plan(input))).toMatchObject({ code: REFUSED, retryable: false });
      } else {
        expect(plan(input)).toEqual({
          ep: expected === 'wasm' ? 'wasm' : 'webgpu',
          build: expected,
          threads: 4,
          reason,
          adapter: expected === 'wasm' ? null : adapter,
        });
      }
    },
  );

  it('takes the build with JSPI where WebAssembly can suspend, else asyncify', () => {
    expect(plan({ probe: { ...GPU, jspi: true } }).build).toBe('jspi');
    expect(plan({ probe: { ...GPU, jspi: false } }).build).toBe('asyncify');
  });

  it('tells who chose WebGPU in vain what to choose', () => {
    const { message } = refusal(() => plan({ choice: 'webgpu', probe: null }));
    expect(message).toContain('Choose “Auto” or “WebAssembly”.');
  });
});

describe('samePlace', () => {
  it('asks for provider, build and threads, not for the reason', () => {
    const gpu = plan({});
    expect(samePlace(gpu, plan({ choice: 'webgpu' }))).toBe(true);
    expect(samePlace(wasmPlan(4, 'a'), wasmPlan(4, 'b'))).toBe(true);
    expect(samePlace(wasmPlan(4, 'a'), wasmPlan(1, 'a'))).toBe(false);
    expect(samePlace(gpu, wasmPlan(4, 'a'))).toBe(false);
    expect(samePlace(gpu, plan({ probe: { ...GPU, jspi: false } }))).toBe(false);
  });
});
