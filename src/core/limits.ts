/**
 * Every cap of the product, in one place, each with its reason. The workbench's "Limits" table and the README
 * are made from {@link LIMITS}; a new limit is one entry here.
 */

const MiB = 1024 * 1024;

/** How a limit's number is to be read and printed. */
export type LimitUnit = 'bytes' | 'pixels' | 'px' | 'ms' | 'count' | 'ratio';

export interface Limit {
  readonly value: number;
  readonly unit: LimitUnit;
  /** What is limited, as a person would say it. */
  readonly what: string;
  /** Why this number. */
  readonly why: string;
}

function limit(value: number, unit: LimitUnit, what: string, why: string): Limit {
  return { value, unit, what, why };
}

export const LIMITS = {
  pictureBytes: limit(
    32 * MiB,
    'bytes',
    'Picture file',
    'Covers a 40-megapixel JPEG; anything larger is read into memory for nothing.',
  ),
  pictureSide: limit(
    16_384,
    'px',
    'Longest side',
    'The largest texture and canvas side that browsers have in common.',
  ),
  pictureMinSide: limit(8, 'px', 'Shortest side', 'Below this no model sees anything.'),
  picturePixels: limit(
    40_000_000,
    'pixels',
    'Picture area',
    'Decoded, 40 megapixels take 160 MB; a small file can claim far more.',
  ),
  pictureAspect: limit(
    64,
    'ratio',
    'Aspect ratio',
    'A thinner strip is squashed beyond recognition and breaks resize arithmetic.',
  ),
  headerBytes: limit(
    1 * MiB,
    'bytes',
    'Bytes searched for the header',
    'Metadata may precede the size, but never by more in a sane file.',
  ),
  decodeMs: limit(
    5_000,
    'ms',
    'Time to decode one picture',
    'An ordinary photo takes under 0.3 s; a file that takes longer is hostile or broken.',
  ),
  concurrentRuns: limit(
    1,
    'count',
    'Runs at the same time',
    'onnxruntime-web blocks for good when two runs overlap on WebGPU.',
  ),
  queueLength: limit(
    8,
    'count',
    'Pictures waiting in the queue',
    'More than this is a minute of waiting nobody asked for.',
  ),
  runMs: limit(
    120_000,
    'ms',
    'Time for one run',
    'A first WebGPU run on slow hardware compiles shaders for up to 30 s; beyond two minutes it hangs.',
  ),
  probeMs: limit(
    10_000,
    'ms',
    'Time to start a worker or find a GPU',
    'Either takes milliseconds in health.',
  ),
  loadMs: limit(
    180_000,
    'ms',
    'Time to prepare a model',
    'Session creation, self-test and warm-up of the largest model on slow hardware.',
  ),
  concurrentLoads: limit(
    1,
    'count',
    'Models loading at the same time',
    'Creating a session takes about four times the bytes of the model in memory.',
  ),
  cachedSessions: limit(
    2,
    'count',
    'Models kept ready',
    'Switching back is instant; the least recently used session is released.',
  ),
  modelBytes: limit(
    512 * MiB,
    'bytes',
    'Model file',
    'Beyond this a session does not fit in the 4 GiB of WebAssembly memory.',
  ),
  modelOutputs: limit(
    16,
    'count',
    'Outputs of a model shown as numbers',
    'The largest network of GluonCV has 6; more are no reading but a list.',
  ),
  labelsBytes: limit(1 * MiB, 'bytes', 'Labels file', 'ImageNet-21k fits in it.'),
  manifestBytes: limit(1 * MiB, 'bytes', 'Manifest file', 'About a thousand models.'),
  zooBytes: limit(
    512 * 1024,
    'bytes',
    'Catalogue of the model library',
    'GluonCV’s 332 models take under half of it.',
  ),
  configBytes: limit(64 * 1024, 'bytes', 'Configuration file', 'A few manifest addresses.'),
  signatureBytes: limit(4 * 1024, 'bytes', 'Signature file', 'It has under 200 bytes.'),
  configHosts: limit(
    16,
    'count',
    'Hosts that models may come from',
    'Each is one more way out of the page; a list is to be read at a glance.',
  ),
  trustedKeys: limit(
    16,
    'count',
    'Trusted keys',
    'A few operators, and each an old and a new key.',
  ),
  revokedDigests: limit(
    10_000,
    'count',
    'Revoked digests in a manifest',
    'As many fit in the largest manifest.',
  ),
  downloadStallMs: limit(
    30_000,
    'ms',
    'Silence during a download',
    'A connection that sends nothing for this long has died.',
  ),
  concurrentDownloads: limit(
    2,
    'count',
    'Models downloading at the same time',
    'A second one uses what the first leaves of the line; more only make each slower.',
  ),
  downloadTries: limit(
    5,
    'count',
    'Tries in a row that bring nothing',
    'Pauses grow from one second to sixteen; after half a minute the person is asked.',
  ),
  blockedTries: limit(
    2,
    'count',
    'Tries with a host that never answers',
    'Browsers do not say why; a host that blocks the page does so every time, and one more try tells it from an accident.',
  ),
  downloadPauseMs: limit(
    60_000,
    'ms',
    'Pause that a server may ask for',
    'If it wants a longer one, the download is paused and the page says until when.',
  ),
  chunkTries: limit(
    3,
    'count',
    'Tries for one piece of a model',
    'A piece that is wrong three times is no accident of the line.',
  ),
  ledgerLines: limit(
    5_000,
    'count',
    'Lines of the ledger',
    'About a thousand visits; then the oldest quarter goes and its last hash anchors the rest.',
  ),
  ledgerPage: limit(
    200,
    'count',
    'Lines of the ledger shown at once',
    'More are shown when asked for.',
  ),
  prefetchBytes: limit(
    64 * MiB,
    'bytes',
    'Models fetched ahead of their first use',
    'Small models are there when the network is not; larger ones are not fetched unasked.',
  ),
  threads: limit(
    4,
    'count',
    'WebAssembly threads',
    'More threads gain little for these models and starve the page.',
  ),
  recentPictures: limit(
    12,
    'count',
    'Pictures kept in the strip',
    'Each keeps a preview of up to 10 MB.',
  ),
  previewSide: limit(
    1_600,
    'px',
    'Longest side of the picture on screen',
    'Sharp on a desktop screen; results always refer to the full picture.',
  ),
  modelNodes: limit(
    20_000,
    'count',
    'Operators in a model',
    'The largest network of the zoo has about 3,900 before conversion.',
  ),
  modelEntries: limit(
    320_000,
    'count',
    'Names, attributes and sizes in a model file',
    'Each becomes an object while the file is inspected; DenseNet-121 has 13 for each operator, this is 16 for each of the most operators.',
  ),
  modelMetadataBytes: limit(
    64 * 1024,
    'bytes',
    'Longest text among a model’s metadata',
    'What is longer is cut off. A list of 1,000 class names has about 25 kB.',
  ),
  modelValues: limit(
    1_000_000,
    'count',
    'Numbers computed from constants while a model is inspected',
    'Sizes are followed through the operators that compute them and have few numbers; this is 50 for each of the most operators.',
  ),
  activationBytes: limit(
    1024 * MiB,
    'bytes',
    'Estimated activations of one run',
    'Beside weights and the copies that kernels make, more does not fit in the 4 GiB of WebAssembly memory.',
  ),
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;

/** The bare number of a limit. */
export function limitOf(name: LimitName): number {
  return LIMITS[name].value;
}
