import { useEffect, useEffectEvent, useRef, type ReactElement } from 'react';

interface AnnouncerProps {
  /** Changes exactly when something new is to be said. */
  readonly moment: string;
  readonly sentence: string;
}

/** A polite live region that says a sentence once a moment, not again whenever its wording changes in passing. */
export function Announcer({ moment, sentence }: AnnouncerProps): ReactElement {
  const ref = useRef<HTMLParagraphElement>(null);
  const say = useEffectEvent(() => {
    if (ref.current) ref.current.textContent = sentence;
  });

  useEffect(() => {
    say();
  }, [moment]);

  return <p ref={ref} role="status" aria-live="polite" className="visually-hidden" />;
}
