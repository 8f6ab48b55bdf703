import { CircleAlert } from 'lucide-react';
import type { ComponentProps, ReactElement, ReactNode } from 'react';
import { cx } from './cx.ts';
import s from './Alarm.module.css';

interface AlarmProps extends Omit<ComponentProps<'div'>, 'title'> {
  /** Null for what is no alarm after all: it has no heading and is not red. */
  readonly title: ReactNode;
  /** Level of the heading. */
  readonly level?: 2 | 3;
}

/** Something that went wrong, beside a red rule. */
export function Alarm({
  title,
  level = 3,
  className,
  children,
  ...rest
}: AlarmProps): ReactElement {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <div className={cx(s['alarm'], className)} data-calm={title === null} {...rest}>
      {title !== null && (
        <Heading className={s['title']}>
          <CircleAlert aria-hidden="true" />
          {title}
        </Heading>
      )}
      {children}
    </div>
  );
}
