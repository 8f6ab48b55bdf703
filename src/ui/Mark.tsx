import type { ReactElement } from 'react';
import s from './Mark.module.css';

/** Aperture blades in a 64-unit square: edges are tangents of the opening (r 10.5) running out to r 30. */
const BLADES = [
  ['red', 'M32 20.7L59.79 20.7A30 30 0 0 1 26.21 61.44L38.39 40.33A10.5 10.5 0 0 0 32 20.7Z'],
  [
    'green',
    'M41.79 37.65L27.89 61.72A30 30 0 0 1 9.41 12.26L21.59 33.37A10.5 10.5 0 0 0 41.79 37.65Z',
  ],
  [
    'blue',
    'M22.21 37.65L8.32 13.58A30 30 0 0 1 60.39 22.3L36.02 22.3A10.5 10.5 0 0 0 22.21 37.65Z',
  ],
] as const;

/** The mark: an aperture of three blades, one for each colour charge, that together leave white. Decorative. */
export function Mark({ turning = false }: { readonly turning?: boolean }): ReactElement {
  return (
    <svg className={s['mark']} viewBox="0 0 64 64" aria-hidden="true" data-turning={turning}>
      <circle className={s['opening']} cx="32" cy="32" r="12" />
      <g className={s['blades']}>
        {BLADES.map(([charge, path]) => (
          <path key={charge} className={s[charge]} d={path} />
        ))}
      </g>
    </svg>
  );
}
