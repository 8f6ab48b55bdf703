import { useEffect, useRef, type ReactElement } from 'react';

interface BitmapCanvasProps {
  readonly bitmap: ImageBitmap;
  /** Accessible name; absent for a decorative thumbnail beside its own text. */
  readonly label?: string | undefined;
  /** Longest side of the drawing; the bitmap's own size if absent. */
  readonly side?: number;
  readonly className?: string | undefined;
}

/** Draws a bitmap on a canvas: pictures of people never pass through an image element. */
export function BitmapCanvas({ bitmap, label, side, className }: BitmapCanvasProps): ReactElement {
  const ref = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext('2d');
    // A bitmap that was closed in the meantime has no size: a newer one is on its way.
    if (!canvas || !context || bitmap.width === 0) return;
    const scale = Math.min(1, (side ?? Infinity) / Math.max(bitmap.width, bitmap.height));
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  }, [bitmap, side]);

  return label === undefined ? (
    <canvas ref={ref} className={className} aria-hidden="true" />
  ) : (
    <canvas ref={ref} className={className} role="img" aria-label={label} />
  );
}
