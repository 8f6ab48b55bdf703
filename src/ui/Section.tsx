import { useId, type ReactElement, type ReactNode } from 'react';
import { cx } from './cx.ts';
import s from './Section.module.css';

interface SectionProps {
  readonly title: string;
  /** What stands at the right end of the heading's line. */
  readonly aside?: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A titled part of the page under a ticked rule. */
export function Section({ title, aside, className, children }: SectionProps): ReactElement {
  const id = useId();
  return (
    <section aria-labelledby={id} className={cx(s['section'], className)}>
      <header className={s['header']}>
        <h2 id={id} className={s['title']}>
          {title}
        </h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
