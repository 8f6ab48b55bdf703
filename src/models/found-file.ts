import { asAppError, withDetails, type AppError } from '../core/errors.ts';

/** A file as it was found: what came, whatever was expected. */
export interface FoundFile {
  readonly sha256: string;
  readonly bytes: number;
}

/** The details by which a refusal tells of the whole file it is about. */
export function foundDetails({ sha256, bytes }: FoundFile): {
  readonly actualSha256: string;
  readonly actualBytes: number;
} {
  return { actualSha256: sha256, actualBytes: bytes };
}

/** Does something with a whole file; a failure tells of it. */
export function aboutFile<T>(file: FoundFile, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw withDetails(asAppError(thrown), foundDetails(file));
  }
}

/** The file that a refusal is about; null where none came whole, so that nobody knows its digest. */
export function foundFile({ details }: AppError): FoundFile | null {
  const { actualSha256: sha256, actualBytes: bytes } = details;
  return typeof sha256 === 'string' && typeof bytes === 'number' ? { sha256, bytes } : null;
}
