import { ArrowRight, Download, Pause, Play, RotateCw, X } from 'lucide-react';
import { useRef, type ReactElement } from 'react';
import type { InstallState } from '../../models/library/types.ts';
import { Button } from '../../ui/Button.tsx';
import { useFocusHandover } from '../../ui/useFocusHandover.ts';
import s from './Row.module.css';

interface RowButtonsProps {
  readonly id: string;
  readonly state: InstallState['state'];
  /** The refusal is for good: it cannot be dismissed. */
  readonly withdrawn?: boolean;
  /** Installs, or goes on; absent where this version cannot. */
  readonly onInstall?: (() => void) | undefined;
  readonly onPause: (id: string) => void;
  readonly onCancel: (id: string) => void;
  readonly onRemove: (id: string) => void;
  readonly onUse: (id: string) => void;
  readonly onInspect: (id: string) => void;
}

/** What can be done with a model in its present state. A button that leaves hands the focus to the first that stays, here or in the row. */
export function RowButtons(props: RowButtonsProps): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  const handlers = useFocusHandover(
    () =>
      box.current?.querySelector('button') ?? box.current?.closest('li')?.querySelector('button'),
  );
  return (
    <div
      ref={box}
      className={s['buttons']}
      {...handlers}
      onClickCapture={(event) => {
        // The second click of a double click was not meant for the button that the first one put there.
        if (event.detail > 1) event.stopPropagation();
      }}
    >
      {buttons(props)}
    </div>
  );
}

function buttons({ id, state, withdrawn = false, ...on }: RowButtonsProps): ReactElement | null {
  const cancel = (
    <Button
      kind="icon"
      data-testid="cancel"
      aria-label={state === 'refused' ? `Dismiss the refusal of ${id}` : `Cancel ${id}`}
      onClick={() => {
        on.onCancel(id);
      }}
    >
      <X aria-hidden="true" />
    </Button>
  );
  switch (state) {
    case 'available':
      return on.onInstall ? (
        <Button data-testid="install" aria-label={`Install ${id}`} onClick={on.onInstall}>
          <Download aria-hidden="true" />
          Install
        </Button>
      ) : null;
    case 'downloading':
    case 'verifying':
      return (
        <>
          <Button
            data-testid="pause"
            aria-label={`Pause ${id}`}
            // Stays in its place, with the focus: whoever presses it too late must not find “Cancel” there.
            aria-disabled={state === 'verifying'}
            onClick={() => {
              if (state === 'downloading') on.onPause(id);
            }}
          >
            <Pause aria-hidden="true" />
            Pause
          </Button>
          {cancel}
        </>
      );
    case 'paused':
      return (
        <>
          {on.onInstall && (
            <Button data-testid="resume" aria-label={`Resume ${id}`} onClick={on.onInstall}>
              <Play aria-hidden="true" />
              Resume
            </Button>
          )}
          {cancel}
        </>
      );
    case 'elsewhere':
      return null; // it is the other tab's to stop
    case 'refused':
      return (
        <>
          {on.onInstall && (
            <Button data-testid="install" aria-label={`Install ${id} again`} onClick={on.onInstall}>
              <RotateCw aria-hidden="true" />
              Try again
            </Button>
          )}
          {!withdrawn && cancel}
        </>
      );
    case 'installed':
      // The first button stands, and keeps the focus, where “Pause” was a moment ago: it must undo nothing.
      return (
        <>
          <Button
            kind="plain"
            data-testid="inspect"
            aria-label={`Inspect ${id}`}
            onClick={() => {
              on.onInspect(id);
            }}
          >
            Inspect
          </Button>
          <Button
            kind="plain"
            data-testid="remove"
            aria-label={`Remove ${id}`}
            onClick={() => {
              on.onRemove(id);
            }}
          >
            Remove
          </Button>
          <Button
            data-testid="use"
            aria-label={`Use ${id}`}
            onClick={() => {
              on.onUse(id);
            }}
          >
            Use it
            <ArrowRight aria-hidden="true" />
          </Button>
        </>
      );
  }
}
