import type { ReactElement } from 'react';
import { GRADE_WORDS } from '../../core/integrity/provenance.ts';
import type { InstalledModel } from '../../models/library/types.ts';
import { EntryCells } from './EntryCells.tsx';
import { RowButtons } from './RowButtons.tsx';
import { RowNews } from './RowNews.tsx';
import type { Actions } from './state/actions.ts';
import { useFailure } from './state/failures.ts';
import s from './Row.module.css';

interface OwnRowProps {
  readonly model: InstalledModel;
  readonly actions: Actions;
}

/** An installed model that the catalogue does not know: a person's own file. */
export function OwnRow({ model, actions }: OwnRowProps): ReactElement {
  const { entry, grade } = model;
  const failure = useFailure(entry.id);
  const state = { state: 'installed', model } as const;
  return (
    <li
      tabIndex={-1}
      className={s['row']}
      data-testid="library-row"
      data-model={entry.id}
      data-grade={grade}
      data-state="installed"
    >
      <EntryCells
        entry={entry}
        from={model.provider === 'own-file' ? 'Own file' : entry.source.title}
        grade={grade}
        evidence={GRADE_WORDS[grade].short}
      />
      <RowButtons id={entry.id} state={state} actions={actions} />
      <RowNews id={entry.id} state={state} failure={failure} because={null} />
    </li>
  );
}
