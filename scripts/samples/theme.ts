import { oval, type Canvas } from './svg.ts';

/** The colours every picture of the series shares. */
export const COLOUR = {
  cream: '#fbeedd',
  paper: '#fffaf1',
  coral: '#ee7c5a',
  brick: '#b8432f',
  navy: '#1c3450',
  night: '#122338',
  slate: '#4a6a82',
  mist: '#93b0b8',
  glass: '#31526b',
} as const;

/** The pale disc with a soft halo that stands behind each subject; `r` is the radius of the disc. */
export function sun(c: Canvas, cx: number, cy: number, r: number, opacity = 1): string {
  const fill = c.radial([
    [0, '#fff6df'],
    [0.42, '#fdeccb'],
    [0.44, '#fbe3bd', 0.52],
    [0.66, '#fbe3bd', 0.22],
    [0.84, '#fbe3bd', 0.06],
    [1, '#fbe3bd', 0],
  ]);
  return oval(cx, cy, r * 2.3, r * 2.3, fill, { opacity });
}

/** A wheel seen from the side: tyre, rim, hub. */
export function wheel(c: Canvas, cx: number, cy: number, r: number): string {
  const tyre = c.radial([
    [0.6, '#2b323b'],
    [1, '#14191f'],
  ]);
  const rim = c.linear([
    [0, '#f4f1ea'],
    [1, '#93a3ad'],
  ]);
  return [
    oval(cx, cy, r, r, tyre),
    oval(cx, cy, r * 0.58, r * 0.58, rim),
    oval(cx, cy, r * 0.4, r * 0.4, '#65757f'),
    oval(cx, cy, r * 0.2, r * 0.2, '#e9e6dc'),
  ].join('');
}
