import type { ReactElement } from 'react';
import { fixed } from '../../core/quantity.ts';
import { formatPercent } from '../format.ts';
import { vars, type AnswerProps, type TaskView } from '../view-types.ts';
import type { ClassificationAnswer } from './schema.ts';
import s from './View.module.css';

function Reading({ answer }: AnswerProps<ClassificationAnswer>): ReactElement {
  const [best] = answer.classes;
  return (
    <div className={s['reading']}>
      {best && (
        <p className={s['best']}>
          <span className={s['name']}>{best.label}</span>
          <span className={s['share']}>{formatPercent(best.probability)}</span>
        </p>
      )}
      <div className={s['chart']}>
        <ol className={s['list']} data-testid="results" aria-label="Most probable classes">
          {answer.classes.map(({ index, label, probability }) => (
            <li
              key={index}
              className={s['row']}
              data-label={label}
              data-probability={probability}
              style={vars({ '--share': probability })}
            >
              <span className={s['label']}>{label}</span>
              <span className={s['track']} aria-hidden="true">
                <span className={s['bar']} />
              </span>
              <span className={s['figure']}>{formatPercent(probability)}</span>
            </li>
          ))}
        </ol>
        <p className={s['axis']} aria-hidden="true">
          <span className={s['marks']}>
            <span>0</span>
            <span>50</span>
            <span>100%</span>
          </span>
        </p>
      </div>
      {answer.known > answer.classes.length && (
        <p className={s['note']}>
          The {answer.classes.length} best of {fixed(answer.known, 0)} classes.
        </p>
      )}
    </div>
  );
}

/** Top-5 classes as bars on a scale of probability. */
export const CLASSIFICATION_VIEW: TaskView<ClassificationAnswer> = {
  initialThreshold: () => 0,
  sentence: ({ classes: [best] }) =>
    best ? `${best.label}, ${formatPercent(best.probability)}` : 'no class',
  caution:
    'A classifier always answers with one of the classes it knows, whatever the picture shows.',
  Reading,
  Overlay: () => null,
  extent: () => null,
};
