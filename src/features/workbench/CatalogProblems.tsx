import { RotateCw } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button } from '../../ui/Button.tsx';
import { plural } from '../../ui/format.ts';
import { useCatalog } from './state/catalog.ts';
import s from './CatalogProblems.module.css';

/** What concerns one entry; any other problem took a whole manifest with it. */
const OF_ENTRIES: ReadonlySet<string> = new Set([
  'manifest/bad-entry',
  'manifest/unknown-task',
  'manifest/duplicate-id',
  'integrity/revoked',
]);

/**
 * Models that cannot be offered, and why; nothing when all can be. When a whole manifest failed it is open, and the
 * catalogue can be asked for again: what is offered stays meanwhile.
 */
export function CatalogProblems({ testId = 'catalog-problems' }): ReactElement | null {
  const { data, isFetching, refetch } = useCatalog();
  const problems = data?.problems ?? [];
  if (problems.length === 0) return null;
  const whole = problems.filter(({ code }) => !OF_ENTRIES.has(code));
  return (
    <details className={s['problems']} data-testid={testId} open={whole.length > 0}>
      <summary>{summaryOf(whole.length, problems.length - whole.length)}</summary>
      <ul>
        {problems.map((problem, index) => (
          <li key={index}>
            {problem.message} <code>{problem.code}</code>
          </li>
        ))}
      </ul>
      {whole.some(({ retryable }) => retryable) && (
        <p className={s['again']}>
          <Button
            // Not `disabled`: that would throw the focus away.
            aria-disabled={isFetching}
            onClick={() => {
              if (!isFetching) refetch();
            }}
          >
            <RotateCw aria-hidden="true" />
            Try again
          </Button>
        </p>
      )}
    </details>
  );
}

function summaryOf(manifests: number, entries: number): string {
  const whole = manifests > 0 ? plural(manifests, 'whole manifest', 'whole manifests') : null;
  const single = entries > 0 ? plural(entries, 'entry', 'entries') : null;
  const what = [whole, single].filter((part) => part !== null).join(' and ');
  return `${what} of the catalogue cannot be used`;
}
