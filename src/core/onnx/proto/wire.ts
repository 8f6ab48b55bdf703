import type { AppError } from '../../errors.ts';
import { grouped } from '../../image/intake-error.ts';
import { cutOff, malformed } from '../gate-error.ts';
import { MAX_NAME_BYTES } from './name-table.ts';
import type { NameTable } from './name-table.ts';
import type { Scratch } from './scratch.ts';
import { SourceFile } from './source-file.ts';
import type { Span } from './source-file.ts';

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

/** How a single value of a field is encoded. */
export type WireKind = 'varint' | 'fixed32' | 'fixed64' | 'bytes';

const TYPE_OF_KIND: Readonly<Record<WireKind, number>> = {
  varint: VARINT,
  fixed32: FIXED32,
  fixed64: FIXED64,
  bytes: LENGTH,
};

/** 64 bits, 7 in a byte. */
const MAX_VARINT_BYTES = 10;

/** Deeper than any message this reader follows; a loop in the code above it ends here. */
const MAX_DEPTH = 16;

/**
 * Reads one protobuf message field by field, without copying.
 *
 * `while (message.next()) switch (message.field)`; each case takes the value with one of the accessors, the
 * default case calls {@link WireReader.skip}. Every length is checked against what is left of the message, so that
 * no read leaves it, whatever the file claims. Field by field the cost is linear in the message's bytes.
 *
 * Encoding: https://protobuf.dev/programming-guides/encoding. Refused although some parsers take them: groups,
 * field number 0, values of 32-bit fields that need more bits (parsers differ in what they make of those).
 *
 * Accessors throw AppError `gate/malformed`, `gate/truncated` or `gate/too-complex`.
 */
export class WireReader {
  /** Number of the present field, after {@link next} returned true. */
  field = 0;
  readonly #file: SourceFile;
  readonly #depth: number;
  /** What the message is, for refusals. */
  #name = '';
  /** Offset of the next unread byte. */
  #at = 0;
  #end = 0;
  #type = VARINT;
  // The varint read last, as two unsigned halves: a JavaScript number holds 53 bits only.
  #low = 0;
  #high = 0;
  /** One bit for each singular message met; their field numbers are below 32. */
  #seen = 0;
  /** The reader of the messages inside this one, which are read one after the other. */
  #inner: WireReader | null = null;

  private constructor(file: SourceFile, depth: number) {
    this.#file = file;
    this.#depth = depth;
  }

  /** A reader of the file's outermost message. */
  static ofFile(bytes: Uint8Array): WireReader {
    return new WireReader(new SourceFile(bytes), 0).#over(0, bytes.length, 'model');
  }

  /** This reader at the beginning of a message. */
  #over(start: number, end: number, name: string): this {
    const depth = this.#depth;
    if (depth > MAX_DEPTH) throw malformed(`${name} is nested too deeply`, start, { depth });
    this.#name = name;
    this.#at = start;
    this.#end = end;
    this.#seen = 0;
    return this;
  }

  /** The bytes of the whole file. */
  get bytes(): Uint8Array {
    return this.#file.bytes;
  }

  /** The names of the whole file. */
  get names(): NameTable {
    return this.#file.names;
  }

  /** Offset of the next unread byte, from the file's beginning. */
  get offset(): number {
    return this.#at;
  }

  /** Offset of the message's end. */
  get end(): number {
    return this.#end;
  }

  /** Goes to the next field. @returns false at the message's end */
  next(): boolean {
    if (this.#at >= this.#end) return false;
    const start = this.#at;
    this.#readVarint();
    const tag = this.#low;
    this.#type = tag & 7;
    this.field = tag >>> 3;
    const known =
      this.#type === VARINT ||
      this.#type === FIXED64 ||
      this.#type === LENGTH ||
      this.#type === FIXED32;
    if (this.#high !== 0 || this.field === 0 || !known) {
      throw malformed(`${this.#name} has a field of unknown kind`, start, { tag });
    }
    return true;
  }

  /** Passes over the present field. */
  skip(): void {
    if (this.#type === VARINT) this.#readVarint();
    else if (this.#type === FIXED64) this.#take(8);
    else if (this.#type === FIXED32) this.#take(4);
    else this.#takeLength();
  }

  /** An int64 or uint64 as the nearest number; beyond ±2^53 it is rounded. */
  int64(): number {
    this.#expect(VARINT);
    this.#readVarint();
    return (this.#high | 0) * 0x1_0000_0000 + this.#low;
  }

  /** A size or a version, exactly: one beyond ±2^53 is refused, with all its digits. @param what “a declared side” */
  size(what: string): number {
    const start = this.#at;
    const value = this.int64();
    if (!Number.isSafeInteger(value)) throw this.#tooLarge(what, start);
    return value;
  }

  /** An int32 or enum. */
  int32(): number {
    const start = this.#at;
    const value = this.int64();
    if (value !== (value | 0)) {
      throw malformed(`field ${String(this.field)} of ${this.#name} is out of range`, start);
    }
    return value;
  }

  /** A float32. */
  float(): number {
    this.#expect(FIXED32);
    return this.#file.view.getFloat32(this.#take(4), true);
  }

  /** A name, as its number in {@link names}. */
  name(): number {
    const start = this.#takeLength();
    const length = this.#at - start;
    if (length > MAX_NAME_BYTES) {
      const problem = `a name in ${this.#name} has ${grouped(length)} bytes; ${grouped(MAX_NAME_BYTES)} are plenty`;
      throw malformed(problem, start, { bytes: length, limit: MAX_NAME_BYTES });
    }
    return this.#file.name(start, this.#at);
  }

  /** A name as a text; a sequence that is not UTF-8 becomes U+FFFD, so that it shows. */
  nameText(): string {
    return this.#file.names.text(this.name());
  }

  /** A text that names nothing, of any length, of which the beginning is enough. @param most bytes that are read of it. */
  text(most = MAX_NAME_BYTES): string {
    const start = this.#takeLength();
    if (this.#at - start <= most) return this.#file.text(start, this.#at);
    return `${this.#file.text(start, start + most)}…`;
  }

  /** Where the bytes of a length-delimited field are. */
  lengthDelimited(): Span {
    const start = this.#takeLength();
    return { start, end: this.#at };
  }

  /**
   * A nested message that may be there several times. Its reader is this one's for all of them: it is to be read
   * before the next is asked for.
   */
  message(name: string): WireReader {
    const start = this.#takeLength();
    this.#file.count(start);
    this.#inner ??= new WireReader(this.#file, this.#depth + 1);
    return this.#inner.#over(start, this.#at, name);
  }

  /**
   * A nested message that may be there once. Parsers merge a second one into the first; a reader that does not
   * would judge another model than the runtime runs, so two are refused.
   */
  onlyMessage(name: string): WireReader {
    const bit = 1 << this.field;
    if ((this.#seen & bit) !== 0)
      throw malformed(`${this.#name} has more than one ${name}`, this.#at);
    this.#seen |= bit;
    return this.message(name);
  }

  /** Appends the int64 values of a repeated field, packed or not. */
  int64s(into: Scratch<number>): void {
    this.#repeated(VARINT, () => {
      into.add(this.int64());
    });
  }

  /** Appends the sizes of a repeated field, packed or not. */
  sizes(what: string, into: Scratch<number>): void {
    // One by one, as sides mostly are: without a function made for it, of which there may be hundreds of thousands.
    if (this.#type === VARINT) {
      this.#file.count(this.#at);
      into.add(this.size(what));
    } else
      this.#repeated(VARINT, () => {
        into.add(this.size(what));
      });
  }

  /** Appends the float32 values of a repeated field, packed or not. */
  floats(into: Scratch<number>): void {
    this.#repeated(FIXED32, () => {
      into.add(this.float());
    });
  }

  /** Where the values of a repeated field are, packed or a single one; they are not read. */
  values(kind: WireKind): Span {
    const start = this.#at;
    this.#file.count(start);
    if (this.#type === LENGTH) return this.lengthDelimited();
    this.#expect(TYPE_OF_KIND[kind]);
    this.skip();
    return { start, end: this.#at };
  }

  /** Refuses the message at the present place. */
  refuse(problem: string): never {
    throw malformed(problem, this.#at);
  }

  #repeated(type: number, take: () => void): void {
    if (this.#type === type) {
      this.#file.count(this.#at);
      take();
      return;
    }
    const { start, end } = this.lengthDelimited();
    const outer = this.#end;
    this.#at = start;
    this.#end = end;
    this.#type = type;
    while (this.#at < end) {
      this.#file.count(this.#at);
      take();
    }
    this.#end = outer;
  }

  /** The refusal of the varint read last, with all its digits. */
  #tooLarge(what: string, start: number): AppError {
    const value = BigInt.asIntN(64, (BigInt(this.#high) << 32n) | BigInt(this.#low));
    const size = value.toLocaleString('en-US');
    const most = grouped(Number.MAX_SAFE_INTEGER);
    return malformed(`${what} is ${size}, and only numbers up to ±${most} are read`, start, {
      size,
    });
  }

  #expect(type: number): void {
    if (this.#type !== type) {
      throw malformed(`field ${String(this.field)} of ${this.#name} has the wrong kind`, this.#at);
    }
  }

  /** Passes over a length-delimited field. @returns where its bytes begin; they end at the next unread byte */
  #takeLength(): number {
    this.#expect(LENGTH);
    this.#readVarint();
    return this.#take(this.#high * 0x1_0000_0000 + this.#low);
  }

  /** Passes over bytes. @returns where they begin */
  #take(count: number): number {
    const start = this.#at;
    const end = start + count;
    if (end > this.#end) throw this.#beyond(end);
    this.#at = end;
    return start;
  }

  #readVarint(): void {
    const { bytes } = this.#file;
    const start = this.#at;
    const only = start < this.#end ? (bytes[start] ?? 0) : 0x80;
    // Nearly all take one byte.
    if (only < 0x80) {
      this.#at = start + 1;
      this.#low = only;
      this.#high = 0;
      return;
    }
    let low = 0;
    let high = 0;
    for (let index = 0; index < MAX_VARINT_BYTES; index += 1) {
      const at = start + index;
      if (at >= this.#end) throw this.#beyond(at + 1);
      const byte = bytes[at] ?? 0;
      const bits = byte & 0x7f;
      const shift = 7 * index;
      if (shift < 32) low |= bits << shift;
      if (shift > 28) high |= bits << (shift - 32);
      else if (shift === 28) high |= bits >>> 4;
      if (byte < 0x80) {
        this.#at = at + 1;
        this.#low = low >>> 0;
        this.#high = high >>> 0;
        return;
      }
    }
    throw malformed(
      `a number in ${this.#name} has more than ${String(MAX_VARINT_BYTES)} bytes`,
      start,
    );
  }

  /** The refusal of a read up to `needed`: the file is too short, or a part claims more than its whole. */
  #beyond(needed: number): AppError {
    const fileBytes = this.#file.bytes.length;
    if (this.#depth === 0 && this.#end === fileBytes) return cutOff(needed, fileBytes);
    const problem = `a field of ${this.#name} reaches beyond its end`;
    return malformed(problem, this.#at, { needed, end: this.#end });
  }
}
