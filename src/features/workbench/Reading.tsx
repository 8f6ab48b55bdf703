import { RotateCw } from 'lucide-react';
import type { ReactElement } from 'react';
import { viewOf } from '../../tasks/views.ts';
import type { TaskAnswer } from '../../tasks/registry.ts';
import type { AnswerProps } from '../../tasks/view-types.ts';
import { Button } from '../../ui/Button.tsx';
import { Section } from '../../ui/Section.tsx';
import type { Specimen } from './state/specimens.ts';
import s from './Reading.module.css';

interface ReadingProps {
  readonly specimen: Specimen;
  readonly answerProps: AnswerProps<TaskAnswer> | null;
  /** Said beside every answer of the model; without one, what holds for its whole family is said. */
  readonly caution: string | null;
  /** The failure of a picture whose preview is on the stage. */
  readonly notice: ReactElement | null;
  readonly onAgain: (() => void) | undefined;
}

/** What the model read from the picture: the answer, or why there is none. */
export function Reading(props: ReadingProps): ReactElement {
  const { specimen, answerProps, caution, notice, onAgain } = props;
  const again = onAgain && !specimen.pending && (
    <Button kind="plain" data-focus="again" onClick={onAgain}>
      <RotateCw aria-hidden="true" />
      Run again
    </Button>
  );
  const words = answerProps && (caution ?? viewOf(answerProps.answer).caution);
  return (
    <Section title="Reading" aside={again} className={s['reading']}>
      {content(specimen, answerProps, notice)}
      {words !== null && <p className={s['caution']}>{words}</p>}
    </Section>
  );
}

function content(
  { pending, error }: Specimen,
  answerProps: ReadingProps['answerProps'],
  notice: ReadingProps['notice'],
): ReactElement {
  if (answerProps) {
    const view = viewOf(answerProps.answer);
    return <view.Reading {...answerProps} />;
  }
  if (pending) {
    return (
      <div className={s['pending']} aria-hidden="true">
        <span />
        <span />
        <span />
      </div>
    );
  }
  if (error?.code === 'engine/cancelled') {
    return (
      <p className={s['calm']} data-testid="error" data-code={error.code} data-retryable>
        The picture stays on the bench; run it again any time.
      </p>
    );
  }
  return notice ?? <p className={s['calm']}>No answer.</p>;
}
