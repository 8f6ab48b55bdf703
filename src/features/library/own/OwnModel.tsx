import { useEffect, useRef, useState, type ReactElement } from 'react';
import { AppError, asAppError } from '../../../core/errors.ts';
import type { InstalledModel, Library } from '../../../models/library/types.ts';
import { Button } from '../../../ui/Button.tsx';
import { Section } from '../../../ui/Section.tsx';
import { ErrorNotice } from '../../workbench/ErrorNotice.tsx';
import { DeclareForm } from './DeclareForm.tsx';
import { FileStep } from './FileStep.tsx';
import type { LabelLists } from './labels.ts';
import { readFile, type ReadFile } from './read-file.ts';
import { Verdict } from './Verdict.tsx';
import s from './OwnModel.module.css';

interface OwnModelProps {
  readonly library: Library;
  /** The page's lists of class names. */
  readonly lists: LabelLists;
  /** Ids of all models that are offered or installed. */
  readonly taken: readonly string[];
  /** The person wants to examine pictures with it. */
  readonly onUse: (model: InstalledModel) => void;
}

type Stage =
  | { readonly at: 'start' }
  | { readonly at: 'reading'; readonly file: File }
  | { readonly at: 'failed'; readonly file: File; readonly error: AppError }
  | { readonly at: 'read'; readonly file: File; readonly read: ReadFile }
  | { readonly at: 'installed'; readonly file: File; readonly model: InstalledModel };

/**
 * A file of the person's own becomes a model of the library: it is read and judged, then the person confirms how it is
 * fed and read. Each step appears below the one before, and what is new gets the focus.
 */
export function OwnModel({ library, lists, taken, onUse }: OwnModelProps): ReactElement {
  const [stage, setStage] = useState<Stage>({ at: 'start' });
  const news = useRef<HTMLDivElement>(null);
  const turn = useRef(0);

  useEffect(() => {
    if (stage.at !== 'start' && stage.at !== 'reading') news.current?.focus();
  }, [stage]);

  const take = async (file: File) => {
    turn.current += 1;
    const mine = turn.current;
    setStage({ at: 'reading', file });
    let next: Stage;
    try {
      next = { at: 'read', file, read: await readFile(library, file) };
    } catch (thrown) {
      next = { at: 'failed', file, error: asAppError(thrown) };
    }
    // Another file was chosen meanwhile: its own reading goes on.
    if (mine === turn.current) setStage(next);
  };

  const read = stage.at === 'read' ? stage.read : null;
  const offers = read?.offers;
  return (
    <div className={s['own']} data-testid="own-model" data-state={stage.at}>
      {stage.at !== 'installed' && (
        <Section title={stage.at === 'start' ? 'A model of your own' : '1. The file'}>
          <FileStep
            file={stage.at === 'start' ? null : stage.file}
            busy={stage.at === 'reading'}
            onFile={(file) => {
              void take(file);
            }}
          />
        </Section>
      )}
      <div ref={news} tabIndex={-1} className={s['news']}>
        {stage.at === 'failed' && <ErrorNotice error={stage.error} at={0} />}
        {read && (
          <Section title="2. What is in it">
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
              <Button
                onClick={() => {
                  setStage({ at: 'start' });
                }}
              >
                Add another file
              </Button>
            </p>
          </Section>
        )}
      </div>
      {read && offers && !(offers instanceof AppError) && (
        <DeclareForm
          key={`${read.own.sha256} ${read.own.name}`}
          read={read}
          offers={offers}
          library={library}
          lists={lists}
          taken={taken}
          onInstalled={(model) => {
            setStage({ at: 'installed', file: read.blob, model });
          }}
        />
      )}
    </div>
  );
}
