import type { LabelsOutcome } from '../library/own/state/work.ts';
import type { NewPicture } from './state/bench.ts';

/** What the file dialog offers; iOS converts HEIC to JPEG when JPEG is asked for. The engine judges the bytes. */
export const ACCEPT = 'image/jpeg,image/png,image/webp,image/avif,image/gif';

/** What was dropped or pasted instead of a picture, or beside one. */
export type RemarkKind =
  | ('link' | 'text' | 'nothing' | 'no-picture')
  | ('model-waits' | 'models' | 'weights' | 'labels-several')
  | LabelsOutcome;

/** Files as pictures for the bench. Whether they are pictures at all is judged by their bytes, later. */
export function picturesFrom(
  files: Iterable<File>,
  source: NewPicture['source'],
): readonly NewPicture[] {
  return Array.from(files, (file) => ({
    name: file.name === '' ? 'unnamed picture' : file.name,
    blob: file,
    source,
  }));
}

/**
 * The name of a pasted picture: browsers call every bitmap "image.png", and two pictures of one name cannot be
 * told apart. A copied file keeps its own.
 * @param nth which bitmap it is, from 1.
 * @returns null when the name is one of its own.
 */
export function pastedName(name: string, nth: number): string | null {
  const [, extension] = /^image(\.[a-z0-9]+)$/i.exec(name) ?? [];
  return extension === undefined ? null : `pasted ${String(nth)}${extension}`;
}

/**
 * A name that no picture on the bench has: "steamer.png", then "steamer 2.png".
 * @param taken the names that are there.
 */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  const [, stem = name, extension = ''] = /^(.+?)(\.[^.]*)?$/.exec(name) ?? [];
  let free = name;
  for (let nth = 2; taken.has(free); nth += 1) free = `${stem} ${String(nth)}${extension}`;
  return free;
}

/** True when a drag carries files (from a file manager or another window), not text or a link. */
export function carriesFiles(data: Pick<DataTransfer, 'types'> | null): boolean {
  return data?.types.includes('Files') ?? false;
}

/** What a drop without files was. */
export function kindOfDrop(data: Pick<DataTransfer, 'types'> | null): RemarkKind {
  const types = data?.types ?? [];
  if (types.includes('text/uri-list')) return 'link';
  return types.some((type) => type.startsWith('text/')) ? 'text' : 'nothing';
}

/** What a paste without a picture was: copied from an address bar or a menu, a link is plain text. */
export function kindOfPaste(data: Pick<DataTransfer, 'types' | 'getData'> | null): RemarkKind {
  const text = data?.getData('text/plain').trim() ?? '';
  const link = /^https?:\/\/\S+$/i.test(text) || data?.types.includes('text/uri-list') === true;
  return link ? 'link' : 'no-picture';
}

/** True where a paste belongs to a field that takes text. */
export function takesText(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      'textarea, [contenteditable]:not([contenteditable="false"]), input:not([type="file"], [type="range"], [type="radio"], [type="checkbox"])',
    ) !== null
  );
}
