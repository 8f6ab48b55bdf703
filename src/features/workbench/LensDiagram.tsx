import type { ReactElement } from 'react';
import { vars } from '../../tasks/view-types.ts';
import s from './LensDiagram.module.css';

/* A biconvex lens on its axis: parallel light of three colours, brought together in a focus where it is white. */
const AXIS = 160;
const LENS = { x: 252, half: 128 } as const;
const FOCUS = 590;
const END = 720;

const RAYS = [
  { charge: 'red', offsets: [-104, -86, -68] },
  { charge: 'green', offsets: [-18, 0, 18] },
  { charge: 'blue', offsets: [68, 86, 104] },
] as const;

/** Where a ray that crossed the focus leaves the drawing. */
function beyond(offset: number): number {
  return AXIS - (offset * (END - FOCUS)) / (FOCUS - LENS.x);
}

/** The drawing of the empty bench. Decorative. */
export function LensDiagram(): ReactElement {
  const { x, half } = LENS;
  return (
    <svg
      className={s['diagram']}
      viewBox={`0 0 ${String(END)} ${String(AXIS * 2)}`}
      preserveAspectRatio="xMinYMid slice"
      aria-hidden="true"
    >
      <line className={s['axis']} x1={0} x2={END} y1={AXIS} y2={AXIS} />
      {Array.from({ length: 61 }, (_, index) => index * 12).map((at) => (
        <line
          key={at}
          className={s['tick']}
          x1={at + 0.5}
          x2={at + 0.5}
          y1={AXIS * 2}
          y2={AXIS * 2 - (at % 120 === 0 ? 11 : at % 60 === 0 ? 7 : 4)}
        />
      ))}
      {RAYS.map(({ charge, offsets }) =>
        offsets.map((offset, index) => (
          <path
            key={offset}
            className={s['ray']}
            style={vars({ '--charge': `var(--charge-${charge})`, '--order': index })}
            pathLength={1}
            d={`M0 ${String(AXIS + offset)}H${String(x)}L${String(FOCUS)} ${String(AXIS)}L${String(END)} ${String(beyond(offset))}`}
          />
        )),
      )}
      <path
        className={s['lens']}
        d={`M${String(x)} ${String(AXIS - half)}Q${String(x + 52)} ${String(AXIS)} ${String(x)} ${String(AXIS + half)}Q${String(x - 52)} ${String(AXIS)} ${String(x)} ${String(AXIS - half)}Z`}
      />
      <line className={s['stop']} x1={FOCUS} x2={FOCUS} y1={AXIS - 56} y2={AXIS - 15} />
      <line className={s['stop']} x1={FOCUS} x2={FOCUS} y1={AXIS + 15} y2={AXIS + 56} />
      <circle className={s['focus']} cx={FOCUS} cy={AXIS} r={7} />
    </svg>
  );
}
