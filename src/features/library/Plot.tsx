import { useRef, useState, type KeyboardEvent, type MouseEvent, type ReactElement } from 'react';
import { metricText } from '../../models/zoo/words.ts';
import { formatBytes, plural } from '../../ui/format.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { useElementSize } from '../../ui/useElementSize.ts';
import { layoutPlot, measures, type Dot } from './plot.ts';
import type { LibraryRow } from './rows.ts';
import s from './Plot.module.css';

interface PlotProps {
  readonly rows: readonly LibraryRow[];
  readonly selectedId: string | null;
  readonly onSelect: (row: LibraryRow) => void;
}

const HEIGHT = 260;
/** How far from a dot a pointer still means it, in screen pixels. */
const REACH = 16;
const EDGE = { left: 40, right: 8, top: 14, bottom: 22 };

/**
 * Accuracy against size for the listed models that measure the same. One stop for the Tab key; arrow keys go from dot
 * to dot. The list below says the same in text.
 */
export function Plot({ rows, selectedId, onSelect }: PlotProps): ReactElement | null {
  const [ref, { width }] = useElementSize();
  const [wanted, setWanted] = useState<string | null>(null);
  const [pointed, setPointed] = useState<string | null>(null);
  const svg = useRef<SVGSVGElement>(null);
  const offered = measures(rows);
  const measure = offered.find((one) => one.measure === wanted)?.measure ?? offered[0]?.measure;
  if (measure === undefined) return null;

  const right = Math.max(EDGE.left + 120, width - EDGE.right);
  const bottom = HEIGHT - EDGE.bottom;
  const layout = layoutPlot(rows, measure, { ...EDGE, right, bottom });
  const { dots, bandFrom, unsized } = layout;
  const active = dots.find(({ row }) => row.id === (pointed ?? selectedId)) ?? null;
  const stop = (dots.find(({ row }) => row.id === selectedId) ?? dots[0])?.row.id;

  const walk = (event: KeyboardEvent, from: number) => {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    const next = step === undefined ? undefined : dots[(from + step + dots.length) % dots.length];
    if (next) {
      event.preventDefault();
      svg.current?.querySelector<SVGElement>(`[data-dot="${CSS.escape(next.row.id)}"]`)?.focus();
    }
  };

  return (
    <figure className={s['plot']}>
      <div className={s['head']}>
        <SelectField
          label="Accuracy against size"
          testId="plot-measure"
          className={s['measure']}
          value={measure}
          options={offered.map(({ measure: value, count }) => ({
            value,
            text: `${value} (${String(count)})`,
          }))}
          onChoose={setWanted}
        />
        <p className={s['reading']} data-active={active !== null}>
          {active ? reading(active) : overview(dots.length, unsized)}
        </p>
      </div>
      <div ref={ref} className={s['frame']}>
        <svg
          ref={svg}
          role="group"
          aria-label={`${measure} against size, ${plural(dots.length, 'model', 'models')}`}
          width="100%"
          height={HEIGHT}
          onPointerMove={(event) => {
            setPointed(dotAt(event, dots)?.row.id ?? null);
          }}
          onPointerLeave={() => {
            setPointed(null);
          }}
          onClick={(event) => {
            const dot = dotAt(event, dots);
            if (dot) onSelect(dot.row);
          }}
        >
          {bandFrom !== null && (
            <g aria-hidden="true">
              <rect
                className={s['band']}
                x={bandFrom}
                y={EDGE.top}
                width={right - bandFrom}
                height={bottom - EDGE.top}
              />
              <text
                className={s['tick']}
                x={(bandFrom + right) / 2}
                y={bottom + 16}
                textAnchor="middle"
              >
                size not published
              </text>
            </g>
          )}
          <g aria-hidden="true">
            {layout.yTicks.map(({ at, text }) => (
              <g key={text}>
                <line className={s['grid']} x1={EDGE.left} x2={right} y1={at} y2={at} />
                <text className={s['tick']} x={EDGE.left - 8} y={at + 3.5} textAnchor="end">
                  {text}
                </text>
              </g>
            ))}
            {layout.xTicks.map(({ at, text }) => (
              <g key={text}>
                <line className={s['mark']} x1={at} x2={at} y1={bottom} y2={bottom + 5} />
                <text className={s['tick']} x={at} y={bottom + 16} textAnchor="middle">
                  {text}
                </text>
              </g>
            ))}
          </g>
          {dots.map(({ row, x, y }, index) => (
            <circle
              key={row.id}
              className={s['dot']}
              role="button"
              aria-label={describe(row)}
              data-dot={row.id}
              data-installable={row.plan.possible}
              data-selected={row.id === selectedId}
              tabIndex={row.id === stop ? 0 : -1}
              cx={x}
              cy={y}
              r={4.5}
              onKeyDown={(event) => {
                if (event.key === 'Enter' || event.key === ' ') {
                  event.preventDefault();
                  onSelect(row);
                } else walk(event, index);
              }}
              onFocus={() => {
                setPointed(row.id);
              }}
              onBlur={() => {
                setPointed(null);
              }}
            />
          ))}
          {active && (
            <circle className={s['ring']} cx={active.x} cy={active.y} r={8} aria-hidden="true" />
          )}
        </svg>
      </div>
      <figcaption className={s['key']}>
        <span data-installable="true">Can be installed</span>
        <span data-installable="false">Cannot</span>
      </figcaption>
    </figure>
  );
}

/** The dot that a pointer means: the nearest one in reach, since dots may cover each other. */
function dotAt(event: MouseEvent<SVGSVGElement>, dots: readonly Dot[]): Dot | null {
  const { left, top } = event.currentTarget.getBoundingClientRect();
  const away = ({ x, y }: Dot) => Math.hypot(x - (event.clientX - left), y - (event.clientY - top));
  const [nearest] = dots.toSorted((a, b) => away(a) - away(b));
  return nearest && away(nearest) <= REACH ? nearest : null;
}

function overview(all: number, unsized: number): string {
  const models = plural(all, 'model', 'models');
  if (unsized === 0) return `${models}.`;
  return `${models}; the size of ${unsized === all ? 'none' : String(all - unsized)} is published.`;
}

function reading({ row }: Dot): ReactElement {
  return (
    <>
      <strong>{row.id}</strong> {describeFigures(row)}
    </>
  );
}

function describe(row: LibraryRow): string {
  return `${row.id}, ${describeFigures(row)}`;
}

function describeFigures({ metric, bytes }: LibraryRow): string {
  const size = bytes === null ? 'size not published' : formatBytes(bytes);
  return metric ? `${metricText(metric)}, ${size}` : size;
}
