import type { ReactElement } from 'react';
import { asAppError } from '../../core/errors.ts';
import { ErrorNotice } from './ErrorNotice.tsx';
import { useCatalog } from './state/catalog.ts';
import s from './CatalogFailure.module.css';

/** In place of the bench: the catalogue could not be loaded, so nothing can be run. */
export function CatalogFailure(): ReactElement | null {
  const { error, errorUpdatedAt, refetch } = useCatalog();
  if (!error) return null;
  return (
    <div className={s['failure']}>
      <h2 className={s['title']}>No models to work with</h2>
      <ErrorNotice
        error={asAppError(error)}
        at={errorUpdatedAt}
        onRetry={() => {
          void refetch();
        }}
      />
    </div>
  );
}
