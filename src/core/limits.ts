/**
 * Every cap of the product, in one place: a new limit is one number here and its note in `limit-notes.ts`, which says
 * what is limited and why by so much. The workbench's “Limits” table and the README are made from both. Numbers and
 * notes are two files because workers need the numbers only.
 */

const MiB = 1024 * 1024;

/** In the unit that a name's ending tells: bytes, milliseconds, pixels; a count otherwise. */
export const LIMITS = {
  pictureBytes: 32 * MiB,
  pictureSide: 16_384,
  pictureMinSide: 8,
  picturePixels: 40_000_000,
  pictureAspect: 64,
  headerBytes: 1 * MiB,
  decodeMs: 5_000,
  concurrentRuns: 1,
  queueLength: 8,
  runMs: 120_000,
  probeMs: 10_000,
  loadMs: 180_000,
  concurrentLoads: 1,
  cachedSessions: 2,
  modelBytes: 512 * MiB,
  modelOutputs: 16,
  labelsBytes: 1 * MiB,
  manifestBytes: 1 * MiB,
  zooBytes: 512 * 1024,
  configBytes: 64 * 1024,
  signatureBytes: 4 * 1024,
  configHosts: 16,
  trustedKeys: 16,
  revokedDigests: 10_000,
  downloadStallMs: 30_000,
  concurrentDownloads: 2,
  downloadTries: 5,
  blockedTries: 2,
  downloadPauseMs: 60_000,
  chunkTries: 3,
  ledgerLines: 5_000,
  ledgerPage: 200,
  prefetchBytes: 64 * MiB,
  threads: 4,
  recentPictures: 12,
  previewSide: 1_600,
  modelNodes: 20_000,
  modelEntries: 320_000,
  modelMetadataBytes: 64 * 1024,
  modelValues: 1_000_000,
  activationBytes: 1024 * MiB,
} as const satisfies Record<string, number>;

export type LimitName = keyof typeof LIMITS;

/** The number of a limit. */
export function limitOf(name: LimitName): number {
  return LIMITS[name];
}
