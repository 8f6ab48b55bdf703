import { X } from 'lucide-react';
import {
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useRef,
  type ReactElement,
  type ReactNode,
} from 'react';
import { Button } from './Button.tsx';
import { cx } from './cx.ts';
import { registerDialog } from './dialogs.ts';
import s from './Dialog.module.css';

/** Who closes a dialog: the person, or `news` that the person should see, of which there may be more on its way. */
export type ClosedBy = 'person' | 'news';

interface DialogProps {
  readonly title: string;
  readonly onClose: (by: ClosedBy) => void;
  readonly children: ReactNode;
  /** Gets the focus on closing where whoever had it before is gone, or nobody had it. */
  readonly heir?: (() => HTMLElement | null | undefined) | undefined;
  /** For a table. */
  readonly wide?: boolean;
}

/** A modal `<dialog>`, open while it is mounted. Escape, the cross, a click beside it and closeDialogs close it. */
export function Dialog(props: DialogProps): ReactElement {
  const { title, onClose, children, heir, wide = false } = props;
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  const heirNow = useRef(heir);
  useLayoutEffect(() => {
    heirNow.current = heir;
  }, [heir]);

  // Closed while still in the document: only then does the browser give the focus back.
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => {
      dialog?.close();
      const { activeElement } = document;
      const isLost = activeElement === document.body || dialog?.contains(activeElement) === true;
      if (isLost) heirNow.current?.()?.focus();
    };
  }, []);

  const makeRoom = useEffectEvent(() => {
    onClose('news');
  });
  const close = () => {
    onClose('person');
  };
  useEffect(
    () =>
      registerDialog(() => {
        makeRoom();
      }),
    [],
  );

  return (
    <dialog
      ref={ref}
      className={cx(s['dialog'], wide && s['wide'])}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClick={(event) => {
        if (event.target === ref.current) close();
      }}
    >
      <div className={s['body']}>
        <header className={s['header']}>
          <h2 id={titleId} className={s['title']}>
            {title}
          </h2>
          <Button kind="icon" aria-label="Close" onClick={close}>
            <X aria-hidden="true" />
          </Button>
        </header>
        {/* Focusable, so that the keyboard can scroll what is longer than the screen. */}
        <div className={s['content']} tabIndex={0} role="group" aria-labelledby={titleId}>
          {children}
        </div>
      </div>
    </dialog>
  );
}
