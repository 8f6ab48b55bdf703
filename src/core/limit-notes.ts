import { LIMITS } from './limits.ts';
import type { LimitName } from './limits.ts';

/** How a limit's number is to be read and printed. */
export type LimitUnit = 'bytes' | 'pixels' | 'px' | 'ms' | 'count' | 'ratio';

/** What is to be known of a limit beside its number. */
interface LimitNote {
  readonly unit: LimitUnit;
  /** What is limited, as a person would say it. */
  readonly what: string;
  /** Why this number. */
  readonly why: string;
}

export interface Limit extends LimitNote {
  readonly name: LimitName;
  readonly value: number;
}

function note(unit: LimitUnit, what: string, why: string): LimitNote {
  return { unit, what, why };
}

const NOTES: Readonly<Record<LimitName, LimitNote>> = {
  pictureBytes: note(
    'bytes',
    'Picture file',
    'Covers a 40-megapixel JPEG; anything larger is read into memory for nothing.',
  ),
  pictureSide: note(
    'px',
    'Longest side',
    'The largest texture and canvas side that browsers have in common.',
  ),
  pictureMinSide: note('px', 'Shortest side', 'Below this no model sees anything.'),
  picturePixels: note(
    'pixels',
    'Picture area',
    'Decoded, 40 megapixels take 160 MB; a small file can claim far more.',
  ),
  pictureAspect: note(
    'ratio',
    'Aspect ratio',
    'A thinner strip is squashed beyond recognition and breaks resize arithmetic.',
  ),
  headerBytes: note(
    'bytes',
    'Bytes searched for the header',
    'Metadata may precede the size, but never by more in a sane file.',
  ),
  decodeMs: note(
    'ms',
    'Time to decode one picture',
    'An ordinary photo takes under 0.3 s; a file that takes longer is hostile or broken.',
  ),
  concurrentRuns: note(
    'count',
    'Runs at the same time',
    'onnxruntime-web blocks for good when two runs overlap on WebGPU.',
  ),
  queueLength: note(
    'count',
    'Pictures waiting in the queue',
    'More than this is a minute of waiting nobody asked for.',
  ),
  runMs: note(
    'ms',
    'Time for one run',
    'A first WebGPU run on slow hardware compiles shaders for up to 30 s; beyond two minutes it hangs.',
  ),
  probeMs: note(
    'ms',
    'Time to start a worker or find a GPU',
    'Either takes milliseconds in health.',
  ),
  loadMs: note(
    'ms',
    'Time to prepare a model',
    'Session creation, self-test and warm-up of the largest model on slow hardware.',
  ),
  concurrentLoads: note(
    'count',
    'Models loading at the same time',
    'Creating a session takes about four times the bytes of the model in memory.',
  ),
  cachedSessions: note(
    'count',
    'Models kept ready',
    'Switching back is instant; the least recently used session is released.',
  ),
  modelBytes: note(
    'bytes',
    'Model file',
    'Beyond this a session does not fit in the 4 GiB of WebAssembly memory.',
  ),
  modelOutputs: note(
    'count',
    'Outputs of a model shown as numbers',
    'The largest network of GluonCV has 6; more are no reading but a list.',
  ),
  labelsBytes: note('bytes', 'Labels file', 'ImageNet-21k fits in it.'),
  manifestBytes: note('bytes', 'Manifest file', 'About a thousand models.'),
  zooBytes: note(
    'bytes',
    'Catalogue of the model library',
    'GluonCV’s 332 models take under half of it.',
  ),
  configBytes: note('bytes', 'Configuration file', 'A few manifest addresses.'),
  signatureBytes: note('bytes', 'Signature file', 'It has under 200 bytes.'),
  configHosts: note(
    'count',
    'Hosts that models may come from',
    'Each is one more way out of the page; a list is to be read at a glance.',
  ),
  trustedKeys: note('count', 'Trusted keys', 'A few operators, and each an old and a new key.'),
  revokedDigests: note(
    'count',
    'Revoked digests in a manifest',
    'As many fit in the largest manifest.',
  ),
  downloadStallMs: note(
    'ms',
    'Silence during a download',
    'A connection that sends nothing for this long has died.',
  ),
  concurrentDownloads: note(
    'count',
    'Models downloading at the same time',
    'A second one uses what the first leaves of the line; more only make each slower.',
  ),
  downloadTries: note(
    'count',
    'Tries in a row that bring nothing',
    'Pauses grow from one second to sixteen; after half a minute the person is asked.',
  ),
  blockedTries: note(
    'count',
    'Tries with a host that never answers',
    'Browsers do not say why; a host that blocks the page does so every time, and one more try tells it from an accident.',
  ),
  downloadPauseMs: note(
    'ms',
    'Pause that a server may ask for',
    'If it wants a longer one, the download is paused and the page says until when.',
  ),
  chunkTries: note(
    'count',
    'Tries for one piece of a model',
    'A piece that is wrong three times is no accident of the line.',
  ),
  ledgerLines: note(
    'count',
    'Lines of the ledger',
    'About a thousand visits; then the oldest quarter goes and its last hash anchors the rest.',
  ),
  ledgerPage: note('count', 'Lines of the ledger shown at once', 'More are shown when asked for.'),
  prefetchBytes: note(
    'bytes',
    'Models fetched ahead of their first use',
    'Small models are there when the network is not; larger ones are not fetched unasked.',
  ),
  threads: note(
    'count',
    'WebAssembly threads',
    'More threads gain little for these models and starve the page.',
  ),
  recentPictures: note(
    'count',
    'Pictures kept in the strip',
    'Each keeps a preview of up to 10 MB.',
  ),
  previewSide: note(
    'px',
    'Longest side of the picture on screen',
    'Sharp on a desktop screen; results always refer to the full picture.',
  ),
  modelNodes: note(
    'count',
    'Operators in a model',
    'The largest network of the zoo has about 3,900 before conversion.',
  ),
  modelEntries: note(
    'count',
    'Names, attributes and sizes in a model file',
    'Each takes room while the file is inspected; this is 16 for each of the most operators, several times what exported networks have.',
  ),
  modelMetadataBytes: note(
    'bytes',
    'Longest text among a model’s metadata',
    'What is longer is cut off. A list of 1,000 class names has about 25 kB.',
  ),
  modelValues: note(
    'count',
    'Numbers computed from constants while a model is inspected',
    'Sizes are followed through the operators that compute them and have few numbers; this is 50 for each of the most operators.',
  ),
  activationBytes: note(
    'bytes',
    'Estimated activations of one run',
    'Beside weights and the copies that kernels make, more does not fit in the 4 GiB of WebAssembly memory.',
  ),
};

/** Every limit with its note, in the order of {@link LIMITS}. */
export const ALL_LIMITS: readonly Limit[] = (Object.keys(LIMITS) as LimitName[]).map((name) => ({
  name,
  value: LIMITS[name],
  ...NOTES[name],
}));
