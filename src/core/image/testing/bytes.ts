/** Whatever {@link bytes} can join: text is Latin-1, one byte per character. */
export type Piece = string | readonly number[] | Uint8Array;

/** Joins pieces to one array of bytes. */
export function bytes(...pieces: readonly Piece[]): Uint8Array<ArrayBuffer> {
  const parts = pieces.map((piece) =>
    typeof piece === 'string' ? Buffer.from(piece, 'latin1') : Uint8Array.from(piece),
  );
  return Uint8Array.from(Buffer.concat(parts));
}

/** `count` bytes of a number, most significant first. */
export function be(value: number, count: number): number[] {
  return le(value, count).reverse();
}

/** `count` bytes of a number, least significant first. */
export function le(value: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.floor(value / 256 ** i) % 256);
}

/** A copy with other bytes at an offset. */
export function patched(original: Uint8Array, offset: number, ...pieces: Piece[]): Uint8Array {
  const copy = Uint8Array.from(original);
  copy.set(bytes(...pieces), offset);
  return copy;
}

/** EXIF data (TIFF) with an orientation and nothing else. */
export function exif(orientation: number, littleEndian = true): Uint8Array {
  const put = littleEndian ? le : be;
  return bytes(
    ...[littleEndian ? 'II' : 'MM', put(42, 2), put(8, 4), put(1, 2)],
    ...[put(0x0112, 2), put(3, 2), put(1, 4), put(orientation, 2), [0, 0]],
    put(0, 4),
  );
}
