import type { ReactElement, ReactNode } from 'react';
import s from './Facts.module.css';

interface Fact {
  readonly term: string;
  /** Tells facts with the same term apart. */
  readonly key?: string;
  readonly value: ReactNode;
}

/** Terms and values on hairlines. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }): ReactElement {
  return (
    <dl className={s['facts']}>
      {facts.map(({ term, key = term, value }) => (
        <div key={key} className={s['fact']}>
          <dt className={s['term']}>{term}</dt>
          <dd className={s['value']}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
