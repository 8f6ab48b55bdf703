import type { ReactElement } from 'react';
import { GRADE_WORDS, type InstallPolicy } from '../../core/integrity/provenance.ts';
import { installedState } from '../../models/library/states.ts';
import type { InstalledModel } from '../../models/library/types.ts';
import { EntryCells } from './EntryCells.tsx';
import { RowButtons } from './RowButtons.tsx';
import { RowNews } from './RowNews.tsx';
import type { Actions } from './state/actions.ts';
import { useFailure } from './state/failures.ts';
import { useInstallState } from './state/library.ts';
import { barredBecause, missingOf } from './words.ts';
import s from './Row.module.css';

interface OwnRowProps {
  readonly model: InstalledModel;
  /** What this device may use. */
  readonly policy: InstallPolicy;
  readonly actions: Actions;
}

/** An installed model that the catalogue does not know: a person's own file. */
export function OwnRow({ model, policy, actions }: OwnRowProps): ReactElement {
  const { entry, grade } = model;
  const failure = useFailure(entry.id);
  const missing = missingOf(useInstallState(entry.id));
  const state = installedState(model, missing); // of one that goes, the list may be behind
  const barred = barredBecause(model, policy);
  return (
    <li
      tabIndex={-1}
      className={s['row']}
      data-testid="library-row"
      data-model={entry.id}
      data-grade={grade}
      data-state="installed"
      data-missing={missing && true}
    >
      <EntryCells
        entry={entry}
        from={model.provider === 'own-file' ? 'Own file' : entry.source.title}
        grade={grade}
        evidence={GRADE_WORDS[grade].short}
      />
      <RowButtons id={entry.id} state={state} mayRun={barred === null} actions={actions} />
      <RowNews id={entry.id} state={state} failure={failure} because={null} barred={barred} />
    </li>
  );
}
