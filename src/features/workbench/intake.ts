import type { NewPicture } from './state/bench.ts';

/** What the file dialog offers; iOS converts HEIC to JPEG when JPEG is asked for. The engine judges the bytes. */
export const ACCEPT = 'image/jpeg,image/png,image/webp,image/avif,image/gif';

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

/** The pictures on a clipboard; text and other content is none of our business. */
export function picturesPasted(data: DataTransfer | null): readonly NewPicture[] {
  const files = [...(data?.files ?? [])].filter(({ type }) => type.startsWith('image/'));
  return picturesFrom(files, 'paste');
}

/** True when a drag carries files (from a file manager or another window), not text or a link. */
export function carriesFiles(data: DataTransfer | null): boolean {
  return data?.types.includes('Files') ?? false;
}
