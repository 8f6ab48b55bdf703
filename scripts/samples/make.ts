/**
 * Draws the sample pictures of the start page: `npx tsx scripts/samples/make.ts`.
 *
 * Every picture is the project's own drawing, made from the code in this folder alone. The same code and the
 * same browser give the same bytes. `CHROMIUM_PATH` names the browser when it is not in its usual place.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { SAMPLES } from './catalogue.ts';
import { rasterise } from './render.ts';

const OUT = new URL('../../public/samples/', import.meta.url);

await mkdir(OUT, { recursive: true });
for (const { source, png } of await rasterise(SAMPLES)) {
  const file = `${source.entry.id}.png`;
  await writeFile(new URL(file, OUT), png);
  console.log(`${file} ${String(png.byteLength)} bytes`);
}

const samples = SAMPLES.map(({ entry: { id, title, model, expect } }) => ({
  id,
  file: `${id}.png`,
  title,
  model,
  expect,
}));
await writeFile(
  new URL('index.json', OUT),
  `${JSON.stringify({ version: 1, samples }, null, 2)}\n`,
);
