import { useEffect, useId, useRef, type ReactElement } from 'react';
import { Button } from '../../../ui/Button.tsx';
import s from './OwnModel.module.css';

interface InsteadProps {
  /** The file that came. */
  readonly came: File;
  /** The name of the file about which something was entered; null when that one was kept meanwhile. */
  readonly inWork: string | null;
  readonly onTake: () => void;
  readonly onDecline: () => void;
}

/** Asks before a file takes the place of another one, as what was entered would be lost. */
export function Instead({ came, inWork, onTake, onDecline }: InsteadProps): ReactElement {
  const id = useId();
  const question = useRef<HTMLDivElement>(null);
  useEffect(() => {
    question.current?.focus();
  }, [came]);
  return (
    <div
      ref={question}
      tabIndex={-1}
      role="group"
      aria-labelledby={id}
      className={s['news']}
      data-testid="own-instead"
    >
      <p id={id} className={s['lead']}>
        {inWork === null
          ? `${came.name} came. Look at it now?`
          : `${came.name} came. Look at it instead of ${inWork}? What was entered would be lost.`}
      </p>
      <p className={s['actions']}>
        <Button kind="primary" data-testid="own-instead-yes" onClick={onTake}>
          Look at it
        </Button>
        <Button data-testid="own-instead-no" onClick={onDecline}>
          {inWork === null ? 'Leave it' : 'Stay with this one'}
        </Button>
      </p>
    </div>
  );
}
