import { STAGES, type Progress } from '../../engine/protocol.ts';

/** How far along the rail the light is, 0..1: stations at equal distances, bytes counted while verifying. */
export function passedShare(progress: Progress | undefined): number {
  if (!progress || progress.stage === 'queued') return 0;
  const station = (index: number) => (index + 0.5) / STAGES.length;
  if (progress.stage === 'verify') {
    const share = progress.totalBytes > 0 ? progress.loadedBytes / progress.totalBytes : 0;
    return station(0) + (Math.min(1, share) * 1) / STAGES.length;
  }
  return station(STAGES.indexOf(progress.stage));
}
