import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { plainPng, png } from './support/pictures.ts';
import { expect, test } from './support/test.ts';

/* What may enter: judged by content, never by name; decoded as OpenCV would. */

const PICTURES = resolve(import.meta.dirname, 'fixtures/pictures');
const picture = (name: string) => resolve(PICTURES, name);

test('every accepted format, turned upright, gives the same answer', async ({ workbench }) => {
  const [original] = await workbench.answer(picture('steamer.png'));
  expect(original?.label).toBe('ship');
  const tolerances = {
    'steamer.webp': 1e-6,
    'steamer-transparent.png': 1e-6,
    'steamer-lossy.webp': 0.08,
    'steamer.avif': 0.08,
    'steamer-progressive.jpg': 0.08,
    'steamer-oriented.jpg': 0.08,
    'steamer-animated.gif': 0.08,
    'steamer-cmyk.jpg': 0.2,
  };
  for (const [name, tolerance] of Object.entries(tolerances)) {
    const [top] = await workbench.answer(picture(name));
    expect(top?.label, name).toBe('ship');
    const difference = Math.abs((top?.probability ?? 0) - (original?.probability ?? 1));
    expect(difference, name).toBeLessThanOrEqual(tolerance);
  }
});

test('a grey picture is answered too', async ({ workbench }) => {
  expect(await workbench.answer(picture('steamer-grey.png'))).toHaveLength(5);
});

const REFUSED = [
  { name: 'small.bmp', code: 'intake/unsupported', says: 'BMP' },
  { name: 'steamer.tiff', code: 'intake/unsupported', says: 'TIFF' },
] as const;

for (const { name, code, says } of REFUSED) {
  test(`${name} is refused by name of its format`, async ({ workbench }) => {
    const refusal = await workbench.refusal(picture(name));
    expect(refusal.code).toBe(code);
    expect(refusal.sentence).toContain(says);
  });
}

const MASKED = [
  ['a web page', '<!doctype html><html><script>alert(1)</script>', /HTML/],
  ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', /SVG/],
  ['a PDF', '%PDF-1.7\n%âãÏÓ', /PDF/],
  ['a ZIP', 'PK\u0003\u0004 and so on and on', /ZIP/],
  [
    'a Git LFS pointer',
    'version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 1\n',
    /LFS/,
  ],
  ['plain text', 'just some words, no picture at all', /text|unknown|not a picture/i],
] as const;

test('a file is what its bytes are, whatever its name and type say', async ({ workbench }) => {
  for (const [what, content, says] of MASKED) {
    const name = `${what.replaceAll(' ', '-')}.png`;
    const refusal = await workbench.refusal({
      name,
      mimeType: 'image/png',
      buffer: Buffer.from(content, 'latin1'),
    });
    expect(refusal.code, what).toMatch(/^intake\//);
    expect(refusal.sentence, what).toMatch(says);
  }
  const good = plainPng('holiday.txt');
  expect(await workbench.answer({ ...good, mimeType: 'text/plain' })).toHaveLength(5);
});

test('damaged pictures end in a sentence, and the next one works', async ({ workbench }) => {
  const whole = readFileSync(picture('steamer-progressive.jpg'));
  const cut = await workbench.refusal({
    name: 'cut.jpg',
    mimeType: 'image/jpeg',
    buffer: whole.subarray(0, 60),
  });
  expect(cut.code).toBe('intake/truncated');

  const lying = Buffer.from(readFileSync(picture('steamer.png')));
  lying.writeUInt32BE(4000, 16); // the width in IHDR, without mending its checksum
  const lie = await workbench.refusal({ name: 'lying.png', mimeType: '', buffer: lying });
  expect(lie.code).toMatch(/^intake\/(corrupt-header|decode-failed|size-mismatch)$/);

  const empty = await workbench.refusal({
    name: 'empty.png',
    mimeType: '',
    buffer: Buffer.alloc(0),
  });
  expect(empty.code).toBe('intake/empty');

  expect(await workbench.answer(picture('steamer.png'))).toHaveLength(5);
});

test('limits are named with their numbers', async ({ workbench }) => {
  const thin = png('thin.png', 1300, 10, () => [10, 20, 30, 255]);
  const refusedThin = await workbench.refusal(thin);
  expect(refusedThin.code).toBe('intake/too-thin');
  expect(refusedThin.sentence).toMatch(/64/);

  const tiny = await workbench.refusal(png('tiny.png', 7, 7, () => [1, 2, 3, 255]));
  expect(tiny.code).toBe('intake/side-too-short');

  const heavy = await workbench.refusal({
    name: 'heavy.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.concat([
      readFileSync(picture('steamer-progressive.jpg')),
      Buffer.alloc(33 * 1024 * 1024),
    ]),
  });
  expect(heavy.code).toBe('intake/too-large');
  expect(heavy.sentence).toMatch(/32 MiB/);
});
