import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

/*
 * The gzip budgets of the build's JavaScript, apart from onnxruntime-web (its glue, its wasm and the chunks that hold
 * its API, which only the engine worker loads). The shell is what the page itself loads to start: the scripts that
 * index.html names. Workers and what is loaded when it is first wanted (the library, the wizard) have their own.
 */

const kB = (bytes: number) => `${(bytes / 1024).toFixed(1)} kB`;

const BUDGETS = { shell: 150 * 1024, workers: 45 * 1024, 'on demand': 80 * 1024 } as const;
type Part = keyof typeof BUDGETS;

const dist = resolve(import.meta.dirname, '../dist');
const page = readFileSync(resolve(dist, 'index.html'), 'utf8');
const rows = readdirSync(resolve(dist, 'assets'))
  .filter((name) => /\.m?js$/.test(name) && !/^ort[-.]/.test(name))
  .map((name) => ({
    name,
    part: partOf(name),
    bytes: gzipSync(readFileSync(resolve(dist, 'assets', name))).length,
  }))
  .sort((a, b) => b.bytes - a.bytes);

function partOf(name: string): Part {
  if (page.includes(`assets/${name}`)) return 'shell';
  return name.includes('.worker-') ? 'workers' : 'on demand';
}

for (const [part, budget] of Object.entries(BUDGETS)) {
  const own = rows.filter((row) => row.part === part);
  const total = own.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { name, bytes } of own) console.log(`${kB(bytes).padStart(10)}  ${name}`);
  console.log(`${kB(total).padStart(10)}  ${part}, gzip (budget ${kB(budget)})`);
  if (own.length === 0 || total > budget) {
    console.error(
      own.length === 0 ? `No script of the ${part} was built.` : `Over budget: ${part}.`,
    );
    process.exitCode = 1;
  }
}
