import type { ReactElement } from 'react';
import { GRADE_WORDS } from '../../core/integrity/provenance.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { formatBytes, plural } from '../../ui/format.ts';
import { Evidence } from '../../ui/Grade.tsx';
import { formatDay } from './moments.ts';
import { postpone, type Question } from './state/questions.ts';
import s from './Dialogs.module.css';

interface QuestionDialogProps {
  readonly question: Question;
  readonly onAgree: () => void;
  readonly onDecline: () => void;
  /** Gets the focus on closing where nobody had it before. */
  readonly heir: () => HTMLElement | null | undefined;
}

/** What the person has to agree to before an install: weak evidence, or other models that would have to go. */
export function QuestionDialog({
  question,
  onAgree,
  onDecline,
  heir,
}: QuestionDialogProps): ReactElement {
  const isConsent = question.kind === 'consent';
  const answer = isConsent ? 'consent' : 'evict';
  return (
    <Dialog
      title={isConsent ? 'Install on this evidence?' : 'Not enough room'}
      onClose={(by) => {
        if (by === 'person') onDecline();
        else postpone();
      }}
      heir={heir}
    >
      {isConsent ? <Consent question={question} /> : <Room question={question} />}
      <div
        className={s['answers']}
        onClickCapture={(event) => {
          // The second click of a double click was not meant for the question that came after.
          if (event.detail > 1) event.stopPropagation();
        }}
      >
        <Button kind="primary" data-testid={`${answer}-agree`} onClick={onAgree}>
          {isConsent
            ? 'Install all the same'
            : `Remove ${plural(question.victims.length, 'model', 'models')} and install`}
        </Button>
        <Button data-testid={`${answer}-decline`} onClick={onDecline}>
          Leave it
        </Button>
      </div>
    </Dialog>
  );
}

function Consent({
  question: { row, verdict },
}: {
  readonly question: Extract<Question, { kind: 'consent' }>;
}): ReactElement | null {
  if (!row.plan.possible) return null;
  const { grade, url, vouchedBy } = row.plan.source;
  return (
    <>
      <p className={s['lead']}>
        <strong>{row.id}</strong> can be installed, but nobody can vouch for its bytes as well as
        one would wish.
      </p>
      <Facts
        facts={[
          {
            term: 'Evidence',
            value: (
              <Evidence letter={grade} text={GRADE_WORDS[grade].short} words={[verdict.because]} />
            ),
          },
          { term: 'Vouched for by', value: vouchedBy },
          { term: 'Comes from', value: new URL(url).host },
          { term: 'Size', value: row.bytes === null ? 'Not published' : formatBytes(row.bytes) },
        ]}
      />
      <p className={s['words']}>
        Whatever comes is inspected before it is kept, and never run if it is not a plain network.
        Its SHA-256 is recorded, so that a later change is noticed.
      </p>
    </>
  );
}

function Room({
  question: { row, bytes, victims },
}: {
  readonly question: Extract<Question, { kind: 'room' }>;
}): ReactElement {
  return (
    <>
      <p className={s['lead']}>
        <strong>{row.id}</strong> needs {formatBytes(bytes)}, more than this browser has left for
        the page. The models used longest ago would be removed; they can be downloaded again.
      </p>
      <Facts
        facts={victims.map(({ entry, usedAt }) => ({
          term: formatBytes(entry.bytes),
          value: `${entry.title}, last used ${formatDay(usedAt)}`,
        }))}
      />
    </>
  );
}
