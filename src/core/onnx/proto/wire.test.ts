import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../errors.ts';
import { field, joined, text, varint, whole } from '../testing/build-onnx.ts';
import { Scratch } from './scratch.ts';
import { WireReader } from './wire.ts';

function at(bytes: Uint8Array): WireReader {
  const reader = WireReader.ofFile(bytes);
  expect(reader.next()).toBe(true);
  return reader;
}

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown.code;
    throw thrown;
  }
  return 'nothing thrown';
}

describe('WireReader', () => {
  it('reads every 64-bit number as the nearest JavaScript number', () => {
    const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    fc.assert(
      fc.property(int64, (value) => {
        // Two halves are added; the sum is rounded once, as Number rounds.
        expect(at(whole(3, value)).int64()).toBe(Number(value));
      }),
    );
  });

  it('reads numbers that are longer than they need be, up to ten bytes', () => {
    expect(at(Uint8Array.of(8, 0x85, 0x80, 0x80, 0x00)).int64()).toBe(5);
    const ten = Uint8Array.of(8, 0x85, ...Array<number>(8).fill(0x80), 0);
    expect(at(ten).int64()).toBe(5);
    const eleven = Uint8Array.of(8, ...Array<number>(10).fill(0x80), 0);
    expect(codeOf(() => at(eleven).int64())).toBe('gate/malformed');
  });

  it('refuses 32-bit fields with more bits, which parsers read differently', () => {
    expect(at(whole(1, -1)).int32()).toBe(-1);
    expect(codeOf(() => at(whole(1, 2 ** 32 + 1)).int32())).toBe('gate/malformed');
  });

  it('reads repeated numbers packed and one by one', () => {
    const bytes = joined(whole(8, 1), field(8, varint(2), varint(-3)), whole(8, 4));
    const reader = WireReader.ofFile(bytes);
    const found = new Scratch<number>();
    while (reader.next()) reader.int64s(found);
    expect(found.taken()).toEqual([1, 2, -3, 4]);
  });

  it('refuses a packed number that runs out of its field into the next', () => {
    const bytes = joined(field(8, Uint8Array.of(0x80)), whole(8, 1));
    expect(
      codeOf(() => {
        at(bytes).int64s(new Scratch());
      }),
    ).toBe('gate/malformed');
  });

  it('passes over fields it does not know, of every kind', () => {
    const bytes = joined(
      whole(100, 7),
      joined(varint(101 * 8 + 1), new Uint8Array(8)),
      joined(varint(102 * 8 + 5), new Uint8Array(4)),
      text(103, 'unknown'),
      whole(1, 42),
    );
    const reader = WireReader.ofFile(bytes);
    let found = 0;
    while (reader.next()) {
      if (reader.field === 1) found = reader.int64();
      else reader.skip();
    }
    expect(found).toBe(42);
  });

  it('says truncated at the end of the file and malformed inside of it', () => {
    expect(codeOf(() => at(Uint8Array.of(10, 5, 1)).text())).toBe('gate/truncated');
    const inner = joined(field(1, varint(10), varint(5)), whole(2, 1));
    const message = at(inner).message('part');
    message.next();
    expect(codeOf(() => message.text())).toBe('gate/malformed');
  });

  it('reads messages one after the other, each from its own beginning to its own end', () => {
    const inner = (value: number) => field(1, whole(1, value), field(2, whole(1, value)));
    const message = WireReader.ofFile(joined(inner(1), inner(2), field(1), inner(3)));
    const found: number[][] = [];
    while (message.next()) {
      const part = message.message('part');
      const values: number[] = [];
      while (part.next()) {
        const nested = part.field === 2 ? part.onlyMessage('nested') : part;
        if (nested !== part) nested.next();
        values.push(nested.int64());
      }
      found.push(values);
    }
    expect(found).toEqual([[1, 1], [2, 2], [], [3, 3]]);
  });

  it('refuses messages nested without end', () => {
    let bytes: Uint8Array = field(1);
    for (let depth = 0; depth < 20; depth += 1) bytes = field(1, bytes);
    const descend = (reader: WireReader): void => {
      if (reader.next()) descend(reader.message('part'));
    };
    expect(
      codeOf(() => {
        descend(WireReader.ofFile(bytes));
      }),
    ).toBe('gate/malformed');
  });

  it('keeps a byte order mark, so that two names stay two', () => {
    expect(at(text(1, '\ufeffname')).text()).toBe('\ufeffname');
  });
});
