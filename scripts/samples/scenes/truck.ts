import { Canvas, group, line, mirrored, oval, path, rect, type Picture } from '../svg.ts';
import { COLOUR, sun, wheel } from '../theme.ts';

/** A delivery lorry under an evening sky. */
export function truck(): Picture {
  const c = new Canvas(640, 640);
  const sky = c.linear([
    [0, '#5f8fae'],
    [0.6, '#c9d6cf'],
    [1, '#f7d9b4'],
  ]);
  const box = c.linear([
    [0, '#fffaf1'],
    [0.8, '#e8e6dc'],
    [1, '#c3c9c6'],
  ]);
  const cab = c.linear([
    [0, '#4f8aa6'],
    [0.5, '#2d6282'],
    [1, '#1c3f5b'],
  ]);
  const glass = c.linear(
    [
      [0, '#d6e8e8'],
      [1, '#3d647b'],
    ],
    [0, 0, 1, 1],
  );
  const road = c.linear([
    [0, '#8d8f93'],
    [1, '#555b65'],
  ]);
  const hill = c.linear([
    [0, '#8fa9a2'],
    [1, '#b9bfa0'],
  ]);
  const soft = c.blur(8);

  const background = [
    rect(0, 0, 640, 480, sky),
    sun(c, 520, 176, 88),
    path('M0 372 C80 330 150 340 230 380 C340 330 480 340 640 380 L640 490 L0 490 Z', hill),
    rect(0, 476, 640, 164, road),
    rect(0, 470, 640, 9, '#dcd8c6'),
    path(
      'M0 584 L130 584 L120 597 L0 597 Z M220 584 L390 584 L388 597 L212 597 Z M480 584 L640 584 L640 597 L482 597 Z',
      '#f2e7d0',
      { opacity: 0.8 },
    ),
  ];
  const lorry = [
    group({ filter: soft }, oval(322, 536, 300, 18, '#1d242d', { opacity: 0.65 })),
    rect(60, 462, 530, 34, '#2a2f38', { rx: 6 }),
    rect(228, 150, 374, 316, box, { rx: 10 }),
    path('M228 380 L602 330 L602 396 L228 446 Z', COLOUR.coral),
    path('M228 398 L602 348 L602 356 L228 406 Z', COLOUR.cream),
    line('M322 156 L322 460 M415 156 L415 460 M508 156 L508 460', '#b9bfbd', 2, { opacity: 0.6 }),
    path(
      'M34 462 L34 374 C36 362 46 356 60 352 L92 258 C98 244 108 238 122 238 L216 238 L216 480 L46 480 C38 480 34 472 34 462 Z',
      cab,
    ),
    path('M82 350 L108 270 C110 262 114 260 122 260 L190 260 L190 350 Z', glass),
    path('M118 350 L146 262 L166 262 L140 350 Z', '#ffffff', { opacity: 0.3 }),
    line('M100 362 L98 466 L198 466 L198 256', '#16344c', 3, { opacity: 0.6 }),
    rect(164, 372, 26, 8, COLOUR.cream, { rx: 4 }),
    path('M30 404 L56 400 L56 426 L30 430 Z', '#fff3cf'),
    rect(24, 450, 84, 24, '#d5dadb', { rx: 8 }),
    path('M216 300 L228 300 L228 462 L216 462 Z', '#20262f'),
    ...[132, 428, 528].map((x) =>
      path(`M${String(x - 58)} 482 A58 58 0 0 1 ${String(x + 58)} 482 Z`, '#1a1f27'),
    ),
    ...[132, 428, 528].map((x) => wheel(c, x, 490, 47)),
  ];
  return c.picture(...background, mirrored(640, ...lorry));
}
