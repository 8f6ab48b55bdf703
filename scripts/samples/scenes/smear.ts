import { Random } from '../random.ts';
import { Canvas, rect, oval, group, type Picture } from '../svg.ts';
import { platelet, redCell, stain, whiteCell, type Spot } from './cells.ts';

/** What one field of view holds. */
export interface Field {
  readonly seed: number;
  readonly white: readonly Spot[];
  readonly reds: number;
  readonly platelets: number;
}

const WIDTH = 640;
const HEIGHT = 480;

/** A spot that keeps `gap` pixels from every taken one, or undefined when none was found. */
function free(random: Random, taken: readonly Spot[], r: number, gap: number): Spot | undefined {
  for (let attempt = 0; attempt < 400; attempt++) {
    const spot = {
      x: random.between(r * 0.9, WIDTH - r * 0.9),
      y: random.between(r * 0.9, HEIGHT - r * 0.9),
      r,
    };
    if (taken.every((t) => Math.hypot(t.x - spot.x, t.y - spot.y) > t.r + r + gap)) return spot;
  }
  return undefined;
}

/** A drawn field of a stained blood smear; every cell is placed by the seed. */
export function smear(field: Field): Picture {
  const c = new Canvas(WIDTH, HEIGHT);
  const random = new Random(field.seed);
  const paint = stain(c);
  const ground = c.radial(
    [
      [0, '#e9e6da'],
      [0.6, '#dfe0d4'],
      [1, '#ccd2c8'],
    ],
    0.5,
    0.45,
    0.75,
  );
  const taken: Spot[] = [...field.white];
  const place = (count: number, low: number, high: number, gap: number): Spot[] =>
    Array.from({ length: count }).flatMap(() => {
      const spot = free(random, taken, random.between(low, high), gap);
      if (!spot) return [];
      taken.push(spot);
      return [spot];
    });
  const reds = place(field.reds, 44, 54, -3);
  const platelets = place(field.platelets, 11, 15, 4);
  return c.picture(
    rect(0, 0, WIDTH, HEIGHT, ground),
    group(
      { filter: c.blur(40), opacity: 0.5 },
      oval(150, 120, 150, 70, '#f3eee0'),
      oval(500, 380, 140, 80, '#d3d8cc'),
    ),
    ...reds.map((spot) => redCell(random, paint, spot)),
    ...field.white.map((spot) => whiteCell(random, paint, spot)),
    ...platelets.map((spot) => platelet(random, paint, spot)),
  );
}
