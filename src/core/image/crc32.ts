import type { ByteReader } from './bytes.ts';

/**
 * CRC-32 as PNG uses it (ISO 3309, polynomial 0xEDB88320 reflected; PNG third edition, annex D), bit by bit:
 * it is only ever taken of the 17 bytes of an IHDR chunk, which no table would pay for.
 *
 * @returns an unsigned 32-bit number
 * @throws AppError `intake/*` when the bytes are not all there
 */
export function crc32(reader: ByteReader, offset: number, count: number): number {
  let crc = 0xffff_ffff;
  for (let i = 0; i < count; i++) {
    crc ^= reader.u8(offset + i);
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb8_8320 : 0);
  }
  return ~crc >>> 0;
}
