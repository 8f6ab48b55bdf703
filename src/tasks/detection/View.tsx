import type { ReactElement } from 'react';
import { vars, type AnswerProps, type TaskView } from '../view-types.ts';
import { BoxTable } from './BoxTable.tsx';
import { Overlay } from './Overlay.tsx';
import { classColour, countsOf, sentenceOf, shownAt } from './select.ts';
import type { DetectionAnswer } from './schema.ts';
import { Spectrum } from './Spectrum.tsx';
import s from './View.module.css';

function Reading(props: AnswerProps<DetectionAnswer>): ReactElement {
  const { answer, threshold } = props;
  const shown = shownAt(answer, threshold);
  return (
    <div className={s['reading']}>
      <dl className={s['counts']}>
        {countsOf(answer, threshold).map(({ classIndex, label, count }) => (
          <div key={classIndex} className={s['count']} data-empty={count === 0}>
            <dt className={s['class']} style={vars({ '--colour': classColour(classIndex) })}>
              <span className={s['swatch']} />
              {label}
            </dt>
            <dd className={s['figure']}>{count}</dd>
          </div>
        ))}
      </dl>
      <Spectrum {...props} shown={shown.length} />
      <BoxTable {...props} shown={shown} />
    </div>
  );
}

/** Boxes over the picture, counts per class, a threshold on the spectrum of scores, and the boxes as a table. */
export const DETECTION_VIEW: TaskView<DetectionAnswer> = {
  initialThreshold: (answer) => answer.defaultThreshold,
  sentence: sentenceOf,
  caution: null,
  Reading,
  Overlay,
  extent: (answer, index) => answer.detections[index]?.box ?? null,
};
