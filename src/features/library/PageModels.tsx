import type { ReactElement } from 'react';
import type { CatalogModel } from '../../models/types.ts';
import { cx } from '../../ui/cx.ts';
import { formatCount } from '../../ui/format.ts';
import { Section } from '../../ui/Section.tsx';
import { evidenceOf } from '../models/evidence.ts';
import { CatalogProblems } from '../workbench/CatalogProblems.tsx';
import { ErrorNotice } from '../workbench/ErrorNotice.tsx';
import { useCatalog } from '../workbench/state/catalog.ts';
import { EntryCells } from './EntryCells.tsx';
import { RowNews } from './RowNews.tsx';
import type { Actions } from './state/actions.ts';
import { useFailure } from './state/failures.ts';
import { UseButtons } from './UseButtons.tsx';
import row from './Row.module.css';
import s from './PageModels.module.css';

interface PageModelsProps {
  /** What the page's manifests name; see `isOfPage`. */
  readonly models: readonly CatalogModel[];
  readonly actions: Actions;
}

/** The models that the page's own manifests name: nothing has to be installed, a run fetches and verifies them. */
export function PageModels({ models, actions }: PageModelsProps): ReactElement | null {
  const { data, failure, failedAt, refetch } = useCatalog();
  const problems = data?.problems.length ?? 0;
  if (models.length === 0 && problems === 0 && !failure) return null;
  return (
    <Section
      title="Models of this page"
      aside={models.length > 0 && <p className={s['count']}>{formatCount(models.length)}</p>}
    >
      {failure && <ErrorNotice error={failure} at={failedAt} onRetry={refetch} />}
      <CatalogProblems testId="library-problems" />
      {models.length > 0 && (
        <ul className={s['list']} data-testid="library-page">
          {models.map((model) => (
            <PageRow key={model.entry.id} model={model} actions={actions} />
          ))}
        </ul>
      )}
    </Section>
  );
}

interface PageRowProps {
  readonly model: CatalogModel;
  readonly actions: Actions;
}

function PageRow({ model, actions }: PageRowProps): ReactElement {
  const { entry, grade, collection } = model;
  const { id, title } = entry;
  const failure = useFailure(id);
  return (
    <li
      className={cx(row['row'], s['row'])}
      data-testid="library-page-model"
      data-model={id}
      data-grade={grade}
    >
      <EntryCells
        entry={entry}
        from={
          collection === 'embedded' ? 'Part of Gluon Lens' : 'Added by the operator of this page'
        }
        grade={grade}
        evidence={evidenceOf(model).short}
      />
      <div className={cx(row['buttons'], s['buttons'])}>
        <UseButtons id={id} name={title} onInspect={actions.inspect} onUse={actions.use} />
      </div>
      <RowNews id={id} state={{ state: 'available' }} failure={failure} because={null} />
    </li>
  );
}
