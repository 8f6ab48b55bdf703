import { AppError } from '../../core/errors.ts';

/**
 * The bytes of a file as it is on the person's disk now.
 * @param what the file as the beginning of a sentence.
 * @throws AppError `intake/unreadable` where it is gone or locked.
 */
export async function readBlob(file: Blob, what: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (thrown) {
    throw new AppError(
      'intake/unreadable',
      `${what} can no longer be read; it may have been moved, deleted or locked since it was chosen. Nothing was kept. Choose it again.`,
      { retryable: true, details: { cause: String(thrown) }, cause: thrown },
    );
  }
}
