import type { ReactElement } from 'react';
import type { AppError } from '../../core/errors.ts';
import { plural } from '../../ui/format.ts';
import s from './CatalogProblems.module.css';

/** Models that cannot be offered, and why. Nothing when all can. */
export function CatalogProblems({
  problems,
}: {
  readonly problems: readonly AppError[];
}): ReactElement | null {
  if (problems.length === 0) return null;
  return (
    <details className={s['problems']} data-testid="catalog-problems">
      <summary>
        {plural(problems.length, 'entry', 'entries')} of the catalogue cannot be used
      </summary>
      <ul>
        {problems.map((problem, index) => (
          <li key={index}>
            {problem.message} <code>{problem.code}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
