import { CircleAlert, Hourglass, Info } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import type { AppError } from '../../core/errors.ts';
import type { InstallState, Wait } from '../../models/library/types.ts';
import { useCountdown } from '../../ui/useCountdown.ts';
import { missingOf, missingText, progressText, refusalIs, shareOf, waitText } from './words.ts';
import s from './Row.module.css';

interface RowNewsProps {
  readonly id: string;
  readonly state: InstallState;
  readonly failure: AppError | undefined;
  /** Why it cannot be installed; null where it can. */
  readonly because: string | null;
  /** Why it may not run although it is installed; absent or null where it may. */
  readonly barred?: string | null;
}

/** The second line of a row: how far a download is, why something failed, or why nothing can be done. */
export function RowNews(props: RowNewsProps): ReactElement | null {
  const { id, state, failure, because, barred = null } = props;
  switch (state.state) {
    case 'downloading':
    case 'elsewhere':
    case 'paused': {
      const { loadedBytes, totalBytes } = state;
      const paused = state.state === 'paused';
      // What was wished since and could not be done is news; why it paused is older.
      const error = failure ?? (paused ? state.error : null);
      const speed = state.state === 'downloading' ? state.bytesPerSecond : null;
      return (
        <div className={s['news']}>
          {(!paused || totalBytes !== null) && (
            <progress
              className={s['progress']}
              aria-label={`Download of ${id}`}
              max={1}
              value={shareOf(loadedBytes, totalBytes) ?? undefined}
            />
          )}
          <p data-testid="download-progress">
            {paused && 'Paused at '}
            {state.state === 'elsewhere' && 'In another tab: '}
            {progressText(loadedBytes, totalBytes, speed)}
          </p>
          {state.state === 'downloading' && state.waits && <Waiting wait={state.waits} />}
          {paused && error && !saysSame(because, error) && <Failure error={error} />}
          {paused && <Because because={because} />}
        </div>
      );
    }
    case 'verifying':
      return (
        <div className={s['news']}>
          <progress className={s['progress']} aria-label={`Verification of ${id}`} />
          <p>Verifying the digest and judging the file.</p>
        </div>
      );
    case 'refused':
      return (
        <div className={s['news']}>
          <Failure error={state.error} />
          {refusalIs(state.error).mayPass && <Because because={because} />}
        </div>
      );
    case 'installed': {
      const missing = missingOf(state);
      if (!failure && !missing && barred === null) return null;
      return (
        <div className={s['news']}>
          {barred !== null && <Remark testId="row-barred">Not run here: {barred}</Remark>}
          {missing && (
            <Remark testId="row-missing">
              {missingText(state.model, missing, barred === null)}
            </Remark>
          )}
          {failure && <Failure error={failure} />}
        </div>
      );
    }
    case 'available':
      if (failure) {
        return (
          <div className={s['news']}>
            <Failure error={failure} />
          </div>
        );
      }
      return because === null ? null : <p className={s['because']}>{because}</p>;
  }
}

/** Whether the policy that bars a model is what stopped it. */
function saysSame(because: string | null, { code }: AppError): boolean {
  return because !== null && code === 'download/refused-by-policy';
}

/** Why a download that has stopped may not go on. */
function Because({ because }: { readonly because: string | null }): ReactElement | null {
  if (because === null) return null;
  return <Remark testId="row-barred">Cannot go on: {because}</Remark>;
}

interface RemarkProps {
  readonly testId: string;
  readonly children: ReactNode;
}

/** What there is to know about a model, though nothing went wrong now. */
function Remark({ testId, children }: RemarkProps): ReactElement {
  return (
    <p className={s['wait']} data-testid={testId}>
      <Info aria-hidden="true" />
      <span>{children}</span>
    </p>
  );
}

function Waiting({ wait }: { readonly wait: Wait }): ReactElement {
  const seconds = useCountdown(wait.for === 'retry' ? wait.until : 0);
  return (
    <p className={s['wait']} data-testid="download-wait">
      <Hourglass aria-hidden="true" />
      {waitText(wait, seconds)}
    </p>
  );
}

function Failure({ error }: { readonly error: AppError }): ReactElement {
  return (
    <p className={s['failure']} data-testid="row-error" data-code={error.code}>
      <CircleAlert aria-hidden="true" />
      <span>
        {error.message} <code>{error.code}</code>
      </span>
    </p>
  );
}
