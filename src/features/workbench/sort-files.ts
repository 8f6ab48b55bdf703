import { sniff } from '../../core/image/sniff.ts';

/** Files told apart, each kind in the order given. */
export interface SortedFiles {
  /** Also whatever nobody knows: the engine says what is wrong with it. */
  readonly pictures: readonly File[];
  readonly models: readonly File[];
}

/** The beginning that a model is known by. */
const HEAD_BYTES = 256;

/**
 * Tells model files from pictures: by the name `.onnx`, and a file that calls itself neither that nor a picture by its
 * first bytes. Nothing is decoded.
 */
export async function sortFiles(files: readonly File[]): Promise<SortedFiles> {
  const kinds = await Promise.all(files.map(isModel));
  return {
    pictures: files.filter((_, at) => kinds[at] === false),
    models: files.filter((_, at) => kinds[at] === true),
  };
}

async function isModel(file: File): Promise<boolean> {
  if (/\.onnx$/i.test(file.name)) return true;
  if (file.type.startsWith('image/')) return false;
  try {
    const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
    return sniff(head) === 'unknown' && beginsLikeOnnx(head);
  } catch {
    return false; // it cannot be read: the engine finds the words
  }
}

/**
 * The keys that may follow the first field of a ModelProto (onnx.proto): texts and messages with their length, the
 * model's version as a number; 0xa2 and 0xca begin the two-byte keys of training info and functions.
 */
const NEXT_KEYS: ReadonlySet<number> = new Set([
  ...[0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42, 0x72, 0xa2, 0xca],
]);

/** True for bytes that begin as every exporter's files do: the IR version, field 1, a small number; then a known field. */
export function beginsLikeOnnx([key, version = 0, next = 0]: Uint8Array): boolean {
  return key === 0x08 && version > 0 && version < 0x80 && NEXT_KEYS.has(next);
}
