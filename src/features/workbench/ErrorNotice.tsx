import { RotateCw } from 'lucide-react';
import type { ReactElement } from 'react';
import type { AppError } from '../../core/errors.ts';
import { Alarm } from '../../ui/Alarm.tsx';
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
  // What the person wanted is no alarm, and the status line says it already.
  const calm = error.code === 'engine/cancelled';
  const details = Object.entries(error.details);
  return (
    <Alarm
      title={calm ? null : errorTitle(error)}
      level={level}
      className={s['notice']}
      data-testid="error"
      data-code={error.code}
      data-retryable={error.retryable}
      data-retry-after-ms={error.retryAfterMs}
    >
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
    </Alarm>
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
