import { AppError } from '../../core/errors.ts';
import type { PictureHeader } from '../../core/image/types.ts';
import { limitOf } from '../../core/limits.ts';
import type { DecodedPicture, DecodeWorker } from '../worker-protocol.ts';
import { WorkerHost } from './worker-host.ts';

/**
 * Decodes a judged picture in a worker of its own, which is thrown away: a decoder that hangs or bloats takes
 * nothing with it.
 * @throws AppError `intake/decode-timeout` after `LIMITS.decodeMs`, `intake/decode-failed`,
 * `intake/size-mismatch`, or the signal's reason.
 */
export async function decodePicture(
  picture: Blob,
  header: PictureHeader,
  signal: AbortSignal,
): Promise<DecodedPicture> {
  const host = new WorkerHost<DecodeWorker>('decode');
  const abort = () => {
    host.end(cancelled());
  };
  signal.addEventListener('abort', abort);
  try {
    if (signal.aborted) throw cancelled();
    return await host.call(
      (api) => api.decode({ picture, header, previewSide: limitOf('previewSide') }),
      { deadlineMs: limitOf('decodeMs'), onLate: () => tooSlow(header) },
    );
  } finally {
    signal.removeEventListener('abort', abort);
    host.end(cancelled());
  }
}

/** What a person's own cancellation is reported as, at every stage. */
export function cancelled(): AppError {
  return new AppError('engine/cancelled', 'Cancelled. This picture was not analysed.', {
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
