import { CircleAlert, CircleCheck, CircleSlash2 } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Progress } from '../../engine/protocol.ts';
import { Button } from '../../ui/Button.tsx';
import { formatBytesOf } from '../../ui/format.ts';
import { Mark } from '../../ui/Mark.tsx';
import type { Status } from './state/status.ts';
import s from './StatusLine.module.css';

interface StatusLineProps {
  readonly status: Status;
  /** File name of the shown picture. */
  readonly picture: string | null;
  readonly progress: Progress | undefined;
  /** Present while there is something to cancel. */
  readonly onCancel?: (() => void) | undefined;
}

/** The state of the workbench in a line; a job that takes a while gets its stage in words and a way to stop it. */
export function StatusLine({ status, picture, progress, onCancel }: StatusLineProps): ReactElement {
  const { state, cancelled, sentence } = status;
  const busy = state === 'loading' || state === 'working';
  return (
    <div
      className={s['line']}
      role="group"
      aria-label="Status"
      // Takes the focus of a button that did its work and left.
      tabIndex={-1}
      data-focus="status"
      data-testid="status"
      data-state={state}
      data-picture={picture ?? ''}
      aria-busy={busy}
    >
      <span className={s['sign']} data-calm={cancelled} aria-hidden="true">
        {cancelled ? <CircleSlash2 /> : signOf(state)}
      </span>
      <p className={s['sentence']}>
        {sentence} <span className={s['detail']}>{busy ? inWords(progress) : ''}</span>
      </p>
      {busy && progress?.stage === 'verify' && progress.totalBytes > 0 && (
        <progress
          className={s['bar']}
          aria-label={`Fetching ${progress.what}`}
          value={progress.loadedBytes}
          max={progress.totalBytes}
        />
      )}
      {onCancel && (
        <div className={s['cancel']}>
          <Button data-focus="cancel" onClick={onCancel}>
            Cancel
          </Button>
        </div>
      )}
    </div>
  );
}

function signOf(state: Status['state']): ReactElement {
  switch (state) {
    case 'error':
      return <CircleAlert />;
    case 'done':
      return <CircleCheck />;
    case 'idle':
      return <Mark />;
    case 'loading':
    case 'working':
      return <Mark busy />;
  }
}

function inWords(progress: Progress | undefined): string {
  switch (progress?.stage) {
    case undefined:
      return '';
    case 'queued':
      return progress.ahead > 0 ? `${String(progress.ahead)} ahead in the queue.` : '';
    case 'verify':
      return progress.loadedBytes < progress.totalBytes
        ? `Fetching ${progress.what}: ${formatBytesOf(progress.loadedBytes, progress.totalBytes)}.`
        : `Verifying ${progress.what}.`;
    case 'load':
      // Said while the picture is decoded beside it; a decode that lasts longer gets its own words.
      return 'Creating the session and testing it; the picture is decoded beside it.';
    case 'decode':
      return 'Decoding the picture.';
    case 'preprocess':
      return 'Making the network’s input.';
    case 'run':
      return 'Running the network.';
    case 'postprocess':
      return 'Reading its outputs.';
  }
}
