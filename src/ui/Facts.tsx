import type { ReactElement, ReactNode } from 'react';
import s from './Facts.module.css';

interface Fact {
  readonly term: string;
  readonly value: ReactNode;
}

/** Terms and values on hairlines. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }): ReactElement {
  return (
    <dl className={s['facts']}>
      {facts.map(({ term, value }) => (
        <div key={term} className={s['fact']}>
          <dt className={s['term']}>{term}</dt>
          <dd className={s['value']}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
