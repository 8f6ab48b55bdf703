import { AppError } from '../../core/errors.ts';
import type { RuntimeBuild } from '../../models/types.ts';
import type { BackendChoice, ExecutionProvider } from '../protocol.ts';
import type { GpuProbe } from '../worker-protocol.ts';

/** Which backend a job gets, and the sentence that says why. */
export interface BackendPlan {
  readonly ep: ExecutionProvider;
  readonly build: RuntimeBuild;
  readonly threads: number;
  readonly reason: string;
  readonly adapter: string | null;
}

export interface PlanInput {
  readonly choice: BackendChoice;
  /** Null when nobody asked for a GPU. */
  readonly probe: GpuProbe | null;
  readonly threads: number;
  /** A reason of the model's not to use the GPU by itself, or of an earlier failure there. */
  readonly avoidGpuBecause: string | null;
}

/**
 * Decides where a model runs. `auto` takes the GPU only where it helps: a hardware adapter and a model that
 * computes reliably on it. An explicit `webgpu` is obeyed or refused, never silently replaced.
 *
 * @throws AppError `engine/webgpu-unavailable` when WebGPU was chosen and no adapter answers.
 */
export function planBackend({ choice, probe, threads, avoidGpuBecause }: PlanInput): BackendPlan {
  if (choice === 'wasm') return wasmPlan(threads, 'WebAssembly was chosen.');
  if (!probe?.adapter) {
    if (choice === 'webgpu') throw webgpuUnavailable();
    return wasmPlan(threads, 'WebAssembly, because no WebGPU adapter answers in this browser.');
  }
  const gpu: BackendPlan = {
    ep: 'webgpu',
    build: probe.jspi ? 'jspi' : 'asyncify',
    threads,
    reason: 'WebGPU was chosen.',
    adapter: probe.adapter,
  };
  if (choice === 'webgpu') {
    const slow = probe.software ? ' Its adapter is software, slower than WebAssembly.' : '';
    const doubt =
      avoidGpuBecause === null ? '' : ` “Auto” would not take it, because ${avoidGpuBecause}.`;
    return { ...gpu, reason: gpu.reason + slow + doubt };
  }
  if (probe.software) {
    return wasmPlan(
      threads,
      `WebAssembly, because the only WebGPU adapter (${probe.adapter}) is software, which is slower.`,
    );
  }
  if (avoidGpuBecause !== null) {
    return wasmPlan(threads, `WebAssembly, because ${avoidGpuBecause}.`);
  }
  return { ...gpu, reason: 'WebGPU, because this device has an adapter for it.' };
}

/** A plan on the CPU, with its reason. */
export function wasmPlan(threads: number, reason: string): BackendPlan {
  return { ep: 'wasm', build: 'wasm', threads, reason, adapter: null };
}

/** True when a worker booted for one plan can serve the other. */
export function samePlace(a: BackendPlan, b: BackendPlan): boolean {
  return a.ep === b.ep && a.build === b.build && a.threads === b.threads;
}

function webgpuUnavailable(): AppError {
  return new AppError(
    'engine/webgpu-unavailable',
    'WebGPU was chosen, but this browser offers no WebGPU adapter here. Choose “Auto” or “WebAssembly”.',
  );
}
