import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

const MODULE_ID = 'virtual:ort-runtime';
const RESOLVED_ID = `\0${MODULE_ID}`;

/** Our name of each onnxruntime-web build, and the file stem it ships under. */
const BUILDS = {
  wasm: 'ort-wasm-simd-threaded',
  jspi: 'ort-wasm-simd-threaded.jspi',
  asyncify: 'ort-wasm-simd-threaded.asyncify',
};

/**
 * Provides `virtual:ort-runtime`: for each build of onnxruntime-web the URL of its glue module and of its wasm
 * binary, with the binary's size and SHA-256 as they are on disk when the app is built. The page checks the
 * binary against them before it runs.
 */
export function ortRuntime(): Plugin {
  const require = createRequire(import.meta.url);
  return {
    name: 'ort-runtime',
    resolveId: (id) => (id === MODULE_ID ? RESOLVED_ID : undefined),
    load(id) {
      if (id !== RESOLVED_ID) return undefined;
      const imports: string[] = [];
      const entries: string[] = [];
      for (const [name, stem] of Object.entries(BUILDS)) {
        const wasm = require.resolve(`onnxruntime-web/${stem}.wasm`);
        const binary = readFileSync(wasm);
        const sha256 = createHash('sha256').update(binary).digest('hex');
        imports.push(
          `import ${name}Glue from ${JSON.stringify(`${require.resolve(`onnxruntime-web/${stem}.mjs`)}?url`)};`,
          `import ${name}Wasm from ${JSON.stringify(`${wasm}?url`)};`,
        );
        entries.push(
          `${name}: { glueUrl: ${name}Glue, wasmUrl: ${name}Wasm, bytes: ${String(binary.length)}, sha256: '${sha256}' }`,
        );
      }
      return `${imports.join('\n')}\nexport const ORT_BUILDS = { ${entries.join(', ')} };`;
    },
  };
}
