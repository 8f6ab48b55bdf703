import { AppError } from '../../errors.ts';
import { readHeader } from '../header.ts';
import type { PictureHeader } from '../types.ts';

/** The AppError that `work` throws; fails when it throws nothing. Anything else goes through. */
export function refusal(work: () => unknown): AppError {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new AppError('app/test', 'Nothing was thrown where a refusal was expected.');
}

/** The header of a whole file. */
export function headerOf(file: Uint8Array): PictureHeader {
  return readHeader(file, file.length);
}

/** The code with which a whole file is refused. */
export function codeOf(file: Uint8Array): string {
  return refusal(() => headerOf(file)).code;
}

/** `ok` or the code of the refusal. Any exception but an AppError of the intake goes through. */
export function outcome(work: () => unknown): string {
  try {
    work();
    return 'ok';
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code.startsWith('intake/')) return thrown.code;
    throw thrown;
  }
}
