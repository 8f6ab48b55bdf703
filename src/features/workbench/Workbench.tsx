import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { TaskAnswer } from '../../tasks/registry.ts';
import { viewOf } from '../../tasks/views.ts';
import type { AnswerProps } from '../../tasks/view-types.ts';
import { Announcer } from '../../ui/Announcer.tsx';
import { useServices } from '../services.ts';
import { BackendSection } from './BackendSection.tsx';
import { CatalogFailure } from './CatalogFailure.tsx';
import { CatalogProblems } from './CatalogProblems.tsx';
import { DropTarget } from './DropTarget.tsx';
import { EmptyBench } from './EmptyBench.tsx';
import { ErrorNotice } from './ErrorNotice.tsx';
import { LostChoiceNote } from './LostChoiceNote.tsx';
import { ModelList } from './ModelList.tsx';
import { ModelSection } from './ModelSection.tsx';
import { OpticalRail } from './OpticalRail.tsx';
import { PictureStrip } from './PictureStrip.tsx';
import { Reading } from './Reading.tsx';
import { Samples } from './Samples.tsx';
import { Stage } from './Stage.tsx';
import { askAgain, cancelAnswer, questionHash } from './state/answers.ts';
import { setThreshold, useBench } from './state/bench.ts';
import { useCatalog, useModel } from './state/catalog.ts';
import { usePreview } from './state/previews.ts';
import { useProgress } from './state/progress.ts';
import { useHousekeeping, useSpecimens, type Specimen } from './state/specimens.ts';
import { statusOf } from './state/status.ts';
import { StatusLine } from './StatusLine.tsx';
import { useFocusKeeper } from './useFocusKeeper.ts';
import { useStageInView } from './useStageInView.ts';
import s from './Workbench.module.css';

/** The bench: pictures, a model, what it found, and how the run went. */
export function Workbench(): ReactElement {
  useHousekeeping();
  useFocusKeeper();
  const stage = useStageInView();
  const catalog = useCatalog();
  const specimens = useSpecimens();
  const selectedId = useBench((state) => state.selectedId);
  const specimen = specimens.find(({ picture }) => picture.id === selectedId) ?? null;
  const { status, progress, answerProps } = useReadout(specimen);
  const model = useModel();
  const client = useQueryClient();
  const { engine } = useServices();

  const { picture = null, question = null, pending = false } = specimen ?? {};
  const again = question
    ? () => {
        void askAgain(engine, client, question);
      }
    : undefined;
  const preview = usePreview(picture?.id ?? '');
  const failure = specimen && !pending ? specimen.error : null;
  const notice = failure && specimen && (
    <ErrorNotice error={failure} at={specimen.errorAt} onRetry={again} level={preview ? 3 : 2} />
  );
  return (
    <>
      <DropTarget />
      <Announcer
        moment={[
          status.state,
          picture?.id,
          question && questionHash(question),
          failure?.code,
        ].join()}
        sentence={status.announcement}
      />
      <LostChoiceNote />
      {catalog.failure ? (
        <>
          <CatalogFailure />
          <div className={s['alone']}>
            <StatusLine status={status} picture={picture?.name ?? null} progress={undefined} />
            {specimens.length > 1 && <PictureStrip specimens={specimens} selectedId={selectedId} />}
          </div>
        </>
      ) : (
        <div className={s['bench']} data-strip={specimens.length > 1}>
          {specimens.length > 1 && (
            <div className={s['strip']}>
              <PictureStrip specimens={specimens} selectedId={selectedId} />
            </div>
          )}
          <div className={s['main']} ref={stage}>
            {specimen ? (
              <Stage
                key={specimen.picture.id}
                picture={specimen.picture}
                report={pending ? null : specimen.report}
                answerProps={answerProps}
                refusal={preview ? null : notice}
              />
            ) : (
              <EmptyBench />
            )}
            <StatusLine
              status={status}
              picture={picture?.name ?? null}
              progress={progress}
              onCancel={
                question && pending
                  ? () => {
                      cancelAnswer(question);
                    }
                  : undefined
              }
            />
          </div>
          {!specimen && (
            <div className={s['more']}>
              <Samples title="Or begin with one of ours" />
            </div>
          )}
          <div className={s['side']}>
            {specimen && (preview ?? !failure) && (
              <Reading
                specimen={specimen}
                answerProps={answerProps}
                caution={model?.entry.caution ?? null}
                notice={notice}
                onAgain={again}
              />
            )}
            <div className={s['facts']}>
              {specimen?.report && !pending && <BackendSection backend={specimen.report.backend} />}
              {specimen && model ? (
                <ModelSection model={model} report={specimen.report} />
              ) : (
                catalog.data && <ModelList models={catalog.data.models} />
              )}
              <CatalogProblems />
            </div>
          </div>
          {specimen && (
            <div className={s['rail']}>
              <OpticalRail progress={progress} report={pending ? null : specimen.report} />
            </div>
          )}
          {specimen && (
            <div className={s['more']}>
              <Samples title="Samples" />
            </div>
          )}
        </div>
      )}
    </>
  );
}

/** What the shown picture's answer says, and how far it is. */
function useReadout(specimen: Specimen | null) {
  const catalog = useCatalog();
  const model = useModel();
  const thresholds = useBench((state) => state.thresholds);
  const [pointed, setPointed] = useState<{ readonly hash: string; readonly index: number } | null>(
    null,
  );
  const hash = specimen?.question ? questionHash(specimen.question) : null;
  const progress = useProgress(hash);
  const report = specimen && !specimen.pending ? specimen.report : null;

  let answerProps: AnswerProps<TaskAnswer> | null = null;
  let result: string | null = null;
  if (report && specimen?.question && hash !== null) {
    const modelId = specimen.question.model.entry.id;
    const view = viewOf(report.answer);
    const initial = view.initialThreshold(report.answer);
    const threshold = thresholds[modelId] ?? initial;
    result = view.sentence(report.answer, threshold);
    answerProps = {
      answer: report.answer,
      size: report.size,
      threshold,
      onThreshold: (value) => {
        setThreshold(modelId, value === initial ? null : value);
      },
      highlight: pointed?.hash === hash ? pointed.index : null,
      onHighlight: (index) => {
        setPointed(index === null ? null : { hash, index });
      },
    };
  }
  const status = statusOf({
    catalogReady: catalog.data !== undefined,
    catalogFailed: catalog.failure !== null,
    picture: specimen?.picture.name ?? null,
    model: model?.entry.title ?? null,
    pending: specimen?.pending ?? false,
    progress,
    error: specimen?.error ?? null,
    result,
  });
  return { status, progress, answerProps };
}
