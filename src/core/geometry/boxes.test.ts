import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxToPicture, type InputGeometry } from './boxes.ts';

const scale = fc.double({ min: 1e-2, max: 1e2, noNaN: true });
const offset = fc.double({ min: 0, max: 500, noNaN: true });
const size = fc.integer({ min: 8, max: 16_384 });

const geometry: fc.Arbitrary<InputGeometry> = fc.record({
  pictureWidth: size,
  pictureHeight: size,
  scaleX: scale,
  scaleY: scale,
  offsetX: offset,
  offsetY: offset,
});
const corner = fc.double({ min: 0, max: 1, noNaN: true });

describe('boxToPicture', () => {
  it('undoes the way from picture to input', () => {
    fc.assert(
      fc.property(geometry, fc.tuple(corner, corner, corner, corner), (g, [a, b, c, d]) => {
        const [x1, y1] = [a * g.pictureWidth, b * g.pictureHeight];
        const [x2, y2] = [c * g.pictureWidth, d * g.pictureHeight];
        const toX = (x: number) => x * g.scaleX - g.offsetX;
        const toY = (y: number) => y * g.scaleY - g.offsetY;
        const back = boxToPicture([toX(x1), toY(y1), toX(x2), toY(y2)], g);
        [x1, y1, x2, y2].forEach((expected, at) => {
          expect(Math.abs((back[at] ?? NaN) - expected)).toBeLessThan(1e-6);
        });
      }),
    );
  });

  it('does not clip: GluonCV’s boxes may reach beyond the picture', () => {
    const g = {
      pictureWidth: 100,
      pictureHeight: 50,
      scaleX: 2,
      scaleY: 2,
      offsetX: 10,
      offsetY: 0,
    };
    expect(boxToPicture([-500, -1, 500, 500], g)).toEqual([-245, -0.5, 255, 250]);
    expect(boxToPicture([10, 20, 30, 40], g)).toEqual([10, 10, 20, 20]);
  });
});
