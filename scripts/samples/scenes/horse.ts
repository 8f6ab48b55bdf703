import { Canvas, group, line, oval, path, rect, type Picture } from '../svg.ts';
import { sun } from '../theme.ts';

const BODY =
  'M166 88 C174 100 178 112 180 124 C226 150 258 214 312 250 C330 260 350 262 372 256 C410 244 452 238 486 250 C522 264 538 296 536 330 C534 372 510 396 470 402 C430 412 380 420 330 414 C280 416 226 416 200 396 C172 372 166 310 164 262 C158 248 146 248 134 258 C118 274 100 284 82 281 C64 278 56 262 64 246 C84 212 108 176 130 150 C138 138 146 124 150 112 C154 102 160 94 166 88 Z';
const FORELEG =
  'M170 330 C164 380 170 420 176 456 C178 468 176 480 176 492 C176 515 178 535 174 548 L168 570 L200 570 L200 548 C198 530 199 510 201 490 C204 476 206 464 207 450 C212 420 232 400 242 380 Z';
const HINDLEG =
  'M436 330 C436 382 462 412 484 440 C497 456 503 470 503 486 C503 510 500 530 496 548 L488 570 L522 570 L522 548 C523 526 529 500 531 482 C536 466 529 452 525 436 C526 410 538 380 536 322 C520 280 452 290 436 330 Z';
const hoof = (x: number): string =>
  `M${String(x)} 560 L${String(x - 5)} 577 L${String(x + 36)} 577 L${String(x + 31)} 560 Z`;

/** A chestnut horse in an evening meadow. */
export function horse(): Picture {
  const c = new Canvas(640, 640);
  const sky = c.linear([
    [0, '#8fb9c4'],
    [0.7, '#dfe2cd'],
    [1, '#f9dfba'],
  ]);
  const meadow = c.linear([
    [0, '#b3bf7c'],
    [1, '#4f713d'],
  ]);
  const coat = c.vertical(
    [
      [0, '#c8794a'],
      [0.4, '#9a5029'],
      [0.66, '#6f361c'],
      [1, '#4a2415'],
    ],
    90,
    575,
  );
  const shade = c.vertical(
    [
      [0, '#5c2e1a'],
      [1, '#351a10'],
    ],
    330,
    575,
  );
  const mane = c.linear([
    [0, '#4f2b1c'],
    [1, '#26130d'],
  ]);
  const light = c.radial([
    [0, '#f2b183', 0.55],
    [1, '#f2b183', 0],
  ]);
  const soft = c.blur(8);
  const bodyClip = c.clip(path(BODY, '#000'));
  return c.picture(
    rect(0, 0, 640, 470, sky),
    sun(c, 440, 176, 88),
    path('M0 372 C120 322 220 346 330 368 C430 326 560 336 640 356 L640 470 L0 470 Z', '#93ab9a', {
      opacity: 0.8,
    }),
    path('M0 420 C180 390 420 400 640 416 L640 640 L0 640 Z', meadow),
    path('M0 640 L0 560 C120 540 220 600 330 606 C450 612 560 580 640 590 L640 640 Z', '#3f6034', {
      opacity: 0.6,
    }),
    group({ filter: soft }, oval(350, 578, 220, 16, '#26391f', { opacity: 0.7 })),
    path(
      'M518 262 C572 262 592 326 580 392 C576 436 566 468 548 492 C550 450 548 420 540 390 C528 350 516 320 508 296 Z',
      mane,
    ),
    group({ transform: 'translate(52 -8)' }, path(FORELEG, shade), path(hoof(169), '#1d0f0a')),
    group({ transform: 'translate(-56 -8)' }, path(HINDLEG, shade), path(hoof(491), '#1d0f0a')),
    path(BODY, coat),
    path(FORELEG, coat),
    path(HINDLEG, coat),
    path(hoof(169), '#20110b'),
    path(hoof(491), '#20110b'),
    group(
      { 'clip-path': bodyClip },
      oval(450, 286, 110, 60, light),
      oval(250, 320, 80, 90, light, { opacity: 0.6 }),
      oval(120, 190, 60, 60, light, { opacity: 0.7 }),
    ),
    path(
      'M158 100 C192 100 230 142 254 184 C274 216 292 236 322 252 C308 276 286 262 280 276 C268 256 252 262 246 244 C236 236 226 232 224 212 C212 204 206 196 204 180 C192 174 186 160 184 148 C178 140 172 136 168 128 Z',
      mane,
    ),
    path('M162 98 C148 112 138 132 136 156 C150 150 162 138 172 122 Z', mane),
    path('M148 124 C146 104 152 88 160 78 C170 90 172 104 168 120 Z', '#8a4726'),
    oval(126, 186, 7, 8, '#1c0f0a'),
    oval(78, 254, 5, 4, '#3a1b10'),
    line('M70 270 C80 272 88 270 96 264', '#3a1b10', 3, { opacity: 0.7 }),
  );
}
