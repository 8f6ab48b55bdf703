import type { FileKind } from '../../core/image/kinds.ts';
import { sniff } from '../../core/image/sniff.ts';
import { kindByName } from '../library/own/file-kinds.ts';

/** Files told apart, each kind in the order given. */
export interface SortedFiles {
  /** Also whatever nobody knows: the engine says what is wrong with it. */
  readonly pictures: readonly File[];
  readonly models: readonly File[];
  /** Texts that may hold names of classes. */
  readonly labels: readonly File[];
  /** Second files of models, with their weights. */
  readonly weights: readonly File[];
}

type Kind = 'picture' | 'model' | 'labels' | 'weights';

/** The beginning that a model is known by. */
const HEAD_BYTES = 256;

/**
 * Tells the files of models from pictures: by their names, and a file that calls itself neither that nor a picture by
 * its first bytes. Nothing is decoded.
 * @param wantsLabels whether somebody takes labels; beside a model they are taken anyway, else texts are no better than
 * pictures.
 */
export async function sortFiles(
  files: readonly File[],
  wantsLabels: boolean,
): Promise<SortedFiles> {
  const found = await Promise.all(files.map(kindOf));
  const takesLabels = wantsLabels || found.includes('model');
  const kinds = found.map((kind) => (kind === 'labels' && !takesLabels ? 'picture' : kind));
  const of = (kind: Kind) => files.filter((_, at) => kinds[at] === kind);
  return {
    pictures: of('picture'),
    models: of('model'),
    labels: of('labels'),
    weights: of('weights'),
  };
}

async function kindOf(file: File): Promise<Kind> {
  const named = kindByName(file.name);
  if (named === 'model' || named === 'weights') return named;
  if (file.type.startsWith('image/')) return 'picture';
  try {
    const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
    const kind = sniff(head);
    if (kind === 'unknown' && beginsLikeOnnx(head)) return 'model';
    const saysText = named === 'labels' || file.type === 'text/plain';
    return saysText && TEXTS.has(kind) ? 'labels' : 'picture';
  } catch {
    return 'picture'; // it cannot be read: the engine finds the words
  }
}

/** What a short list of words is taken for. */
const TEXTS: ReadonlySet<FileKind> = new Set(['text', 'unknown', 'empty']);

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
