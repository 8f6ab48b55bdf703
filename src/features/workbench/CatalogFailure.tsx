import type { ReactElement } from 'react';
import { ErrorNotice } from './ErrorNotice.tsx';
import { useCatalog } from './state/catalog.ts';
import s from './CatalogFailure.module.css';

/** In place of the bench: the catalogue could not be loaded, so nothing can be run. */
export function CatalogFailure(): ReactElement | null {
  const { failure, failedAt, refetch } = useCatalog();
  if (!failure) return null;
  return (
    <div className={s['failure']}>
      <h2 className={s['title']}>No models to work with</h2>
      <ErrorNotice error={failure} at={failedAt} onRetry={refetch} />
    </div>
  );
}
