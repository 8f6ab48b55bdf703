import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHeader } from './header.ts';
import { judgePicture } from './policy.ts';
import { sniff } from './sniff.ts';
import { bytes } from './testing/bytes.ts';
import { outcome } from './testing/outcome.ts';
import { REAL_FILES, realFile } from './testing/real-files.ts';
import { SAMPLES } from './testing/samples.ts';
import { watched } from './testing/watched.ts';

const REAL = (Object.keys(REAL_FILES) as (keyof typeof REAL_FILES)[]).map(
  (name) => [name, realFile(name)] as const,
);
const FILES = [...Object.entries(SAMPLES), ...REAL];

/** Reads under watch: any access outside the bytes, and any exception but an AppError, fails the test. */
function judged(head: Uint8Array, fileBytes = head.length): string {
  return outcome(() => readHeader(watched(head).head, fileBytes));
}

describe.each(FILES)('%s', (_name, file) => {
  it('is sound', () => {
    expect(judged(file)).toBe('ok');
  });

  it('is refused in good order, or read, when cut off at any byte', () => {
    for (let end = 0; end < file.length; end++) {
      // Cut off: the file is shorter. Not yet seen: the file is whole, but only its beginning was given.
      expect(judged(file.subarray(0, end))).toMatch(/^ok$|^intake\//);
      expect(judged(file.subarray(0, end), file.length)).toMatch(/^ok$|^intake\//);
    }
    expect(judged(file.subarray(0, 20))).not.toBe('ok');
  });

  it('never causes anything but a refusal when any one byte is extreme', () => {
    // Every byte of the small files; the larger ones are sampled to keep the run short.
    const step = Math.ceil(file.length / 700);
    for (let at = 0; at < file.length; at += step) {
      for (const value of [0x00, 0x01, 0x7f, 0x80, 0xff]) {
        const broken = Uint8Array.from(file);
        broken[at] = value;
        expect(judged(broken)).toMatch(/^ok$|^intake\//);
      }
    }
  });

  it('never causes anything but a refusal when mutated at random', () => {
    const edit = fc.record({
      at: fc.nat({ max: file.length - 1 }),
      remove: fc.nat({ max: 6 }),
      insert: fc.uint8Array({ maxLength: 6 }),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), fc.nat(), (edits, extra) => {
        let broken = file;
        for (const { at, remove, insert } of edits) {
          broken = bytes(broken.subarray(0, at), insert, broken.subarray(at + remove));
        }
        expect(judged(broken)).toMatch(/^ok$|^intake\//);
        expect(judged(broken, broken.length + extra)).toMatch(/^ok$|^intake\//);
      }),
      { numRuns: 200 },
    );
  });
});

describe('random bytes', () => {
  const random = fc.uint8Array({ maxLength: 2_000 });
  const STARTS = FILES.flatMap(([, file]) => [12, 16, 30].map((count) => file.subarray(0, count)));

  it('are named without an exception and without reading beyond them', () => {
    fc.assert(fc.property(random, (noise) => typeof sniff(watched(noise).head) === 'string'));
  });

  it('are refused, also after a sound beginning', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(new Uint8Array(), ...STARTS),
        random,
        fc.nat(),
        (start, noise, extra) => {
          const file = bytes(start, noise);
          expect(outcome(() => judgePicture(watched(file).head, file.length))).toMatch(
            /^ok$|^intake\//,
          );
          expect(judged(file, file.length + extra)).toMatch(/^ok$|^intake\//);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

describe('the watch itself', () => {
  it('notices a read outside the bytes', () => {
    const { head, reads } = watched(Uint8Array.from([1, 2]));
    expect(head[1]).toBe(2);
    expect(() => head[2]).toThrow('Byte 2 of 2');
    expect(() => head[-1]).toThrow();
    expect(() => head.subarray(0, 1)).toThrow();
    expect(reads()).toBe(1);
  });
});
