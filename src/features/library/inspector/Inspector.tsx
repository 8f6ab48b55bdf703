import { useLayoutEffect, useRef, type ReactElement } from 'react';
import type { AppError } from '../../../core/errors.ts';
import { GRADE_WORDS } from '../../../core/integrity/provenance.ts';
import { takesAnySize } from '../../../core/onnx/open-size.ts';
import type { GateVerdict, ModelInspection } from '../../../core/onnx/types.ts';
import type { InstalledModel } from '../../../models/library/types.ts';
import { TASKS, type ModelEntry } from '../../../tasks/registry.ts';
import { largestPicture } from '../../../tasks/shared/largest-picture.ts';
import { Facts } from '../../../ui/Facts.tsx';
import { formatBytes } from '../../../ui/format.ts';
import { Evidence } from '../../../ui/Grade.tsx';
import { Section } from '../../../ui/Section.tsx';
import { describeInput } from '../../models/input.ts';
import { ErrorNotice } from '../../workbench/ErrorNotice.tsx';
import { type SizedEstimates } from './estimates.ts';
import { GraphFacts } from './GraphFacts.tsx';
import { Layers } from './Layers.tsx';
import { OpHistogram } from './OpHistogram.tsx';
import { Warnings } from './ReasonList.tsx';
import s from './Inspector.module.css';

/** What the reader says of a model's bytes; see `Library.inspect`. */
export interface Inspected {
  readonly inspection: ModelInspection;
  readonly verdict: GateVerdict;
}

interface InspectorProps {
  readonly model: Pick<InstalledModel, 'entry' | 'grade' | 'vouchedBy'>;
  /** The page led here. Where it was opened here, it begins at its beginning. */
  readonly takesFocus: boolean;
  /** Absolute URL of the model's card; null without. */
  readonly cardUrl: string | null;
  /** Null while its bytes are being read, and when they cannot be. */
  readonly found: Inspected | null;
  readonly error: AppError | null;
  readonly onRetry?: (() => void) | undefined;
}

/** What is inside a model: identity and evidence, graph, operators, layers. */
export function Inspector(props: InspectorProps): ReactElement {
  const { model, takesFocus, cardUrl, found, error, onRetry } = props;
  const { entry, grade, vouchedBy } = model;
  const heading = useRef<HTMLHeadingElement>(null);
  // The button that led here went with its screen, and the focus with it.
  useLayoutEffect(() => {
    if (takesFocus && document.activeElement === document.body) heading.current?.focus();
  }, [takesFocus, entry.id]);
  return (
    <article className={s['inspector']} data-testid="inspector" data-model={entry.id}>
      <header>
        <h2 ref={heading} tabIndex={-1} className={s['title']}>
          {entry.title}
        </h2>
        <p className={s['summary']}>{entry.summary}</p>
      </header>
      <div className={s['columns']}>
        <Section title="Identity">
          <Facts
            facts={[
              {
                term: 'Evidence',
                value: (
                  <Evidence
                    letter={grade}
                    text={GRADE_WORDS[grade].short}
                    words={[
                      GRADE_WORDS[grade].long,
                      ...(vouchedBy === '' ? [] : [sentenceOf(vouchedBy)]),
                    ]}
                  />
                ),
              },
              { term: 'SHA-256', value: <code className={s['code']}>{entry.sha256}</code> },
              { term: 'File', value: formatBytes(entry.bytes) },
              { term: 'Task', value: TASKS[entry.task].title },
              { term: 'Picture', value: describeInput(entry.input) },
              { term: 'Licence', value: entry.licence },
              ...(cardUrl === null
                ? []
                : [
                    {
                      term: 'Model card',
                      value: (
                        <a href={cardUrl} target="_blank" rel="noreferrer">
                          Read the card
                        </a>
                      ),
                    },
                  ]),
            ]}
          />
        </Section>
        {found && (
          <Section title="Graph">
            <GraphFacts inspection={found.inspection} sized={sizedBy(found, entry)} />
            <Warnings warnings={found.verdict.warnings} />
          </Section>
        )}
      </div>
      {error && <ErrorNotice error={error} at={0} onRetry={onRetry} />}
      {found ? (
        <>
          <Section title="Operators">
            <OpHistogram ops={found.inspection.ops} />
          </Section>
          <Section title="Layers">
            <Layers inspection={found.inspection} />
          </Section>
        </>
      ) : (
        !error && (
          <p className={s['waiting']} role="status">
            Reading the model’s bytes…
          </p>
        )
      )}
    </article>
  );
}

/** Where the file leaves the picture's size open, the numbers are those of the largest that the declaration allows. */
function sizedBy({ inspection }: Inspected, { input }: ModelEntry): SizedEstimates | null {
  return takesAnySize(inspection) ? { picture: largestPicture(input), found: inspection } : null;
}

/** Who vouched, as a sentence: that of a signature is one already. */
function sentenceOf(vouchedBy: string): string {
  return vouchedBy.endsWith('.') ? vouchedBy : `Vouched for by ${vouchedBy}.`;
}
