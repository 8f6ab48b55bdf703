import { Canvas, group, line, oval, path, rect, type Picture } from '../svg.ts';
import { sun } from '../theme.ts';

const INK = '#33491f';

/** A hand with three round toes; its wrist is at (x, y). */
function foot(x: number, y: number, fill: string): string {
  const toe = (dx: number, dy: number): string =>
    line(`M${String(x)} ${String(y)} L${String(x + dx)} ${String(y + dy)}`, fill, 22);
  return toe(-34, 14) + toe(0, 20) + toe(34, 14);
}

/** A frog resting on a lily leaf. */
export function frog(): Picture {
  const c = new Canvas(640, 640);
  const pond = c.linear([
    [0, '#c3cfa2'],
    [0.45, '#86a06c'],
    [1, '#3c5c44'],
  ]);
  const leaf = c.linear([
    [0, '#a9c27b'],
    [1, '#5d8a55'],
  ]);
  const skin = c.linear([
    [0, '#9cb552'],
    [0.55, '#648637'],
    [1, '#3d5a2a'],
  ]);
  const thigh = c.linear([
    [0, '#75923d'],
    [1, '#34502a'],
  ]);
  const arm = c.vertical(
    [
      [0, '#7d9a42'],
      [1, '#46642c'],
    ],
    390,
    570,
  );
  const belly = c.linear([
    [0, '#f2e9c2'],
    [1, '#c3bd84'],
  ]);
  const iris = c.radial([
    [0, '#f0b455'],
    [1, '#b9722a'],
  ]);
  const glow = c.radial([
    [0, '#d9e58e', 0.6],
    [1, '#d9e58e', 0],
  ]);
  const soft = c.blur(8);
  const wide = c.blur(16);
  const eyeAt = (x: number): string =>
    [
      oval(x, 212, 52, 50, skin),
      oval(x, 212, 36, 36, iris),
      oval(x, 214, 27, 15, '#1b1d17'),
      oval(x - 12, 201, 8, 7, '#fff8e6'),
    ].join('');
  return c.picture(
    rect(0, 0, 640, 640, pond),
    sun(c, 540, 110, 64, 0.6),
    group(
      { filter: wide, opacity: 0.5 },
      oval(90, 330, 170, 26, '#d5ddb4'),
      oval(590, 400, 140, 24, '#cfd8ae'),
      oval(60, 470, 150, 30, '#3f6149'),
      oval(600, 500, 150, 34, '#3f6149'),
    ),
    group({ filter: soft }, oval(320, 586, 306, 56, '#1f3d30', { opacity: 0.55 })),
    oval(320, 546, 310, 78, leaf),
    path('M320 546 L60 586 L190 612 Z M320 546 L580 586 L450 612 Z', '#4d7a4c', { opacity: 0.35 }),
    group({ filter: soft }, oval(320, 540, 226, 38, '#2c4a2c', { opacity: 0.6 })),
    path(
      'M190 548 C90 556 44 470 92 396 C120 352 200 330 236 400 C262 460 240 530 190 548 Z',
      thigh,
    ),
    path(
      'M450 548 C550 556 596 470 548 396 C520 352 440 330 404 400 C378 460 400 530 450 548 Z',
      thigh,
    ),
    path(
      'M320 196 C430 196 500 250 506 320 C512 430 440 534 320 536 C200 534 128 430 134 320 C140 250 210 196 320 196 Z',
      skin,
    ),
    path(
      'M320 366 C420 366 462 344 482 322 C480 440 410 528 320 530 C230 528 160 440 158 322 C178 344 220 366 320 366 Z',
      belly,
    ),
    oval(320, 250, 130, 50, glow),
    path(
      'M146 308 C200 356 260 368 320 368 C380 368 440 356 494 308 C450 348 380 358 320 358 C260 358 190 348 146 308 Z',
      INK,
    ),
    eyeAt(220),
    eyeAt(420),
    oval(300, 280, 6, 4, INK),
    oval(340, 280, 6, 4, INK),
    path(
      'M222 398 C200 440 208 500 216 550 L256 550 C270 500 282 440 270 398 C256 384 234 384 222 398 Z',
      arm,
    ),
    path(
      'M418 398 C440 440 432 500 424 550 L384 550 C370 500 358 440 370 398 C384 384 406 384 418 398 Z',
      arm,
    ),
    foot(236, 548, arm),
    foot(404, 548, arm),
  );
}
