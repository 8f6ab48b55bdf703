import type { ReactElement } from 'react';
import s from './Grade.module.css';

interface GradeProps {
  readonly letter: 'A' | 'B' | 'C' | 'D' | 'E';
  readonly text: string;
}

/** A letter in an engraved ring with its meaning beside it; the ring closes as the evidence gets stronger. */
export function Grade({ letter, text }: GradeProps): ReactElement {
  const share = { A: 1, B: 0.8, C: 0.6, D: 0.4, E: 0.2 }[letter];
  return (
    <span className={s['grade']}>
      <svg className={s['ring']} viewBox="0 0 24 24" aria-hidden="true">
        <circle className={s['groove']} cx="12" cy="12" r="10.5" />
        <circle
          className={s['arc']}
          cx="12"
          cy="12"
          r="10.5"
          pathLength={1}
          strokeDasharray={`${String(share)} 1`}
          transform="rotate(-90 12 12)"
        />
        <text x="12" y="16.2" textAnchor="middle">
          {letter}
        </text>
      </svg>
      <span>
        <span className="visually-hidden">Evidence grade {letter}: </span>
        {text}
      </span>
    </span>
  );
}

interface EvidenceProps extends GradeProps {
  /** A paragraph each. */
  readonly words: readonly string[];
}

/** A grade with what it means and what it rests on below. */
export function Evidence({ words, ...grade }: EvidenceProps): ReactElement {
  return (
    <>
      <Grade {...grade} />
      {words.map((text) => (
        <p key={text} className={s['words']}>
          {text}
        </p>
      ))}
    </>
  );
}
