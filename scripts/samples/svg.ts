/** One colour stop of a gradient: offset 0..1, colour, opacity (1 when left out). */
export type Stop = readonly [offset: number, colour: string, opacity?: number];

type Attributes = Readonly<Record<string, string | number>>;

/** A picture as SVG text with the size it is rendered at. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly svg: string;
}

/** Numbers are written with two decimals at most, so the SVG text is stable and short. */
const written = (value: string | number): string =>
  typeof value === 'number' ? String(Math.round(value * 100) / 100) : value;

/** An SVG element; `children` are elements already written. */
export function el(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const list = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${written(value)}"`)
    .join('');
  return `<${name}${list}>${children.join('')}</${name}>`;
}

/** A filled path. */
export const path = (d: string, fill: string, more: Attributes = {}): string =>
  el('path', { d, fill, ...more });

/** A stroked, unfilled path with round ends. */
export const line = (d: string, stroke: string, width: number, more: Attributes = {}): string =>
  el('path', {
    d,
    fill: 'none',
    stroke,
    'stroke-width': width,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    ...more,
  });

/** A filled ellipse around (cx, cy). */
export const oval = (
  cx: number,
  cy: number,
  rx: number,
  ry: number,
  fill: string,
  more: Attributes = {},
): string => el('ellipse', { cx, cy, rx, ry, fill, ...more });

/** A filled rectangle; `more` may round its corners (`rx`). */
export const rect = (
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
  more: Attributes = {},
): string => el('rect', { x, y, width, height, fill, ...more });

/** Mirrors its children left to right in a picture of the given width. */
export const mirrored = (width: number, ...children: readonly string[]): string =>
  group({ transform: `translate(${written(width)} 0) scale(-1 1)` }, ...children);

/** A group with common attributes (transform, opacity, filter, clip-path). */
export const group = (attributes: Attributes, ...children: readonly string[]): string =>
  el('g', attributes, ...children);

/** One drawing: collects gradients, blurs and clips, hands out references to them, writes the document. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly #defs: string[] = [];

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
  }

  #define(name: string, attributes: Attributes, children: readonly string[]): string {
    const id = `d${String(this.#defs.length)}`;
    this.#defs.push(el(name, { id, ...attributes }, ...children));
    return `url(#${id})`;
  }

  /** Linear gradient along (x1, y1)–(x2, y2) in units of the shape's box; from top to bottom by default. */
  linear(
    stops: readonly Stop[],
    [x1, y1, x2, y2]: readonly [number, number, number, number] = [0, 0, 0, 1],
  ): string {
    return this.#define('linearGradient', { x1, y1, x2, y2 }, stops.map(stopElement));
  }

  /** Linear gradient from height y1 down to y2 of the picture, shared evenly by all shapes painted with it. */
  vertical(stops: readonly Stop[], y1: number, y2: number): string {
    const units = { gradientUnits: 'userSpaceOnUse', x1: 0, x2: 0, y1, y2 };
    return this.#define('linearGradient', units, stops.map(stopElement));
  }

  /** Radial gradient in units of the shape's box. */
  radial(stops: readonly Stop[], cx = 0.5, cy = 0.5, r = 0.5): string {
    return this.#define('radialGradient', { cx, cy, r }, stops.map(stopElement));
  }

  /** Gaussian blur of `deviation` pixels. */
  blur(deviation: number): string {
    const room = { x: '-50%', y: '-50%', width: '200%', height: '200%' };
    const soft = el('feGaussianBlur', { stdDeviation: deviation });
    return this.#define('filter', { ...room, 'color-interpolation-filters': 'sRGB' }, [soft]);
  }

  /** Clips to the given shapes. */
  clip(...shapes: readonly string[]): string {
    return this.#define('clipPath', {}, shapes);
  }

  /** The whole document. */
  picture(...layers: readonly string[]): Picture {
    const { width, height } = this;
    const svg = el(
      'svg',
      {
        xmlns: 'http://www.w3.org/2000/svg',
        width,
        height,
        viewBox: `0 0 ${String(width)} ${String(height)}`,
      },
      el('defs', {}, ...this.#defs),
      ...layers,
    );
    return { width, height, svg };
  }
}

function stopElement([offset, colour, opacity = 1]: Stop): string {
  return el('stop', { offset, 'stop-color': colour, 'stop-opacity': opacity });
}
