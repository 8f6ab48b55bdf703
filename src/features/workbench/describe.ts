import type { RunReport } from '../../engine/protocol.ts';
import { formatBytes, formatCount } from '../../ui/format.ts';

const FORMATS = { jpeg: 'JPEG', png: 'PNG', webp: 'WebP', avif: 'AVIF', gif: 'GIF' } as const;

/** What a picture is and what was done to it: "640 × 480, JPEG, 105 KiB, turned upright". */
export function describePicture(
  { header, size, alpha }: Pick<RunReport, 'header' | 'size' | 'alpha'>,
  bytes: number,
): string {
  return [
    `${formatCount(size.width)} × ${formatCount(size.height)}`,
    FORMATS[header.format],
    formatBytes(bytes),
    header.orientation === 1 ? null : 'turned upright',
    header.animated ? 'first frame of an animation' : null,
    alpha === 'none' ? null : 'transparency dropped',
  ]
    .filter((part) => part !== null)
    .join(', ');
}
