import { AppError } from '../../core/errors.ts';
import type { PictureHeader } from '../../core/image/types.ts';
import { limitOf } from '../../core/limits.ts';
import type { DecodedPicture, DecodeWorker } from '../worker-protocol.ts';
import { WorkerHost } from './worker-host.ts';

/** A decoded picture, and its decoder, which the receiver throws away when the moment is good. */
export interface Decoded extends DecodedPicture {
  readonly dispose: () => void;
}

/**
 * Decodes a judged picture in a worker of its own, which is thrown away: a decoder that hangs or bloats takes
 * nothing with it. Ending a worker costs CPU time, so after a success the caller does it, behind the run.
 * @throws AppError `intake/decode-timeout` after `LIMITS.decodeMs`, `intake/decode-failed`,
 * `intake/size-mismatch`, or the signal's reason.
 */
export async function decodePicture(
  picture: Blob,
  header: PictureHeader,
  signal: AbortSignal,
): Promise<Decoded> {
  const host = new WorkerHost<DecodeWorker>('decode');
  const abort = () => {
    host.end(cancelled());
  };
  signal.addEventListener('abort', abort);
  try {
    if (signal.aborted) throw cancelled();
    const decoded = await host.call(
      (api) => api.decode({ picture, header, previewSide: limitOf('previewSide') }),
      { deadlineMs: limitOf('decodeMs'), onLate: () => tooSlow(header) },
    );
    return { ...decoded, dispose: abort };
  } catch (thrown) {
    host.end(cancelled());
    throw thrown;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** What a person's own cancellation is reported as, at every stage. */
export function cancelled(): AppError {
  return new AppError('engine/cancelled', 'Cancelled. This picture was not examined.', {
    retryable: true,
  });
}

function tooSlow({ width, height, format }: PictureHeader): AppError {
  const seconds = limitOf('decodeMs') / 1000;
  return new AppError(
    'intake/decode-timeout',
    `The ${format.toUpperCase()} of ${String(width)} × ${String(height)} pixels took longer than ${String(seconds)} s to decode and was stopped. Save it again as PNG or JPEG, or smaller.`,
    { retryable: true, details: { width, height, format, limitMs: limitOf('decodeMs') } },
  );
}
