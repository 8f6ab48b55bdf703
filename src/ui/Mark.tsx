import type { ReactElement } from 'react';
import s from './Mark.module.css';

/** Three rays in a 64-unit square: through a lens at x 25, together in a focus at (55, 32). */
const RAYS = [
  ['red', 'M2 15H25L55 32'],
  ['green', 'M2 32H55'],
  ['blue', 'M2 49H25L55 32'],
] as const;

interface MarkProps {
  /** Light runs through it while something is under way. */
  readonly busy?: boolean;
}

/** The mark: light of three colour charges, brought together by a lens in a white focus. Decorative. */
export function Mark({ busy = false }: MarkProps): ReactElement {
  return (
    <svg className={s['mark']} viewBox="0 0 64 64" aria-hidden="true" data-busy={busy}>
      {RAYS.map(([charge, path]) => (
        <path key={charge} className={s[charge]} d={path} pathLength={1} />
      ))}
      <path className={s['lens']} d="M25 3Q40 32 25 61Q10 32 25 3Z" />
      <circle className={s['focus']} cx="55" cy="32" r="6.25" />
    </svg>
  );
}
