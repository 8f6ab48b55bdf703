import { CircleAlert, RotateCw } from 'lucide-react';
import type { ReactElement } from 'react';
import type { AppError } from '../../core/errors.ts';
import { Button } from '../../ui/Button.tsx';
import { useCountdown } from '../../ui/useCountdown.ts';
import { errorTitle } from './errorTitle.ts';
import s from './ErrorNotice.module.css';

interface ErrorNoticeProps {
  readonly error: AppError;
  /** When the error came, in ms since the epoch: a wait it asks for counts from then. */
  readonly at: number;
  readonly onRetry?: (() => void) | undefined;
  /** Level of its heading: 2 where it stands under the page's own title. */
  readonly level?: 2 | 3;
}

/** A failure: what happened and what to do, the code small, the facts in a disclosure. */
export function ErrorNotice({ error, at, onRetry, level = 3 }: ErrorNoticeProps): ReactElement {
  const Heading = level === 2 ? 'h2' : 'h3';
  // What the person wanted is no alarm, and the status line says it already.
  const calm = error.code === 'engine/cancelled';
  const details = Object.entries(error.details);
  return (
    <div
      className={s['notice']}
      data-calm={calm}
      data-testid="error"
      data-code={error.code}
      data-retryable={error.retryable}
      data-retry-after-ms={error.retryAfterMs}
    >
      {!calm && (
        <Heading className={s['title']}>
          <CircleAlert aria-hidden="true" />
          {errorTitle(error)}
        </Heading>
      )}
      <p className={s['message']}>
        {calm ? 'The picture stays on the bench; try it again any time.' : error.message}
      </p>
      {error.retryable && onRetry && (
        <Retry until={at + (error.retryAfterMs ?? 0)} onRetry={onRetry} />
      )}
      {details.length > 0 ? (
        <details className={s['details']}>
          <summary>
            Details <code>{error.code}</code>
          </summary>
          <dl>
            {details.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{String(value)}</dd>
              </div>
            ))}
          </dl>
        </details>
      ) : (
        <p className={s['code']}>
          <code>{error.code}</code>
        </p>
      )}
    </div>
  );
}

interface RetryProps {
  readonly until: number;
  readonly onRetry: () => void;
}

function Retry({ until, onRetry }: RetryProps): ReactElement {
  const seconds = useCountdown(until);
  return (
    <p>
      <Button data-focus="again" disabled={seconds > 0} onClick={onRetry}>
        <RotateCw aria-hidden="true" />
        {seconds > 0 ? `Try again in ${String(seconds)} s` : 'Try again'}
      </Button>
    </p>
  );
}
