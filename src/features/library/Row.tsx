import { memo, type ReactElement } from 'react';
import { GRADE_WORDS, type InstallPolicy } from '../../core/integrity/provenance.ts';
import { metricValue, TASK_TITLES } from '../../models/zoo/words.ts';
import { formatBytes } from '../../ui/format.ts';
import { Grade } from '../../ui/Grade.tsx';
import { RowButtons } from './RowButtons.tsx';
import { RowNews } from './RowNews.tsx';
import type { LibraryRow } from './rows.ts';
import type { Actions } from './state/actions.ts';
import { useFailure } from './state/failures.ts';
import { useInstallState } from './state/library.ts';
import { barredBecause, isMissing, shownState, waitsFor } from './words.ts';
import s from './Row.module.css';

interface RowProps {
  readonly row: LibraryRow;
  readonly selected: boolean;
  /** What this device may install and use. */
  readonly policy: InstallPolicy;
  readonly actions: Actions;
  readonly onDetails: (id: string) => void;
}

/** A model of the zoo. Memoised: of 332 rows only those whose own state changed are rendered again. */
export const Row = memo(function Row({
  row,
  selected,
  policy,
  actions,
  onDetails,
}: RowProps): ReactElement {
  const { id, model, plan, metric, bytes } = row;
  const state = useInstallState(id);
  const failure = useFailure(id);
  const grade = state.state === 'installed' ? state.model.grade : row.grade;
  const barred = state.state === 'installed' ? barredBecause(state.model, policy) : null;
  return (
    <li
      id={rowElementId(id)}
      tabIndex={-1}
      className={s['row']}
      data-testid="library-row"
      data-model={id}
      data-grade={grade ?? 'none'}
      data-state={shownState(state)}
      data-waits={waitsFor(state) ?? undefined}
      data-missing={isMissing(state) || undefined}
      data-selected={selected}
      data-possible={plan.possible}
    >
      <div className={s['name']}>
        <button
          type="button"
          className={s['title']}
          aria-haspopup="dialog"
          data-testid="details"
          aria-label={`About ${id}`}
          onClick={() => {
            onDetails(id);
          }}
        >
          {id}
        </button>
        <p className={s['soft']}>{model.family}</p>
      </div>
      <div className={s['task']}>
        <p>{TASK_TITLES[row.task]}</p>
        <p className={s['soft']}>{row.dataset ?? 'Own classes'}</p>
      </div>
      <div className={s['metric']}>
        {metric ? (
          <>
            <p className={s['number']}>{metricValue(metric)}</p>
            <p className={s['soft']}>{metric.name}</p>
          </>
        ) : (
          <p className={s['soft']}>
            <span aria-hidden="true">–</span>
            <span className="visually-hidden">No accuracy published</span>
          </p>
        )}
      </div>
      <p className={s['size']}>{bytes === null ? <SizeUnknown /> : formatBytes(bytes)}</p>
      <div className={s['grade']}>
        {grade === null ? (
          <span className={s['soft']}>Nothing published</span>
        ) : (
          <Grade letter={grade} text={GRADE_WORDS[grade].short} />
        )}
      </div>
      <RowButtons
        id={id}
        state={state}
        onInstall={
          plan.possible
            ? () => {
                actions.install(row);
              }
            : undefined
        }
        mayRun={barred === null}
        actions={actions}
      />
      <RowNews
        id={id}
        state={state}
        failure={failure}
        because={plan.possible ? null : plan.because}
        barred={barred}
      />
    </li>
  );
});

function SizeUnknown(): ReactElement {
  return (
    <span className={s['soft']}>
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">Size not published</span>
    </span>
  );
}

function rowElementId(id: string): string {
  return `library-row-${id}`;
}

/** The row of a model on the page; null where the filters leave it out. */
export function rowElement(id: string): HTMLElement | null {
  return document.getElementById(rowElementId(id));
}

/** The button of a row that opens its details. */
export function detailsButton(id: string): HTMLElement | null | undefined {
  return rowElement(id)?.querySelector<HTMLElement>('[aria-haspopup="dialog"]');
}
