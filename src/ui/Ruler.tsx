import type { ReactElement } from 'react';
import { formatCount } from './format.ts';
import { rulerTicks } from './ticks.ts';
import s from './Ruler.module.css';

interface RulerProps {
  readonly axis: 'x' | 'y';
  /** Length in picture pixels. */
  readonly length: number;
  /** Length on screen. */
  readonly pixels: number;
  /** A stretch to point out, in picture pixels. */
  readonly extent?: readonly [from: number, to: number] | undefined;
}

const DEPTH = 22;
const MARK = [4, 7, 11] as const;

/** An engraved scale along a picture's edge, in picture pixels. Decorative: the table says the same in text. */
export function Ruler({ axis, length, pixels, extent }: RulerProps): ReactElement {
  const scale = length > 0 ? pixels / length : 0;
  const horizontal = axis === 'x';
  const place = (at: number) => Math.round(at * scale) + 0.5;
  return (
    <svg
      className={s['ruler']}
      data-axis={axis}
      width={horizontal ? pixels + 1 : DEPTH}
      height={horizontal ? DEPTH : pixels + 1}
      aria-hidden="true"
    >
      {extent && (
        <rect
          className={s['extent']}
          {...(horizontal
            ? {
                x: extent[0] * scale,
                width: (extent[1] - extent[0]) * scale,
                y: DEPTH - 4,
                height: 4,
              }
            : {
                y: extent[0] * scale,
                height: (extent[1] - extent[0]) * scale,
                x: DEPTH - 4,
                width: 4,
              })}
        />
      )}
      {rulerTicks(length, pixels).map(({ at, rank }) => {
        const p = place(at);
        const from = DEPTH - MARK[rank];
        return horizontal ? (
          <line key={at} x1={p} x2={p} y1={from} y2={DEPTH} data-rank={rank} />
        ) : (
          <line key={at} y1={p} y2={p} x1={from} x2={DEPTH} data-rank={rank} />
        );
      })}
      {rulerTicks(length, pixels)
        .filter(({ at, rank }) => rank === 2 && at * scale < pixels - 22)
        .map(({ at }) =>
          horizontal ? (
            <text key={at} x={place(at) + 3} y={9}>
              {formatCount(at)}
            </text>
          ) : (
            <text key={at} transform={`translate(9 ${String(place(at) + 3)}) rotate(90)`}>
              {formatCount(at)}
            </text>
          ),
        )}
    </svg>
  );
}
