import { X } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button } from '../../ui/Button.tsx';
import { chooseModel } from './state/bench.ts';
import { useCatalog, useLostChoice, useModel } from './state/catalog.ts';
import s from './IntakeNote.module.css';

/** Says that the chosen model is gone and which one is used instead: nobody should take its answers for the other’s. */
export function LostChoiceNote(): ReactElement {
  const lost = useLostChoice();
  const model = useModel();
  const problems = useCatalog().data?.problems ?? [];
  const why = problems.find(({ details }) => details['id'] === lost);
  return (
    // Always there: what appears inside is then announced.
    <div role="status" className={s['place']}>
      {lost !== null && model && (
        <div className={s['note']} data-testid="lost-choice" data-model={lost}>
          <p>
            {why
              ? `${why.message} `
              : `The model ${lost}, which was chosen here, is not offered now. `}
            “{model.entry.title}” is used instead.
          </p>
          <Button
            kind="icon"
            aria-label="Dismiss"
            title="Dismiss"
            onClick={() => {
              chooseModel(model.entry.id);
            }}
          >
            <X aria-hidden="true" />
          </Button>
        </div>
      )}
    </div>
  );
}
