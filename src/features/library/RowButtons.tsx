import { Download, Pause, Play, RotateCw, X } from 'lucide-react';
import { useRef, type ReactElement } from 'react';
import type { InstallState } from '../../models/library/types.ts';
import { Button } from '../../ui/Button.tsx';
import { useFocusHandover } from '../../ui/useFocusHandover.ts';
import type { Actions } from './state/actions.ts';
import { UseButtons } from './UseButtons.tsx';
import { refusalIs } from './words.ts';
import s from './Row.module.css';

interface RowButtonsProps {
  readonly id: string;
  readonly state: InstallState;
  /** Installs, or goes on; absent where this version cannot. */
  readonly onInstall?: (() => void) | undefined;
  /** False for an installed model that the policy does not let run. */
  readonly mayRun: boolean;
  readonly actions: Omit<Actions, 'install'>;
}

/**
 * What can be done with a model in its present state. A button that leaves hands the focus to its row, which does
 * nothing by itself: a second Enter, or one that came too late, must not press what took the button's place. For the
 * same reason each button has a key: React must not make one purpose's button another's, with the focus on it.
 */
export function RowButtons(props: RowButtonsProps): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  useFocusHandover(box, () => box.current?.closest('li'));
  return (
    <div
      ref={box}
      className={s['buttons']}
      onClickCapture={(event) => {
        // The second click of a double click was not meant for the button that the first one put there.
        if (event.detail > 1) event.stopPropagation();
      }}
    >
      {buttons(props)}
    </div>
  );
}

function buttons({ id, state, onInstall, mayRun, actions }: RowButtonsProps): ReactElement | null {
  switch (state.state) {
    case 'available':
      return onInstall ? (
        <Button
          key="install"
          data-testid="install"
          aria-label={`Install ${id}`}
          onClick={onInstall}
        >
          <Download aria-hidden="true" />
          Install
        </Button>
      ) : null;
    case 'downloading':
    case 'verifying':
      return (
        <>
          <Button
            key="pause"
            data-testid="pause"
            aria-label={`Pause ${id}`}
            // Stays in its place, with the focus: whoever presses it too late must not find “Cancel” there.
            aria-disabled={state.state === 'verifying'}
            onClick={() => {
              if (state.state === 'downloading') actions.pause(id);
            }}
          >
            <Pause aria-hidden="true" />
            Pause
          </Button>
          <Cross key="cancel" label={`Cancel ${id}`} onClick={actions.cancel} id={id} />
        </>
      );
    case 'paused':
      return (
        <>
          {onInstall && (
            // The same button as “Pause”: whoever pressed that by mistake presses it again.
            <Button
              key="pause"
              data-testid="resume"
              aria-label={`Resume ${id}`}
              onClick={onInstall}
            >
              <Play aria-hidden="true" />
              Resume
            </Button>
          )}
          <Cross key="cancel" label={`Cancel ${id}`} onClick={actions.cancel} id={id} />
        </>
      );
    case 'elsewhere':
      return null; // it is the other tab's to stop
    case 'refused': {
      const { mayPass, isForGood } = refusalIs(state.error);
      return (
        <>
          {onInstall && mayPass && (
            <Button
              key="again"
              data-testid="install"
              aria-label={`Install ${id} again`}
              onClick={onInstall}
            >
              <RotateCw aria-hidden="true" />
              Try again
            </Button>
          )}
          {!isForGood && (
            <Cross
              key="dismiss"
              label={`Dismiss the refusal of ${id}`}
              onClick={actions.cancel}
              id={id}
            />
          )}
        </>
      );
    }
    case 'installed':
      return (
        <UseButtons
          key="use"
          id={id}
          name={id}
          onInspect={actions.inspect}
          onUse={mayRun ? actions.use : undefined}
        >
          <Button
            kind="plain"
            data-testid="remove"
            aria-label={`Remove ${id}`}
            onClick={() => {
              actions.remove(id);
            }}
          >
            Remove
          </Button>
        </UseButtons>
      );
  }
}

interface CrossProps {
  readonly id: string;
  readonly label: string;
  readonly onClick: (id: string) => void;
}

function Cross({ id, label, onClick }: CrossProps): ReactElement {
  return (
    <Button
      kind="icon"
      data-testid="cancel"
      aria-label={label}
      onClick={() => {
        onClick(id);
      }}
    >
      <X aria-hidden="true" />
    </Button>
  );
}
