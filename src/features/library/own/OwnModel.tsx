import { useEffect, useRef, type ReactElement } from 'react';
import { AppError } from '../../../core/errors.ts';
import type { InstalledModel, Library } from '../../../models/library/types.ts';
import { Button } from '../../../ui/Button.tsx';
import { Section } from '../../../ui/Section.tsx';
import { ErrorNotice } from '../../workbench/ErrorNotice.tsx';
import { DeclareForm } from './DeclareForm.tsx';
import { FileStep } from './FileStep.tsx';
import { Instead } from './Instead.tsx';
import { sameFile, type Present } from './same-file.ts';
import type { Surroundings } from './state/form.ts';
import { declineFile, discard, useOwnWork } from './state/work.ts';
import { useIncoming } from './useIncoming.ts';
import { Verdict } from './Verdict.tsx';
import s from './OwnModel.module.css';

interface OwnModelProps extends Surroundings {
  readonly library: Library;
  /** All models that are offered or installed. */
  readonly present: readonly Present[];
  /** The person wants to examine pictures with it. */
  readonly onUse: (model: InstalledModel) => void;
}

/**
 * A file of the person's own becomes a model of the library: it is read and judged, then the person confirms how it is
 * fed and read. Each step appears below the one before, and what is new gets the focus.
 */
export function OwnModel({ library, lists, taken, present, onUse }: OwnModelProps): ReactElement {
  const { stage, waiting } = useOwnWork();
  const news = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const seen = useRef(stage.at);
  const { take, replace } = useIncoming(library, { lists, taken });

  useEffect(() => {
    // Whoever comes back to a file in work finds it as it was, and the focus where it is.
    if (stage.at === seen.current) return;
    seen.current = stage.at;
    // The button that led back to the start is gone.
    if (stage.at === 'start') input.current?.focus();
    else if (stage.at !== 'reading') news.current?.focus();
  }, [stage.at]);
  useEffect(
    () => () => {
      if (useOwnWork.getState().stage.at === 'installed') discard();
    },
    [],
  );

  const read = stage.at === 'read' ? stage.read : null;
  const offers = read?.offers;
  const form = stage.at === 'read' ? stage.form : null;
  const same = read && !form?.busy ? sameFile(read.own.sha256, present) : null;
  return (
    <div className={s['own']} data-testid="own-model" data-state={stage.at}>
      {stage.at !== 'installed' && (
        <Section title={stage.at === 'start' ? 'A model of your own' : '1. The file'}>
          <FileStep
            file={stage.at === 'start' ? null : stage.file}
            busy={stage.at === 'reading'}
            input={input}
            onFile={take}
            onDiscard={stage.at === 'start' || form?.busy ? undefined : discard}
          />
        </Section>
      )}
      {waiting && (
        <Instead
          came={waiting.file}
          inWork={stage.at === 'read' ? stage.file.name : null}
          onTake={() => {
            replace(waiting);
          }}
          onDecline={() => {
            declineFile();
            (input.current ?? news.current)?.focus();
          }}
        />
      )}
      <div ref={news} tabIndex={-1} className={s['news']}>
        {stage.at === 'failed' && <ErrorNotice error={stage.error} at={0} />}
        {read && (
          <Section title="2. What is in it">
            {same !== null && (
              <p className={s['same']} data-testid="own-same">
                {same}
              </p>
            )}
            <Verdict read={read} />
            {offers instanceof AppError && (
              <div className={s['refused']}>
                <ErrorNotice error={offers} at={0} />
              </div>
            )}
          </Section>
        )}
        {stage.at === 'installed' && (
          <Section title="It is on this device">
            <p className={s['lead']} data-testid="own-installed" data-model={stage.model.entry.id}>
              {stage.model.entry.title} is kept, and verified again before every use.
            </p>
            <p className={s['actions']}>
              <Button
                kind="primary"
                onClick={() => {
                  onUse(stage.model);
                }}
              >
                Use it
              </Button>
              <Button onClick={discard}>Add another file</Button>
            </p>
          </Section>
        )}
      </div>
      {read && form && offers && !(offers instanceof AppError) && (
        <DeclareForm
          key={`${read.own.sha256} ${read.own.name}`}
          read={read}
          offers={offers}
          form={form}
          library={library}
          lists={lists}
          taken={taken}
        />
      )}
    </div>
  );
}
