import { useId, useRef, type ReactElement } from 'react';
import { formatScore } from '../format.ts';
import { vars, type AnswerProps } from '../view-types.ts';
import { classColour } from './select.ts';
import type { DetectionAnswer } from './schema.ts';
import s from './Spectrum.module.css';

interface SpectrumProps extends AnswerProps<DetectionAnswer> {
  /** Number of boxes at or above the threshold. */
  readonly shown: number;
}

const MARKS = [0, 0.25, 0.5, 0.75, 1] as const;

/**
 * The threshold slider under a spectrum: one line for each box, at its score, in its class's colour. The model's own
 * threshold is marked on the scale, and there is a way back to it.
 */
export function Spectrum({ answer, threshold, onThreshold, shown }: SpectrumProps): ReactElement {
  const id = useId();
  const slider = useRef<HTMLInputElement>(null);
  const own = answer.defaultThreshold;
  const total = answer.detections.length;
  return (
    <div className={s['spectrum']} style={vars({ '--at': threshold })}>
      <div className={s['head']}>
        <label htmlFor={id} className={s['label']}>
          Threshold
        </label>
        <output htmlFor={id} className={s['value']} aria-live="off">
          {formatScore(threshold)}
        </output>
        {threshold !== own && (
          <button
            type="button"
            className={s['reset']}
            onClick={() => {
              // The button leaves with the difference: the keyboard stays at what it changed.
              slider.current?.focus();
              onThreshold(own);
            }}
          >
            Reset to {formatScore(own)}
          </button>
        )}
        <span className={s['share']}>
          {shown} of {total} {total === 1 ? 'box' : 'boxes'}
        </span>
      </div>
      <div className={s['scale']}>
        <svg className={s['lines']} viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
          {answer.detections.map(({ score, classIndex }, index) => (
            <line
              key={index}
              x1={score}
              x2={score}
              y1={0}
              y2={1}
              data-off={score < threshold}
              style={vars({ '--colour': classColour(classIndex) })}
            />
          ))}
        </svg>
        <input
          ref={slider}
          id={id}
          className={s['range']}
          type="range"
          min={0}
          max={1}
          step={0.01}
          value={threshold}
          aria-valuetext={`${formatScore(threshold)}, ${String(shown)} of ${String(total)} boxes`}
          onChange={(event) => {
            onThreshold(event.target.valueAsNumber);
          }}
        />
      </div>
      <p className={s['axis']} aria-hidden="true">
        <i className={s['own']} style={vars({ '--mark': own })} title="The model’s own threshold" />
        {MARKS.map((mark) => (
          <span key={mark} style={vars({ '--mark': mark })}>
            {mark}
          </span>
        ))}
      </p>
    </div>
  );
}
