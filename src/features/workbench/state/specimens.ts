import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { asAppError, type AppError } from '../../../core/errors.ts';
import type { RunReport } from '../../../engine/protocol.ts';
import { useServices } from '../../services.ts';
import { answerQuery, dropAnswers, type Question } from './answers.ts';
import { useBench, type Picture } from './bench.ts';
import { useModel } from './catalog.ts';
import { dropPreview } from './previews.ts';

/** A picture on the bench with what is known about its answer for the chosen model and backend. */
export interface Specimen {
  readonly picture: Picture;
  /** Null until the catalogue is there. */
  readonly question: Question | null;
  /** True while its job waits or runs. */
  readonly pending: boolean;
  readonly report: RunReport | null;
  readonly error: AppError | null;
  /** When the error came, in ms since the epoch. */
  readonly errorAt: number;
}

/**
 * Every picture in the strip with its answer. The shown one and all that are new are asked about, so that looking
 * at another picture never stops a job.
 */
export function useSpecimens(): readonly Specimen[] {
  const { engine } = useServices();
  const client = useQueryClient();
  const pictures = useBench((state) => state.pictures);
  const backend = useBench((state) => state.backend);
  const modelId = useBench((state) => state.modelId);
  const selectedId = useBench((state) => state.selectedId);
  const model = useModel();
  const questions: readonly Question[] = model
    ? pictures.map((picture) => ({ picture, model, backend }))
    : [];
  const answers = useQueries({
    queries: questions.map((question) => ({
      ...answerQuery(engine, client, question),
      enabled: question.picture.id === selectedId || isNew(question.picture),
    })),
  });

  function isNew({ cameUnder }: Picture): boolean {
    return cameUnder.modelId === modelId && cameUnder.backend === backend;
  }

  return pictures.map((picture, index) => {
    const answer = answers[index];
    return {
      picture,
      question: questions[index] ?? null,
      pending: answer?.fetchStatus === 'fetching',
      report: answer?.data ?? null,
      error: answer?.error ? asAppError(answer.error) : null,
      errorAt: answer?.errorUpdatedAt ?? 0,
    };
  });
}

/** Forgets the answers and the preview of every picture that leaves the bench. */
export function useHousekeeping(): void {
  const client = useQueryClient();

  useEffect(
    () =>
      useBench.subscribe((now, before) => {
        const kept = new Set(now.pictures.map(({ id }) => id));
        for (const { id } of before.pictures) {
          if (kept.has(id)) continue;
          dropPreview(client, id);
          void dropAnswers(client, id);
        }
      }),
    [client],
  );
}
