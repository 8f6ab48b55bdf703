import type { ReactElement } from 'react';
import type { Box } from '../../core/geometry/boxes.ts';
import { formatScore } from '../format.ts';
import { vars, type AnswerProps } from '../view-types.ts';
import { classColour, shownAt } from './select.ts';
import type { DetectionAnswer } from './schema.ts';
import s from './Overlay.module.css';

/** More labels than this hide the picture: the pointed-out one and the table then say the classes. */
const LEGIBLE = 48;

const area = ([x1, y1, x2, y2]: Box) => (x2 - x1) * (y2 - y1);

/**
 * Boxes over the picture, in picture pixels; labels are text beside them, so that they keep their size at any
 * zoom. Hidden from assistive technology: the table says the same.
 */
export function Overlay(props: AnswerProps<DetectionAnswer>): ReactElement {
  const { answer, size, threshold, highlight, onHighlight } = props;
  // Large boxes first, so that a small one inside can be pointed at.
  const shown = shownAt(answer, threshold).toSorted(
    (a, b) => area(b.detection.box) - area(a.detection.box),
  );
  return (
    <div
      className={s['overlay']}
      aria-hidden="true"
      data-pointing={highlight !== null}
      data-dense={shown.length > LEGIBLE}
    >
      <svg
        className={s['boxes']}
        viewBox={`0 0 ${String(size.width)} ${String(size.height)}`}
        preserveAspectRatio="none"
      >
        {shown.map(({ index, detection: { box, classIndex } }) => {
          const [x1, y1, x2, y2] = box;
          const frame = { x: x1, y: y1, width: x2 - x1, height: y2 - y1 };
          return (
            <g
              key={index}
              className={s['box']}
              data-on={index === highlight}
              style={vars({ '--colour': classColour(classIndex) })}
              onPointerEnter={() => {
                onHighlight(index);
              }}
              onPointerLeave={() => {
                onHighlight(null);
              }}
            >
              <rect className={s['halo']} {...frame} />
              <rect className={s['line']} {...frame} />
            </g>
          );
        })}
      </svg>
      {shown.map(({ index, detection: { box, classIndex, label, score } }) => (
        <span
          key={index}
          className={s['label']}
          data-on={index === highlight}
          data-inside={box[1] / size.height < 0.05}
          style={vars({
            '--colour': classColour(classIndex),
            '--x': box[0] / size.width,
            '--y': box[1] / size.height,
          })}
        >
          {label} <span className={s['score']}>{formatScore(score)}</span>
        </span>
      ))}
    </div>
  );
}
