import { describe, expect, it } from 'vitest';
import { ByteReader } from './bytes.ts';
import { refusal } from './testing/outcome.ts';

const FILE = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
const reader = ByteReader.ofFile(FILE, FILE.length, 'png');

describe('ByteReader', () => {
  it('reads numbers of either byte order', () => {
    expect(reader.u8(9)).toBe(10);
    expect(reader.u16be(0)).toBe(0x0102);
    expect(reader.u16le(0)).toBe(0x0201);
    expect(reader.u24le(0)).toBe(0x030201);
    expect(reader.u32be(0)).toBe(0x01020304);
    expect(reader.u32le(6)).toBe(0x0a090807);
    expect(reader.u64be(2)).toBe(0x03040506 * 2 ** 32 + 0x0708090a);
    const high = Uint8Array.from([255, 255, 255, 255]);
    expect(ByteReader.ofFile(high, 4, 'png').u32be(0)).toBe(0xffff_ffff);
  });

  it('calls a read beyond the file truncated, with the numbers', () => {
    const error = refusal(() => reader.u32be(7));
    expect(error.code).toBe('intake/truncated');
    expect(error.details).toEqual({ format: 'png', needed: 11, actual: 10 });
    expect(error.message).toContain('needs at least 11 bytes, but the file has only 10');
    expect(refusal(() => reader.part(4, 7, 'x')).code).toBe('intake/truncated');
  });

  it('calls a read beyond a part, or before it, corrupt', () => {
    const part = reader.part(2, 3, 'chunk ABCD');
    expect(part.u16be(1)).toBe(0x0405);
    expect(refusal(() => part.u16be(2)).code).toBe('intake/corrupt-header');
    expect(refusal(() => part.u8(-1)).code).toBe('intake/corrupt-header');
    expect(refusal(() => part.part(1, 3, 'a box')).message).toContain('chunk ABCD is 3 bytes long');
  });

  it('calls a read beyond the visible part not found', () => {
    const part = ByteReader.ofFile(FILE, 1000, 'gif').part(8, 500, 'x');
    expect(part.length).toBe(500);
    expect(part.sees(0, 2)).toBe(true);
    expect(part.sees(0, 3)).toBe(false);
    expect(part.u8(1)).toBe(10);
    expect(refusal(() => part.u8(2)).code).toBe('intake/header-not-found');
  });

  it('does not look beyond the first MiB even when given more', () => {
    const MiB = 1024 * 1024;
    const large = ByteReader.ofFile(new Uint8Array(MiB + 1), MiB + 1, 'gif');
    expect(large.u8(MiB - 1)).toBe(0);
    expect(refusal(() => large.u8(MiB)).message).toContain('first 1 MiB');
  });

  it('compares text and keeps codes printable', () => {
    const text = ByteReader.ofFile(
      Uint8Array.from(Buffer.from('IHDR\0\x7f\xff~', 'latin1')),
      8,
      'png',
    );
    expect(text.startsWith('HDR', 1)).toBe(true);
    expect(text.startsWith('IHDR\0\x7f\xff~more')).toBe(false);
    expect(text.fourCc(4)).toBe('???~');
  });
});
