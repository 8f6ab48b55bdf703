import type { ReactElement } from 'react';
import type { AppError } from '../../core/errors.ts';
import { plural } from '../../ui/format.ts';
import s from './CatalogProblems.module.css';

/** What concerns one entry; any other problem took a whole manifest with it. */
const OF_ENTRIES: ReadonlySet<string> = new Set([
  'manifest/bad-entry',
  'manifest/unknown-task',
  'manifest/duplicate-id',
]);

/** Models that cannot be offered, and why; open when a whole manifest failed. Nothing when all can be. */
export function CatalogProblems({
  problems,
}: {
  readonly problems: readonly AppError[];
}): ReactElement | null {
  if (problems.length === 0) return null;
  const entries = problems.filter(({ code }) => OF_ENTRIES.has(code)).length;
  const manifests = problems.length - entries;
  return (
    <details className={s['problems']} data-testid="catalog-problems" open={manifests > 0}>
      <summary>{summaryOf(manifests, entries)}</summary>
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

function summaryOf(manifests: number, entries: number): string {
  const whole = manifests > 0 ? plural(manifests, 'whole manifest', 'whole manifests') : null;
  const single = entries > 0 ? plural(entries, 'entry', 'entries') : null;
  const what = [whole, single].filter((part) => part !== null).join(' and ');
  return `${what} of the catalogue cannot be used`;
}
