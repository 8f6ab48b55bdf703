import { Canvas, group, line, oval, path, rect, type Picture } from '../svg.ts';
import { sun } from '../theme.ts';

const HULL =
  'M46 336 C180 372 420 382 592 366 C590 404 574 440 556 470 L132 470 C100 446 66 398 46 336 Z';
const RAIL = 'M40 326 C180 372 420 382 600 364 L600 380 C420 398 180 388 40 346 Z';
const SMOKE =
  'M404 184 C410 150 440 160 452 138 C470 108 510 126 530 100 C560 70 620 84 660 56 L660 112 C610 116 580 146 540 142 C510 166 470 156 450 176 C440 186 424 184 418 190 Z';

/** A small steamer on a calm morning sea. */
export function ship(): Picture {
  const c = new Canvas(640, 640);
  const sky = c.linear([
    [0, '#6fa3bd'],
    [0.55, '#b9d3d3'],
    [1, '#f8dfbd'],
  ]);
  const sea = c.linear([
    [0, '#8fb9bf'],
    [0.25, '#4b87a0'],
    [1, '#173f5b'],
  ]);
  const hull = c.linear([
    [0, '#2f4f6d'],
    [0.5, '#1c3450'],
    [1, '#122338'],
  ]);
  const house = c.linear([
    [0, '#fffaf0'],
    [1, '#d9dedd'],
  ]);
  const funnel = c.linear(
    [
      [0, '#f0835f'],
      [1, '#b9432f'],
    ],
    [0, 0, 1, 0],
  );
  const soft = c.blur(9);
  const softer = c.blur(18);
  const hullClip = c.clip(path(HULL, '#000'));

  const background = [
    rect(0, 0, 640, 420, sky),
    sun(c, 440, 236, 96),
    path(
      'M0 392 C60 372 110 366 170 384 C230 352 300 356 350 388 L640 396 L640 424 L0 424 Z',
      '#93b0b8',
      { opacity: 0.75 },
    ),
    group(
      { filter: softer, opacity: 0.75 },
      oval(500, 130, 170, 22, '#fff7ea'),
      oval(130, 90, 150, 20, '#e8efec'),
      oval(250, 170, 110, 14, '#fbeedb'),
    ),
    rect(0, 414, 640, 226, sea),
  ];
  const upper = [
    group({ filter: soft, opacity: 0.7 }, path(SMOKE, '#f6efe6')),
    line('M196 360 L196 168', '#4a4f55', 9),
    line('M196 186 L70 344 M196 186 L290 300', '#5c6468', 3),
    path('M200 172 L250 188 L200 206 Z', '#e2694b'),
    line('M536 372 L536 258', '#4a4f55', 7),
    path('M372 190 L440 190 L446 306 L368 306 Z', funnel),
    path('M371 210 L441 210 L442 234 L370 234 Z', '#fbeedd'),
    path('M371 188 L441 188 L441 200 L371 200 Z', '#2a3340'),
    path('M262 258 L352 258 L356 306 L258 306 Z', house),
    path('M252 250 L362 250 L362 260 L252 260 Z', '#c9613f'),
    path('M240 304 L492 304 L500 382 L232 378 Z', house),
    path('M228 298 L502 298 L502 308 L228 308 Z', '#e9e6dc'),
    ...[268, 290, 312, 334].map((x) => rect(x, 270, 15, 20, '#31526b', { rx: 3 })),
    ...[258, 300, 342, 384, 426, 464].map((x) => oval(x, 338, 11, 11, '#31526b')),
  ];
  const hullLayers = [
    path(HULL, hull),
    group(
      { 'clip-path': hullClip },
      rect(40, 440, 560, 40, '#a8412f'),
      rect(40, 434, 560, 7, '#f4e7d3'),
      path(RAIL, '#f7efe0'),
      path('M40 330 C110 390 140 440 152 480 L30 480 Z', '#5d85a3', { opacity: 0.35 }),
    ),
    ...[150, 186, 222].map((x) => oval(x, 408, 7, 7, '#a9c2cc')),
  ];
  const water = [
    group(
      { filter: soft },
      path(
        'M110 470 L570 470 C540 520 480 548 420 560 L250 560 C190 544 140 510 110 470 Z',
        '#10283d',
        {
          opacity: 0.55,
        },
      ),
      path('M372 500 L440 500 L430 596 L384 596 Z', '#c96a4f', { opacity: 0.4 }),
    ),
    path('M84 470 C200 458 480 458 600 468 C540 480 160 484 84 470 Z', '#eef6f4', {
      opacity: 0.85,
    }),
    path('M20 486 C70 470 110 474 150 482 C110 488 60 494 20 486 Z', '#eef6f4', { opacity: 0.7 }),
    line(
      'M40 520 L190 520 M430 536 L600 536 M120 566 L300 566 M380 596 L560 596 M30 610 L130 610',
      '#a8cdd3',
      5,
      {
        opacity: 0.45,
      },
    ),
  ];
  return c.picture(...background, ...upper, ...hullLayers, ...water);
}
