import { hashKey, queryOptions, type QueryClient } from '@tanstack/react-query';
import type { BackendChoice, Engine, Job, RunReport } from '../../../engine/protocol.ts';
import { declarationKey } from '../../../models/declaration.ts';
import type { CatalogModel } from '../../../models/types.ts';
import type { Picture } from './bench.ts';
import { keepPreview } from './previews.ts';
import { clearProgress, reportProgress } from './progress.ts';

/** Jobs under way by the hash of their answer's key, so that "Cancel" finds its job. */
const jobs = new Map<string, Job>();

/** What an answer depends on. */
export interface Question {
  readonly picture: Picture;
  readonly model: CatalogModel;
  readonly backend: BackendChoice;
}

function keyOf({ picture, model, backend }: Question) {
  return ['answer', picture.id, declarationKey(model.entry), backend] as const;
}

/** The name under which a question's job and progress are found. */
export function questionHash(question: Question): string {
  return hashKey(keyOf(question));
}

/** The answer to a question as a query: asked once, kept until its picture leaves the bench. */
export function answerQuery(engine: Engine, client: QueryClient, question: Question) {
  return queryOptions({
    queryKey: keyOf(question),
    queryFn: ({ signal }) => ask(engine, client, question, signal),
    retry: false,
    // An answer does not age.
    staleTime: Infinity,
    gcTime: Infinity,
    networkMode: 'always',
    structuralSharing: false,
  });
}

async function ask(
  engine: Engine,
  client: QueryClient,
  question: Question,
  signal: AbortSignal,
): Promise<RunReport> {
  const hash = questionHash(question);
  const { picture, model, backend } = question;
  const job = engine.submit(
    { picture: picture.blob, model, backend },
    {
      onProgress: (progress) => {
        if (!signal.aborted) reportProgress(hash, progress);
      },
      onPreview: (bitmap) => {
        keepPreview(client, picture.id, bitmap);
      },
    },
  );
  jobs.set(hash, job);
  const withdraw = () => {
    clearProgress(hash);
    job.withdraw();
  };
  signal.addEventListener('abort', withdraw, { once: true });
  try {
    return await job.done;
  } finally {
    signal.removeEventListener('abort', withdraw);
    // A withdrawn job may end after its successor began: leave that one's entries alone.
    if (jobs.get(hash) === job) {
      jobs.delete(hash);
      clearProgress(hash);
    }
  }
}

/** Stops a question's job, if one is under way. */
export function cancelAnswer(question: Question): void {
  jobs.get(questionHash(question))?.cancel();
}

/** Asks a question again, whether or not its picture is shown. A failure is the query's state, as ever. */
export async function askAgain(
  engine: Engine,
  client: QueryClient,
  question: Question,
): Promise<void> {
  const asked = client.query({ ...answerQuery(engine, client, question), staleTime: 0 });
  await Promise.allSettled([asked]);
}

/** Forgets all answers of a picture that left the bench; a job still under way is withdrawn. */
export async function dropAnswers(client: QueryClient, pictureId: string): Promise<void> {
  const filter = { queryKey: ['answer', pictureId] };
  await client.cancelQueries(filter);
  client.removeQueries(filter);
}
