import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../../src/core/errors.ts';
import { CHUNK_BYTES } from '../../src/core/manifest/schema.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Reads a file whole.
 * @throws AppError `app/unreadable`, `app/too-large`.
 */
export function readBytes(file: string, maxBytes: number): Bytes {
  let size: number;
  let bytes: Bytes = new Uint8Array(0);
  try {
    size = statSync(file).size;
    if (size <= maxBytes) bytes = Uint8Array.from(readFileSync(file));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('app/unreadable', `${file} cannot be read (${why}).`, { cause });
  }
  if (size <= maxBytes) return bytes;
  throw new AppError(
    'app/too-large',
    `${file} has ${size.toLocaleString('en')} bytes; at most ${maxBytes.toLocaleString('en')} are allowed.`,
  );
}

/** @throws AppError `app/unreadable`, `app/not-json`, `app/too-large`. */
export function readJson(file: string, maxBytes: number): unknown {
  const bytes = readBytes(file, maxBytes);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (cause) {
    throw new AppError('app/not-json', `${file} is not JSON.`, { cause });
  }
}

/** Writes a file in one step: whoever reads meanwhile gets the old one or the new one. Folders are made. */
export function writeWhole(file: string, content: string | Bytes): void {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${String(process.pid)}.tmp`;
  const handle = openSync(temporary, 'w', 0o644);
  try {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, file);
}

/** Puts a file there, or finds it there. @throws AppError `app/in-the-way` when another file has its name. */
export function putFile(file: string, bytes: Bytes): void {
  if (existsSync(file)) {
    if (sha256(readFileSync(file)) === sha256(bytes)) return;
    throw new AppError(
      'app/in-the-way',
      `${file} is there already and has other content. Choose another --id, or remove it.`,
    );
  }
  writeWhole(file, bytes);
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** SHA-256 of each MiB, as a manifest lists them. */
export function chunkDigests(bytes: Uint8Array): { bytes: number; sha256: string[] } {
  const count = Math.ceil(bytes.length / CHUNK_BYTES);
  const digestAt = (index: number) =>
    sha256(bytes.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES));
  return {
    bytes: CHUNK_BYTES,
    sha256: Array.from({ length: count }, (_, index) => digestAt(index)),
  };
}
