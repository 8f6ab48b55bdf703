import { Canvas, group, oval, path, rect, type Picture } from '../svg.ts';
import { COLOUR, sun } from '../theme.ts';

const BODY =
  'M52 338 C58 312 98 290 160 284 L470 262 C520 258 566 248 602 232 C598 270 562 304 500 322 L190 370 C112 380 58 366 52 338 Z';
const CLOUDS_BACK =
  'M-60 700 L-60 560 C-20 520 60 512 116 548 C150 496 262 490 306 540 C350 506 424 512 452 548 C506 504 610 506 700 548 L700 700 Z';
const CLOUDS_FRONT =
  'M-60 700 L-60 606 C40 566 160 576 226 606 C300 566 420 580 480 610 C540 584 620 586 700 600 L700 700 Z';

/** An airliner above a morning sea of clouds. */
export function airplane(): Picture {
  const c = new Canvas(640, 640);
  const sky = c.linear([
    [0, '#3f7fb0'],
    [0.5, '#86b8d4'],
    [0.85, '#d9e6e2'],
    [1, '#f8e3c6'],
  ]);
  const body = c.linear([
    [0, '#ffffff'],
    [0.5, '#f3f2ec'],
    [1, '#93a9b8'],
  ]);
  const wing = c.linear(
    [
      [0, '#e6ebec'],
      [1, '#8ea3b1'],
    ],
    [0, 0, 1, 1],
  );
  const fin = c.linear([
    [0, '#f28a66'],
    [1, COLOUR.brick],
  ]);
  const cloud = c.linear([
    [0, COLOUR.paper],
    [0.8, '#cfdfe4'],
  ]);
  const engine = c.linear([
    [0, '#f4f3ee'],
    [1, '#7d93a3'],
  ]);
  const soft = c.blur(6);
  const wisp = c.blur(14);
  const bodyClip = c.clip(path(BODY, '#000'));

  const background = [
    rect(0, 0, 640, 640, sky),
    sun(c, 196, 196, 92, 0.9),
    group(
      { filter: wisp, opacity: 0.6 },
      oval(90, 250, 130, 12, '#fff7ea'),
      oval(560, 440, 150, 12, '#fff7ea'),
    ),
    group({ filter: soft }, path(CLOUDS_BACK, cloud), path(CLOUDS_FRONT, '#fff8ec')),
  ];
  const windows = Array.from({ length: 14 }, (_, i) =>
    rect(160 + i * 24, 308 - i * 2.1, 11, 13, COLOUR.slate, { rx: 4 }),
  );
  const plane = [
    path('M316 288 L430 168 L464 166 L404 284 Z', '#a9bcc7'),
    path('M522 252 L566 202 L588 201 L570 246 Z', '#b3c4cd'),
    path('M470 264 L550 124 L600 120 L592 240 Z', fin),
    path('M523 172 L597 154 L596 178 L510 196 Z', COLOUR.cream, { opacity: 0.9 }),
    path(BODY, body),
    group(
      { 'clip-path': bodyClip },
      path('M40 372 C140 356 400 316 620 262 L600 360 L40 420 Z', '#6f8797', { opacity: 0.4 }),
      path('M30 356 C120 352 380 314 620 250 L620 262 C380 328 120 366 30 370 Z', COLOUR.coral),
      path('M72 318 L108 302 L120 318 L84 326 Z', '#2c4a63'),
    ),
    ...windows,
    path('M296 372 L330 362 L338 394 L300 392 Z', '#73899a'),
    path('M250 344 L392 320 L524 456 C533 468 522 474 508 470 Z', wing),
    path('M250 344 L508 470 L500 472 L246 357 Z', COLOUR.slate, { opacity: 0.85 }),
    path('M500 300 L570 276 L622 314 C626 322 618 325 608 322 Z', wing),
    path('M240 400 C242 378 300 376 340 394 L334 414 C300 428 242 424 240 400 Z', engine),
    oval(246, 401, 9, 20, '#34495c'),
    oval(247, 401, 4, 9, '#8fa3b0'),
  ];
  return c.picture(...background, ...plane);
}
