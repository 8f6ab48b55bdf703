import type { ReactElement } from 'react';
import type { Grade as Letter } from '../../core/integrity/provenance.ts';
import { TASKS, type ModelEntry } from '../../tasks/registry.ts';
import { formatBytes } from '../../ui/format.ts';
import { Grade } from '../../ui/Grade.tsx';
import s from './Row.module.css';

interface EntryCellsProps {
  readonly entry: ModelEntry;
  /** Where it comes from, in a few words. */
  readonly from: string;
  readonly grade: Letter;
  /** What the grade rests on, in a few words. */
  readonly evidence: string;
}

/** The cells of a row about a model that is declared: title, task and id, size, evidence. */
export function EntryCells({ entry, from, grade, evidence }: EntryCellsProps): ReactElement {
  return (
    <>
      <div className={s['name']}>
        <p className={s['title']}>{entry.title}</p>
        <p className={s['soft']}>{from}</p>
      </div>
      <div className={s['task']}>
        <p>{TASKS[entry.task].title}</p>
        <p className={s['soft']}>{entry.id}</p>
      </div>
      <div className={s['metric']} />
      <p className={s['size']}>{formatBytes(entry.bytes)}</p>
      <div className={s['grade']}>
        <Grade letter={grade} text={evidence} />
      </div>
    </>
  );
}
