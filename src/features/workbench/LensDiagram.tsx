import { useId, type ReactElement } from 'react';
import { vars } from '../../tasks/view-types.ts';
import s from './LensDiagram.module.css';

/* A biconvex lens on its axis: parallel light of three colours, brought together in a pinhole where it is white. */
const AXIS = 190;
const LENS = { x: 170, half: 140, bulge: 50 } as const;
const FOCUS = 440;
const SCREEN = 548;
const BASE = 376;

const RAYS = [
  { charge: 'red', offsets: [-112, -96, -80] },
  { charge: 'green', offsets: [-16, 0, 16] },
  { charge: 'blue', offsets: [80, 96, 112] },
] as const;

/** Half the height of the white cone where it meets the screen. */
const CONE = (112 * (SCREEN - FOCUS)) / (FOCUS - LENS.x);

const at = (x: number, y: number) => `${String(x)} ${y.toFixed(1)}`;

/** Half the lens's thickness at a height above the axis, for the quadratic curves that draw it. */
function thickness(offset: number): number {
  const t = offset / LENS.half;
  return (LENS.bulge / 2) * (1 - t * t);
}

/** In parallel to the axis, a first bend at the front surface, a second at the back, straight to the focus. */
function ray(offset: number): string {
  const deep = thickness(offset);
  const inside = offset * (1 - (0.42 * (2 * deep)) / (FOCUS - LENS.x));
  return `M${at(0, AXIS + offset)}L${at(LENS.x - deep, AXIS + offset)}L${at(LENS.x + deep, AXIS + inside)}L${at(FOCUS, AXIS)}`;
}

/** The drawing of the empty bench. Decorative. */
export function LensDiagram(): ReactElement {
  const id = useId();
  const { x, half, bulge } = LENS;
  return (
    <svg
      className={s['diagram']}
      viewBox={`0 0 ${String(SCREEN + 12)} 400`}
      preserveAspectRatio="xMaxYMid meet"
      aria-hidden="true"
    >
      <defs>
        <linearGradient id={`${id}-cone`}>
          <stop offset="0" className={s['bright']} />
          <stop offset="1" className={s['faint']} />
        </linearGradient>
        <linearGradient
          id={`${id}-fade`}
          gradientUnits="userSpaceOnUse"
          x1={0}
          x2={110}
          y1={0}
          y2={0}
        >
          <stop offset="0" stopColor="#000" />
          <stop offset="1" stopColor="#fff" />
        </linearGradient>
        <mask id={`${id}-mask`} maskUnits="userSpaceOnUse" x={0} y={0} width={SCREEN} height={400}>
          <rect width={SCREEN} height={400} fill={`url(#${id}-fade)`} />
        </mask>
      </defs>
      <path
        fill={`url(#${id}-cone)`}
        d={`M${at(FOCUS, AXIS)}L${at(SCREEN, AXIS - CONE)}V${String(AXIS + CONE)}Z`}
      />
      <g mask={`url(#${id}-mask)`}>
        <line className={s['axis']} x1={0} x2={SCREEN} y1={AXIS} y2={AXIS} />
        {RAYS.map(({ charge, offsets }) =>
          offsets.map((offset, index) => (
            <path
              key={offset}
              className={s['ray']}
              style={vars({ '--charge': `var(--charge-${charge})`, '--order': index })}
              pathLength={1}
              d={ray(offset)}
            />
          )),
        )}
      </g>
      <path
        className={s['lens']}
        d={`M${at(x, AXIS - half)}Q${at(x + bulge, AXIS)} ${at(x, AXIS + half)}Q${at(x - bulge, AXIS)} ${at(x, AXIS - half)}Z`}
      />
      <path
        className={s['stop']}
        d={`M${at(FOCUS, AXIS - 92)}V${String(AXIS - 7)}M${at(FOCUS, AXIS + 7)}V${String(AXIS + 92)}`}
      />
      <circle className={s['focus']} cx={FOCUS} cy={AXIS} r={6.5} />
      <path className={s['screen']} d={`M${at(SCREEN, 40)}V340`} />
      {Array.from({ length: 31 }, (_, index) => 40 + index * 10).map((y) => (
        <path
          key={y}
          className={s['tick']}
          d={`M${at(SCREEN, y)}h${String((y - AXIS) % 50 === 0 ? 10 : 5)}`}
        />
      ))}
      <path
        className={s['tick']}
        d={`M${at(x, AXIS + half + 12)}V${String(BASE)}M${at(FOCUS, AXIS + 104)}V${String(BASE)}M${at(x, BASE - 8)}H${String(FOCUS)}m-7 -3l7 3l-7 3M${at(x + 7, BASE - 11)}l-7 3l7 3`}
      />
      <text className={s['length']} x={(x + FOCUS) / 2} y={BASE - 15} textAnchor="middle">
        f
      </text>
    </svg>
  );
}
