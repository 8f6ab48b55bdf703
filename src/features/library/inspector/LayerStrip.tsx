import { Maximize2, ZoomIn, ZoomOut } from 'lucide-react';
import {
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type ReactElement,
} from 'react';
import type { Layer } from '../../../core/onnx/types.ts';
import { cx } from '../../../ui/cx.ts';
import { Button } from '../../../ui/Button.tsx';
import { formatCount } from '../../../ui/format.ts';
import { useElementSize } from '../../../ui/useElementSize.ts';
import { LayerName } from './LayerName.tsx';
import { kindOf } from './operators.ts';
import { barsOf, fullSight, panSight, revealSight, zoomSight, type Bar } from './strip.ts';
import kinds from './kinds.module.css';
import s from './LayerStrip.module.css';

interface LayerStripProps {
  readonly layers: readonly Layer[];
  /** The measured quantity of each layer. */
  readonly values: readonly number[];
  /** Its name in a sentence: “parameters”. */
  readonly unit: string;
  /** Whether a layer is among those looked for; the others are pale. */
  readonly found: readonly boolean[];
  readonly selected: number | null;
  readonly onSelect: (index: number) => void;
}

const HEIGHT = 132;
/** Least width of a bar with its gap, px: narrower ones cannot be told apart or hit. */
const BAR = 4;
const STEP = 0.6;

/**
 * The network from input to output: a bar for each layer, as high as the root of its share, so that small layers stay
 * visible. Where there are more layers than room, neighbours share a bar. It is a slider over the layers: arrows
 * select, plus and minus zoom; so do the wheel while it has the focus, and the buttons.
 */
export function LayerStrip(props: LayerStripProps): ReactElement {
  const { layers, values, unit, found, selected, onSelect } = props;
  const total = layers.length;
  const [attach, { width }, box] = useElementSize<HTMLDivElement>();
  const [sight, setSight] = useState(() => fullSight(total));
  const [seen, setSeen] = useState(selected);
  const drag = useRef<{ readonly x: number; readonly from: number; moved: boolean } | null>(null);

  // A layer that was selected elsewhere comes into sight.
  if (selected !== seen) {
    setSeen(selected);
    if (selected !== null) setSight(revealSight(sight, total, selected));
  }

  const zoom = (factor: number, anchor = 0.5) => {
    setSight((now) => zoomSight(now, total, factor, anchor));
  };
  const zoomAtSelection = (factor: number) => {
    const share = selected === null ? 0.5 : (selected - sight.from) / sight.count;
    zoom(factor, share >= 0 && share <= 1 ? share : 0.5);
  };

  const onWheel = useEffectEvent((event: WheelEvent) => {
    const focused = box === document.activeElement;
    if (!focused && !event.ctrlKey) return;
    event.preventDefault();
    const { left } = box?.getBoundingClientRect() ?? { left: 0 };
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (sideways) setSight((now) => panSight(now, total, (event.deltaX / width) * now.count));
    else zoom(event.deltaY < 0 ? STEP : 1 / STEP, (event.clientX - left) / width);
  });
  useEffect(() => {
    const listening = new AbortController();
    // React's own wheel listener is passive and could not keep the page from scrolling.
    box?.addEventListener('wheel', onWheel, { passive: false, signal: listening.signal });
    return () => {
      listening.abort();
    };
  }, [box]);

  const bars = barsOf(values, sight, width / BAR);
  const highest = Math.max(1, ...bars.map(({ sum }) => sum));
  const at = (event: PointerEvent): Bar | undefined => {
    const { left } = event.currentTarget.getBoundingClientRect();
    return bars[Math.floor(((event.clientX - left) / width) * bars.length)];
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const now = selected ?? sight.from;
    const page = Math.max(1, Math.round(sight.count / 4));
    const to = {
      ArrowLeft: selected === null ? now : now - 1,
      ArrowRight: selected === null ? now : now + 1,
      PageUp: now - page,
      PageDown: now + page,
      Home: 0,
      End: total - 1,
    }[event.key];
    if (to !== undefined) onSelect(Math.min(Math.max(to, 0), total - 1));
    else if (event.key === '+' || event.key === '=') zoomAtSelection(STEP);
    else if (event.key === '-') zoomAtSelection(1 / STEP);
    else if (event.key === '0') setSight(fullSight(total));
    else return;
    event.preventDefault();
  };

  const last = sight.from + sight.count;
  const chosen = layers[selected ?? -1];
  return (
    <div className={cx(kinds['kinds'], s['strip'])}>
      <div className={s['bar']}>
        <p className={s['range']}>
          Layers {formatCount(total === 0 ? 0 : sight.from + 1)} to {formatCount(last)} of{' '}
          {formatCount(total)}
        </p>
        <Button
          kind="icon"
          aria-label="Zoom in"
          onClick={() => {
            zoomAtSelection(STEP);
          }}
        >
          <ZoomIn aria-hidden="true" />
        </Button>
        <Button
          kind="icon"
          aria-label="Zoom out"
          disabled={sight.count === total}
          onClick={() => {
            zoomAtSelection(1 / STEP);
          }}
        >
          <ZoomOut aria-hidden="true" />
        </Button>
        <Button
          kind="icon"
          aria-label="Whole network"
          disabled={sight.count === total}
          onClick={() => {
            setSight(fullSight(total));
          }}
        >
          <Maximize2 aria-hidden="true" />
        </Button>
      </div>
      <div
        ref={attach}
        className={s['canvas']}
        data-testid="layer-strip"
        role="slider"
        tabIndex={0}
        aria-label="Layers from input to output"
        aria-valuemin={1}
        aria-valuemax={total}
        aria-valuenow={(selected ?? sight.from) + 1}
        aria-valuetext={spoken(chosen, values[selected ?? -1] ?? 0, unit)}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          drag.current = { x: event.clientX, from: sight.from, moved: false };
        }}
        onPointerMove={(event) => {
          const start = drag.current;
          if (!start || event.buttons === 0) return;
          const layersMoved = ((start.x - event.clientX) / width) * sight.count;
          if (Math.abs(start.x - event.clientX) > 4) start.moved = true;
          if (!start.moved) return;
          setSight(panSight({ from: start.from, count: sight.count }, total, layersMoved));
        }}
        onPointerUp={(event) => {
          const moved = drag.current?.moved ?? false;
          drag.current = null;
          const bar = moved ? undefined : at(event);
          if (bar) onSelect(bar.lead);
        }}
      >
        <svg className={s['svg']} width={width} height={HEIGHT} aria-hidden="true">
          {bars.map((bar, order) => {
            const left = (order / bars.length) * width;
            const wide = width / bars.length;
            const high =
              bar.sum === 0 ? 2 : Math.max(3, Math.sqrt(bar.sum / highest) * (HEIGHT - 14));
            const lead = layers[bar.lead];
            const on = selected !== null && selected >= bar.from && selected < bar.to;
            return (
              <g key={bar.from} data-pale={!found.slice(bar.from, bar.to).includes(true)}>
                {on && <rect className={s['on']} x={left} y={0} width={wide} height={HEIGHT} />}
                <rect
                  className={s['layer']}
                  data-kind={lead ? kindOf(lead.op) : 'other'}
                  x={left}
                  y={HEIGHT - high}
                  width={Math.max(1, wide - (wide > 6 ? 2 : 1))}
                  height={high}
                />
              </g>
            );
          })}
        </svg>
      </div>
      <p className={s['ends']} aria-hidden="true">
        <span>{sight.from === 0 ? 'Input' : `← ${formatCount(sight.from)} more`}</span>
        <span>{remark(bars, sight.count, unit)}</span>
        <span>{last === total ? 'Output' : `${formatCount(total - last)} more →`}</span>
      </p>
      <p className={s['readout']} aria-hidden="true" data-testid="layer-readout">
        {chosen ? (
          <>
            <span className={s['what']}>
              {formatCount(chosen.index + 1)} {chosen.op}
            </span>
            <LayerName name={chosen.name} />
            <span className={s['what']}>
              {formatCount(values[chosen.index] ?? 0)} {unit}
            </span>
          </>
        ) : (
          'Choose a bar, or focus the strip: arrow keys choose, + and − zoom, 0 shows all'
        )}
      </p>
    </div>
  );
}

/** What is to be said of the bars together. */
function remark(bars: readonly Bar[], layers: number, unit: string): string {
  if (bars.every(({ sum }) => sum === 0)) return `No ${unit} in sight`;
  return bars.length < layers ? 'Neighbours share a bar; zoom in to part them' : '';
}

function spoken(layer: Layer | undefined, value: number, unit: string): string {
  return layer ? `${layer.op} ${layer.name}, ${formatCount(value)} ${unit}` : 'no layer selected';
}
