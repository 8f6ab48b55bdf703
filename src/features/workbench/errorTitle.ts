import type { AppError, ErrorArea } from '../../core/errors.ts';

const BY_AREA: Readonly<Record<ErrorArea, string>> = {
  intake: 'This picture was not accepted',
  integrity: 'A file did not pass verification',
  manifest: 'The model’s description is not usable',
  download: 'A download did not succeed',
  store: 'The device’s storage is not usable',
  gate: 'The model file was not accepted',
  engine: 'The run did not finish',
  config: 'The configuration is not usable',
  app: 'Something went wrong',
};

/** Where the area's title would mislead. */
const BY_CODE: Readonly<Record<string, string>> = {
  // The gate has nothing against such a file.
  'gate/no-contract': 'This model cannot be used here',
  // Its bytes are the right ones.
  'integrity/revoked': 'A file was withdrawn',
  'manifest/bad-catalogue': 'The library’s catalogue is not usable',
  // The catalogue, the configuration or a manifest: the sentence names it.
  'manifest/not-json': 'A file of this page is not usable',
  'manifest/too-large': 'A file of this page is not usable',
  'engine/queue-full': 'The queue is full',
  'engine/webgpu-unavailable': 'No WebGPU here',
  'engine/out-of-memory': 'Not enough memory',
  'engine/session-failed': 'The model could not be prepared',
  'engine/self-test-failed': 'The model failed its self-test',
  'engine/deadline': 'It took too long',
  'intake/decode-failed': 'This picture could not be decoded',
  'intake/decode-timeout': 'This picture could not be decoded',
};

/** A heading for a failure: what kind of thing went wrong; the error's own sentence says the rest. */
export function errorTitle({ code }: Pick<AppError, 'code'>): string {
  const area = code.split('/')[0] ?? '';
  return BY_CODE[code] ?? (isArea(area) ? BY_AREA[area] : BY_AREA.app);
}

function isArea(text: string): text is ErrorArea {
  return Object.hasOwn(BY_AREA, text);
}
