import type { Random } from '../random.ts';
import { group, line, oval, path, type Canvas } from '../svg.ts';

/** Paint shared by every cell of one smear: gradients are defined once and used by reference. */
export interface Stain {
  readonly full: string;
  readonly pale: string;
  readonly ring: string;
  readonly cytoplasm: string;
  readonly nucleus: string;
  readonly platelet: string;
  readonly soft: string;
}

/** A place on the slide and the size of what lies there, in pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

const pair = (x: number, y: number): string => `${x.toFixed(1)} ${y.toFixed(1)}`;

/** A closed, smooth, slightly irregular outline around a spot. */
export function blob(random: Random, { x, y, r }: Spot, wobble: number, points = 9): string {
  const turn = random.between(0, Math.PI * 2);
  const stretch = 1 + random.between(-wobble, wobble);
  const corners = Array.from({ length: points }, (_, i) => {
    const angle = (i / points) * Math.PI * 2;
    const reach = r * (1 + random.between(-wobble, wobble) * 0.5);
    const [a, b] = [Math.cos(angle) * reach * stretch, (Math.sin(angle) * reach) / stretch];
    return [
      x + a * Math.cos(turn) - b * Math.sin(turn),
      y + a * Math.sin(turn) + b * Math.cos(turn),
    ] as const;
  });
  const at = (i: number): readonly [number, number] =>
    corners[(i + points) % points] ?? ([x, y] as const);
  const curves = corners.map((_, i) => {
    const [p0, p1, p2, p3] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const c1 = pair(p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6);
    const c2 = pair(p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6);
    return `C${c1} ${c2} ${pair(p2[0], p2[1])}`;
  });
  return `M${pair(...at(0))} ${curves.join(' ')} Z`;
}

/** The stain of one slide. */
export function stain(c: Canvas): Stain {
  return {
    full: c.radial([
      [0, '#dba99c'],
      [0.3, '#cd9388'],
      [0.8, '#c3837c'],
      [0.93, '#b06d6c'],
      [1, '#c48a86'],
    ]),
    pale: c.radial([
      [0, '#e8d3c6'],
      [0.32, '#e2c1b5'],
      [0.62, '#ca9189'],
      [0.9, '#b67672'],
      [1, '#c68d88'],
    ]),
    ring: c.radial([
      [0, '#e2e0d3'],
      [0.45, '#e2d3c7'],
      [0.68, '#d3a79c'],
      [0.9, '#bc807b'],
      [1, '#c8938d'],
    ]),
    cytoplasm: c.radial([
      [0, '#d5a9cf'],
      [0.7, '#c7a0d0'],
      [0.95, '#b48bc6'],
      [1, '#c4a5d0'],
    ]),
    nucleus: c.radial([
      [0, '#4a35ac'],
      [0.7, '#4530a4'],
      [1, '#5a3fb4'],
    ]),
    platelet: c.radial([
      [0, '#6b4bc0'],
      [0.5, '#8a6ad0'],
      [1, '#b7a5dc'],
    ]),
    soft: c.blur(0.8),
  };
}

/** An open arc inside a spot, at `share` of its radius, between two angles. */
function arc({ x, y, r }: Spot, share: number, from: number, to: number): string {
  const d = r * share;
  const start = pair(x + Math.cos(from) * d, y + Math.sin(from) * d);
  const end = pair(x + Math.cos(to) * d, y + Math.sin(to) * d);
  return `M${start} A${d.toFixed(1)} ${d.toFixed(1)} 0 0 1 ${end}`;
}

/** A red blood cell: a disc with a pale middle and a darker rim. */
export function redCell(random: Random, paint: Stain, spot: Spot): string {
  const kind = random.next();
  const fill = kind < 0.45 ? paint.full : kind < 0.8 ? paint.pale : paint.ring;
  const outline = blob(random, spot, 0.09);
  const { r } = spot;
  return group(
    { filter: paint.soft, opacity: 0.93 },
    path(outline, fill),
    line(outline, '#a3605f', 2.4, { opacity: 0.55 }),
    line(arc(spot, 0.8, 2.55, 3.75), '#fff3e8', r * 0.09, { opacity: 0.4 }),
    line(arc(spot, 0.84, -0.55, 0.95), '#8f4f55', r * 0.1, { opacity: 0.16 }),
  );
}

/** A white blood cell: lilac body, a nucleus of dark lobes, fine granules. */
export function whiteCell(random: Random, paint: Stain, spot: Spot): string {
  const { x, y, r } = spot;
  const start = random.between(0, Math.PI * 2);
  const lobes = [0, 1.35, 2.75, 4.1].map((turn) => {
    const [a, d] = [start + turn, r * 0.5];
    return blob(random, { x: x + Math.cos(a) * d, y: y + Math.sin(a) * d, r: r * 0.36 }, 0.2);
  });
  const granules = Array.from({ length: 46 }, () => {
    const [a, d] = [random.between(0, Math.PI * 2), r * 0.92 * Math.sqrt(random.next())];
    return oval(x + Math.cos(a) * d, y + Math.sin(a) * d, 2.4, 2.4, '#9a63b8', { opacity: 0.45 });
  });
  const bridge = `M${[0, 1.35, 2.75, 4.1]
    .map((turn) => pair(x + Math.cos(start + turn) * r * 0.5, y + Math.sin(start + turn) * r * 0.5))
    .join(' L')}`;
  return group(
    { filter: paint.soft },
    path(blob(random, spot, 0.05, 12), paint.cytoplasm),
    ...granules,
    line(bridge, '#4b35a8', r * 0.22),
    ...lobes.map((d) => path(d, paint.nucleus)),
    ...lobes.map((d) => line(d, '#2f2190', 2, { opacity: 0.4 })),
  );
}

/** A platelet: a small violet grain. */
export function platelet(random: Random, paint: Stain, spot: Spot): string {
  return group(
    { filter: paint.soft },
    path(blob(random, { ...spot, r: spot.r * 1.15 }, 0.25, 7), '#b9addd', { opacity: 0.7 }),
    path(blob(random, spot, 0.3, 7), paint.platelet),
  );
}
