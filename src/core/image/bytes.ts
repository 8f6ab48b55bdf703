import { limitOf } from '../limits.ts';
import { corrupt, headerNotFound, truncated } from './intake-error.ts';
import type { AcceptedFormat } from './types.ts';

interface View {
  readonly bytes: Uint8Array;
  readonly format: AcceptedFormat;
  readonly fileBytes: number;
  /** Bytes of the file that may be read; what lies behind is known only by its length. */
  readonly searched: number;
  readonly base: number;
  readonly length: number;
  /** Name of the part for messages; absent for the file as a whole. */
  readonly part?: string;
}

/**
 * Bounds-checked random access to the beginning of a file, or to a part of it.
 *
 * Offsets are relative to the part. Every read is checked, so a parser built on it cannot read past the end,
 * whatever the file claims; reads never allocate. Reading outside throws:
 * - `intake/truncated` when the *file* is too short,
 * - `intake/corrupt-header` when a field points outside the part it belongs to,
 * - `intake/header-not-found` when the bytes exist but lie beyond the part of the file that was given.
 */
export class ByteReader {
  readonly #view: View;

  private constructor(view: View) {
    this.#view = view;
  }

  /**
   * A reader for a whole file.
   *
   * @param head the file's first bytes; at most the first `LIMITS.headerBytes` of them are looked at
   * @param fileBytes the length of the whole file, in bytes
   */
  static ofFile(head: Uint8Array, fileBytes: number, format: AcceptedFormat): ByteReader {
    const searched = Math.min(head.length, fileBytes, limitOf('headerBytes'));
    return new ByteReader({ bytes: head, format, fileBytes, searched, base: 0, length: fileBytes });
  }

  /** The format that is being read, for messages. */
  get format(): AcceptedFormat {
    return this.#view.format;
  }

  /** Length of this part in bytes, as declared; not all of it need be visible. */
  get length(): number {
    return this.#view.length;
  }

  /** True when `count` bytes at `offset` belong to this part and can be read. */
  sees(offset: number, count: number): boolean {
    const { base, length, searched } = this.#view;
    return offset >= 0 && offset + count <= length && base + offset + count <= searched;
  }

  /**
   * The `length` bytes at `offset` as a reader of their own. They must belong to this part, but need not be
   * visible yet.
   *
   * @throws AppError `intake/truncated` or `intake/corrupt-header`
   */
  part(offset: number, length: number, name: string): ByteReader {
    this.#mustContain(offset, length, name);
    return new ByteReader({ ...this.#view, base: this.#view.base + offset, length, part: name });
  }

  /** Unsigned 8-bit number at `offset`. */
  u8(offset: number): number {
    this.#mustContain(offset, 1);
    const byte = this.sees(offset, 1) ? this.#view.bytes[this.#view.base + offset] : undefined;
    if (byte === undefined) throw headerNotFound(this.format, this.#view.searched);
    return byte;
  }

  /** Unsigned 16-bit number, most significant byte first. */
  u16be(offset: number): number {
    this.#mustContain(offset, 2);
    return this.u8(offset) * 0x100 + this.u8(offset + 1);
  }

  /** Unsigned 16-bit number, least significant byte first. */
  u16le(offset: number): number {
    this.#mustContain(offset, 2);
    return this.u8(offset) + this.u8(offset + 1) * 0x100;
  }

  /** Unsigned 24-bit number, least significant byte first. */
  u24le(offset: number): number {
    this.#mustContain(offset, 3);
    return this.u16le(offset) + this.u8(offset + 2) * 0x1_0000;
  }

  /** Unsigned 32-bit number, most significant byte first. */
  u32be(offset: number): number {
    this.#mustContain(offset, 4);
    return this.u16be(offset) * 0x1_0000 + this.u16be(offset + 2);
  }

  /** Unsigned 32-bit number, least significant byte first. */
  u32le(offset: number): number {
    this.#mustContain(offset, 4);
    return this.u16le(offset) + this.u16le(offset + 2) * 0x1_0000;
  }

  /** Unsigned 64-bit number, most significant byte first; beyond 2^53 it is off by rounding, never too small to refuse. */
  u64be(offset: number): number {
    this.#mustContain(offset, 8);
    return this.u32be(offset) * 0x1_0000_0000 + this.u32be(offset + 4);
  }

  /** A four-character code; bytes above 0x7e or below 0x20 become `?`, so that messages stay readable. */
  fourCc(offset: number): string {
    this.#mustContain(offset, 4);
    let code = '';
    for (let i = 0; i < 4; i++) {
      const byte = this.u8(offset + i);
      code += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '?';
    }
    return code;
  }

  /** True when the bytes at `offset` are exactly `text` (Latin-1); false also when they are not all there. */
  startsWith(text: string, offset = 0): boolean {
    if (!this.sees(offset, text.length)) return false;
    for (let i = 0; i < text.length; i++) {
      if (this.u8(offset + i) !== text.charCodeAt(i)) return false;
    }
    return true;
  }

  #mustContain(offset: number, count: number, name = 'a field'): void {
    const { length, base, format, fileBytes, part } = this.#view;
    if (offset >= 0 && offset + count <= length) return;
    if (part === undefined) throw truncated(format, base + offset + count, fileBytes);
    const needed = offset + count;
    throw corrupt(
      format,
      `${part} is ${String(length)} bytes long, but ${name} in it ends at byte ${String(needed)}`,
      { needed, actual: length },
    );
  }
}
