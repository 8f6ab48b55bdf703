import type { ByteReader } from './bytes.ts';
import { corrupt } from './intake-error.ts';

/** A box of the ISO base media file format, without its header. */
export interface Box {
  readonly type: string;
  readonly body: ByteReader;
}

/** Version and flags, which begin the body of a FullBox (ISO/IEC 14496-12 section 4.2). */
export const FULL_BOX_BYTES = 4;

const SHORT_HEADER = 8;
const LONG_HEADER = 16;

/**
 * The boxes that make up `parent`, in order (ISO/IEC 14496-12 section 4.2). Does not look into them: callers
 * descend along a fixed path, so nesting in a file cannot cause recursion. Each box costs one step.
 *
 * @throws AppError while iterating: `intake/truncated`, `intake/corrupt-header`, `intake/header-not-found`
 */
export function* boxesIn(parent: ByteReader, from = 0): Generator<Box, void> {
  let at = from;
  while (at < parent.length) {
    const box = readBox(parent, at, false);
    yield box;
    at += box.bytes;
  }
}

/**
 * The boxes of a whole file as far as their headers are visible. The last may extend to the file's end by
 * having size 0; up to seven bytes of junk after it are ignored.
 *
 * @throws AppError while iterating: `intake/truncated`, `intake/corrupt-header`
 */
export function* boxesOfFile(file: ByteReader): Generator<Box, void> {
  let at = 0;
  while (file.sees(at, SHORT_HEADER)) {
    const box = readBox(file, at, true);
    yield box;
    at += box.bytes;
  }
}

/** Keeps the only box of its type; a second one would leave it to the decoder which of them counts. */
export function only(box: Box, earlier: ByteReader | undefined): ByteReader {
  if (earlier === undefined) return box.body;
  throw corrupt(box.body.format, `it has two “${box.type}” boxes where one is allowed`);
}

/**
 * The only box of this type in `parent`, or undefined.
 *
 * @throws AppError as {@link boxesIn}, and `intake/corrupt-header` when there are two
 */
export function childOf(parent: ByteReader, type: string, from = 0): ByteReader | undefined {
  let found: ByteReader | undefined;
  for (const box of boxesIn(parent, from)) {
    if (box.type === type) found = only(box, found);
  }
  return found;
}

/** Same as {@link childOf}, for a box that must be there. */
export function requiredChildOf(parent: ByteReader, type: string, from = 0): ByteReader {
  const found = childOf(parent, type, from);
  if (found === undefined) throw corrupt(parent.format, `its “${type}” box is missing`);
  return found;
}

function readBox(parent: ByteReader, at: number, openEnd: boolean): Box & { bytes: number } {
  const type = parent.fourCc(at + 4);
  let bytes = parent.u32be(at);
  let header = SHORT_HEADER;
  if (bytes === 1) {
    header = LONG_HEADER;
    bytes = parent.u64be(at + SHORT_HEADER);
  } else if (bytes === 0 && openEnd) {
    bytes = parent.length - at;
  }
  if (bytes < header) {
    throw corrupt(parent.format, `a box “${type}” claims a size of ${String(bytes)} bytes`);
  }
  parent.part(at, bytes, `box “${type}”`);
  return { type, bytes, body: parent.part(at + header, bytes - header, `box “${type}”`) };
}
