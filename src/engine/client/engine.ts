import { AppError, asAppError } from '../../core/errors.ts';
import { SerialQueue, type Ticket } from '../../core/flow/serial-queue.ts';
import { judgePicture } from '../../core/image/policy.ts';
import type { PictureHeader } from '../../core/image/types.ts';
import { limitOf } from '../../core/limits.ts';
import type { Engine, Job, JobHooks, JobRequest, RunReport } from '../protocol.ts';
import { cancelled, decodePicture, type Decoded } from './decode.ts';
import { SessionHost } from './session-host.ts';
import { Stopwatch } from './stopwatch.ts';

/**
 * The page's engine: judges a picture at the door, queues it, and runs one at a time in a worker that can be
 * killed and rebuilt. Only the job that was running when a worker ends is lost, and it is told so; queued ones
 * wait on the page, where nothing happens to them.
 */
export function createEngine(): Engine {
  const queue = new SerialQueue(limitOf('queueLength'));
  const sessions = new SessionHost();
  return { submit: (request, hooks = {}) => submit(queue, sessions, request, hooks) };
}

function submit(
  queue: SerialQueue,
  sessions: SessionHost,
  request: JobRequest,
  hooks: JobHooks,
): Job {
  const controller = new AbortController();
  let ticket: Ticket<RunReport> | null = null;
  let running = false;

  const begin = async (failEarly: (reason: unknown) => void): Promise<RunReport> => {
    const header = await judge(request.picture);
    if (controller.signal.aborted) throw cancelled();
    ticket = queue.enqueue(
      async () => {
        running = true;
        try {
          return await perform(sessions, request, header, hooks, controller.signal, failEarly);
        } finally {
          running = false;
        }
      },
      (ahead) => hooks.onProgress?.({ stage: 'queued', ahead }),
    );
    return ticket.done;
  };

  const leaveQueue = () => {
    ticket?.remove(cancelled());
  };
  return {
    done: new Promise((resolve, reject) => {
      const fail = (thrown: unknown) => {
        reject(asAppError(thrown));
      };
      begin(fail).then(resolve, fail);
    }),
    cancel: () => {
      leaveQueue();
      controller.abort();
      if (running) sessions.end(cancelled());
    },
    withdraw: () => {
      leaveQueue();
      if (!running) controller.abort();
    },
  };
}

/** Looks at the header only; nothing is decoded. */
async function judge(picture: Blob): Promise<PictureHeader> {
  const limit = limitOf('headerBytes');
  // A slice is a Blob of its own, made in another process: half a millisecond that most pictures need not pay.
  const head = picture.size > limit ? picture.slice(0, limit) : picture;
  const bytes = await head.arrayBuffer().catch((cause: unknown) => {
    throw new AppError(
      'intake/unreadable',
      'The file could not be read: it is a folder, or was moved, changed or locked since it was chosen. Choose it again.',
      { retryable: true, cause },
    );
  });
  return judgePicture(new Uint8Array(bytes), picture.size);
}

/** One job in its turn: decoding and making the model ready happen side by side, then the run. */
async function perform(
  sessions: SessionHost,
  { picture, model, backend }: JobRequest,
  header: PictureHeader,
  { onProgress = () => undefined, onPreview }: JobHooks,
  signal: AbortSignal,
  failEarly: (reason: unknown) => void,
): Promise<RunReport> {
  const stopwatch = new Stopwatch();
  const started = performance.now();
  const decoding = stopwatch.measure('decode', async () => {
    const decoded = await decodePicture(picture, header, signal);
    if (onPreview) onPreview(decoded.preview);
    else decoded.preview.close();
    return decoded;
  });
  // A bad picture is reported at once, although its turn lasts until the model has finished loading.
  decoding.catch(failEarly);
  const preparing = sessions.prepare(model, backend, { signal, stopwatch, onProgress });
  const [decoded, ready] = await bothOrFirstFailure(
    decoding,
    preparing.then((ready) => {
      onProgress({ stage: 'decode' }); // said last, so that what a person reads never goes back
      return ready;
    }),
  ).catch(async (failed: unknown) => {
    await decoding.then(disposeOf, () => undefined); // its own failure is among what is thrown
    throw failed;
  });
  if (signal.aborted) {
    decoded.dispose();
    throw cancelled();
  }
  onProgress({ stage: 'run' });
  const result = await sessions.run(model, decoded.image).finally(decoded.dispose);
  stopwatch.add('preprocess', result.preprocessMs);
  stopwatch.add('run', result.runMs);
  stopwatch.add('postprocess', result.postprocessMs);
  return {
    answer: result.answer,
    header,
    size: decoded.size,
    alpha: decoded.alpha,
    ...ready,
    times: stopwatch.times,
    totalMs: performance.now() - started,
  };
}

function disposeOf({ dispose }: Decoded): void {
  dispose();
}

/**
 * Waits for both to settle, so that nothing of a failed job still runs when the next one starts; then the first
 * failure, in the order of the arguments, is thrown.
 */
async function bothOrFirstFailure<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return Promise.all([a, b]);
}
