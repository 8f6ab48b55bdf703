import react from '@vitejs/plugin-react';
import { defaultClientConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { appFiles } from './scripts/vite/app-files.ts';
import { ortRuntime } from './scripts/vite/ort-runtime.ts';
import { PUBLIC, readConfig, securityHeaders } from './scripts/headers.ts';

const headers = securityHeaders(readConfig(PUBLIC));

export default defineConfig({
  plugins: [react(), ortRuntime(), appFiles()],
  // The condition picks onnxruntime-web's build without embedded wasm and glue: both come from our own URLs.
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
  build: {
    target: 'es2023',
    // Inlined assets would be data: URLs, which the CSP refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What the distribution owes its libraries; the font's licence is in public/licences.
    license: { fileName: 'licences/libraries.txt' },
    rolldownOptions: {
      checks: { bundlerTimings: false },
      output: {
        // Stock web servers do not know .mjs and would serve the runtime's glue as something not executable.
        assetFileNames: ({ names }) =>
          names[0]?.endsWith('.mjs') ? 'assets/[name]-[hash].js' : 'assets/[name]-[hash][extname]',
      },
    },
  },
  worker: {
    // The default (iife) builds, but hangs as soon as onnxruntime-web uses two threads.
    format: 'es',
    plugins: () => [ortRuntime()],
  },
  // The development server injects styles and scripts inline, so it goes without the CSP.
  server: { headers: withoutCsp() },
  preview: { headers: { ...headers } },
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
    environment: 'node',
    // For machines that are busy with something else: no test is about time.
    testTimeout: 30_000,
  },
});

function withoutCsp(): Record<string, string> {
  const { 'Content-Security-Policy': csp, ...others } = headers;
  return others;
}
