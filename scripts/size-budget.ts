import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

/*
 * The shell's gzip budget: all JavaScript of the build apart from onnxruntime-web (its glue, its wasm and the
 * chunks that hold its API, which only the engine worker loads).
 */

const BUDGET_BYTES = 150 * 1024;
const ORT_FILE = /^ort[-.]/;

const assets = resolve(import.meta.dirname, '../dist/assets');
const scripts = readdirSync(assets).filter((name) => /\.m?js$/.test(name));
const rows = scripts
  .map((name) => ({ name, bytes: gzipSync(readFileSync(resolve(assets, name))).length }))
  .sort((a, b) => b.bytes - a.bytes);
const shell = rows.filter(({ name }) => !ORT_FILE.test(name));
const total = shell.reduce((sum, { bytes }) => sum + bytes, 0);
const kB = (bytes: number) => `${(bytes / 1024).toFixed(1).padStart(7)} kB`;

for (const { name, bytes } of shell) console.log(`${kB(bytes)}  ${name}`);
console.log(`${kB(total)}  shell JavaScript, gzip (budget ${kB(BUDGET_BYTES).trim()})`);
if (shell.length === 0 || total > BUDGET_BYTES) {
  console.error(shell.length === 0 ? 'No JavaScript was built.' : 'The shell is over its budget.');
  process.exitCode = 1;
}
