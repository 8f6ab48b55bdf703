import type { GpuProbe } from '../worker-protocol.ts';

/**
 * Asks `navigator.gpu` for an adapter instead of trusting onnxruntime-web, which falls back to WebAssembly with a
 * warning only.
 */
export async function probeGpu(): Promise<GpuProbe> {
  const jspi = 'Suspending' in WebAssembly;
  // Typed as always present, but missing in insecure contexts and in browsers without WebGPU.
  const gpu = (navigator as Partial<Pick<WorkerNavigator, 'gpu'>>).gpu;
  const adapter = (await gpu?.requestAdapter({ powerPreference: 'high-performance' })) ?? null;
  if (!adapter) return { adapter: null, software: false, jspi };
  const { vendor, architecture, description } = adapter.info;
  const name = description === '' ? `${vendor} ${architecture}`.trim() : description;
  return {
    adapter: name === '' ? 'unnamed adapter' : name,
    software:
      adapter.info.isFallbackAdapter ||
      /swiftshader|llvmpipe|basic render/i.test(name + architecture),
    jspi,
  };
}
