import { useRef, type KeyboardEvent, type ReactElement } from 'react';
import type { Box } from '../../core/geometry/boxes.ts';
import { formatScore } from '../format.ts';
import { vars, type AnswerProps } from '../view-types.ts';
import { classColour, type Shown } from './select.ts';
import type { DetectionAnswer } from './schema.ts';
import s from './BoxTable.module.css';

interface BoxTableProps extends AnswerProps<DetectionAnswer> {
  readonly shown: readonly Shown[];
}

/** The boxes as a table. One row is in the tab order; arrow keys, Home and End move along the rows. */
export function BoxTable(props: BoxTableProps): ReactElement {
  const { shown, highlight, onHighlight, threshold } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const stop = shown.some(({ index }) => index === highlight) ? highlight : shown[0]?.index;

  const move = (event: KeyboardEvent) => {
    const buttons = [...(body.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    const target = to === undefined ? undefined : buttons[to];
    if (!target) return;
    event.preventDefault();
    target.focus();
  };

  return (
    <>
      <div className={s['scroll']}>
        <table className={s['table']}>
          <caption className="visually-hidden">
            Boxes at or above the threshold, best first. Coordinates are pixels of the picture.
          </caption>
          <thead>
            <tr>
              <th scope="col">Class</th>
              <th scope="col">Score</th>
              <th scope="col">
                Left, top <span aria-hidden="true">→</span>
                <span className="visually-hidden">to</span> right, bottom
              </th>
            </tr>
          </thead>
          <tbody ref={body} data-testid="results" onKeyDown={move}>
            {shown.map(({ index, detection }) => (
              <tr
                key={index}
                data-label={detection.label}
                data-probability={detection.score}
                data-box={detection.box.join(',')}
                data-on={index === highlight}
                onPointerEnter={() => {
                  onHighlight(index);
                }}
                onPointerLeave={() => {
                  onHighlight(null);
                }}
              >
                <th scope="row">
                  <button
                    type="button"
                    className={s['class']}
                    tabIndex={index === stop ? 0 : -1}
                    style={vars({ '--colour': classColour(detection.classIndex) })}
                    onFocus={() => {
                      onHighlight(index);
                    }}
                    onBlur={() => {
                      onHighlight(null);
                    }}
                  >
                    <span className={s['swatch']} />
                    {detection.label}
                    <span className="visually-hidden">: show in the picture</span>
                  </button>
                </th>
                <td>{formatScore(detection.score)}</td>
                <td className={s['box']}>{printBox(detection.box)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length === 0 && (
        <p className={s['none']}>
          {props.answer.detections.length === 0
            ? 'The model found nothing it knows in this picture.'
            : `No box reaches ${formatScore(threshold)}. Lower the threshold to see weaker ones.`}
        </p>
      )}
    </>
  );
}

function printBox([x1, y1, x2, y2]: Box): string {
  const [left, top, right, bottom] = [x1, y1, x2, y2].map((value) => String(Math.round(value)));
  return `${left ?? ''}, ${top ?? ''} → ${right ?? ''}, ${bottom ?? ''}`;
}
