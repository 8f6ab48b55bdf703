import { Canvas, group, line, oval, path, rect, type Picture } from '../svg.ts';
import { COLOUR, sun, wheel } from '../theme.ts';

const BODY =
  'M44 440 C40 400 50 372 84 362 C130 350 168 344 204 338 C238 292 276 254 322 246 C380 238 440 242 484 262 C520 282 546 314 562 342 C590 350 600 366 602 396 L604 440 C604 456 596 462 584 462 L62 462 C50 462 44 456 44 440 Z';

/** A small coral family car on a country road. */
export function automobile(): Picture {
  const c = new Canvas(640, 640);
  const sky = c.linear([
    [0, '#7fb0c4'],
    [0.6, '#c4dad4'],
    [1, '#f9e2c2'],
  ]);
  const paint = c.linear([
    [0, '#f59a78'],
    [0.4, '#e2603f'],
    [0.75, '#c6432c'],
    [1, '#8f2c20'],
  ]);
  const glass = c.linear(
    [
      [0, '#c3dde2'],
      [0.5, '#5f8aa0'],
      [1, '#29475d'],
    ],
    [0, 0, 1, 1],
  );
  const road = c.linear([
    [0, '#8b9299'],
    [1, '#565e69'],
  ]);
  const hillFar = c.linear([
    [0, '#9db8b6'],
    [1, '#c8d2bd'],
  ]);
  const hillNear = c.linear([
    [0, '#7fa383'],
    [1, '#5f8a6c'],
  ]);
  const soft = c.blur(8);

  const background = [
    rect(0, 0, 640, 460, sky),
    sun(c, 180, 180, 92),
    path('M0 330 C90 270 170 270 260 320 C360 250 470 250 640 320 L640 460 L0 460 Z', hillFar),
    path('M0 380 C150 330 250 350 360 376 C460 340 560 340 640 364 L640 470 L0 470 Z', hillNear),
    rect(0, 452, 640, 188, road),
    rect(0, 446, 640, 10, '#dfe0d2'),
    path(
      'M30 566 L190 566 L178 580 L14 580 Z M270 566 L430 566 L428 580 L260 580 Z M510 566 L640 566 L640 580 L512 580 Z',
      '#f2e7d0',
      { opacity: 0.8 },
    ),
  ];
  const car = [
    group({ filter: soft }, oval(324, 516, 290, 20, '#1d242d', { opacity: 0.65 })),
    path('M92 462 L560 462 L552 496 L104 496 Z', '#2a2f38'),
    path(BODY, paint),
    path('M226 340 C254 302 286 272 326 264 L368 261 L372 344 L228 348 Z', glass),
    path('M388 260 C430 260 456 266 476 278 C500 296 518 318 530 344 L392 344 Z', glass),
    path('M262 346 L310 268 L332 264 L286 347 Z M420 344 L446 264 L462 270 L444 344 Z', '#ffffff', {
      opacity: 0.25,
    }),
    line('M60 384 C200 362 420 360 596 374', '#ffd2b8', 5, { opacity: 0.75 }),
    line('M380 350 L384 448 M222 352 C216 390 218 420 228 448 M384 448 L228 448', '#8f2c20', 3, {
      opacity: 0.6,
    }),
    rect(340, 376, 30, 8, COLOUR.cream, { rx: 4 }),
    path('M52 388 C54 372 74 368 92 372 C92 390 78 402 54 402 Z', '#fff3cf'),
    path('M600 380 L578 376 C576 392 582 404 602 406 Z', '#7d1f1c'),
    path('M36 436 L120 432 L120 450 L46 456 C38 456 34 446 36 436 Z', '#d5dadb'),
    path('M612 436 L540 432 L540 450 L602 456 C612 456 614 446 612 436 Z', '#d5dadb'),
    oval(160, 462, 66, 64, '#1a1f27'),
    oval(490, 462, 66, 64, '#1a1f27'),
    wheel(c, 160, 466, 54),
    wheel(c, 490, 466, 54),
  ];
  return c.picture(...background, ...car);
}
