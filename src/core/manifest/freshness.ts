import { AppError } from '../errors.ts';
import type { Manifest } from './schema.ts';
import type { Signer } from './signed.ts';

/**
 * The highest sequence number seen of each signed manifest. Without it an old manifest, which is still rightly
 * signed, could be put in the place of a newer one, and with it a model that was withdrawn.
 */
export interface Sequences {
  /** 0 when none was seen. A rejection refuses the manifest. */
  readonly highest: (keyId: string, url: string) => Promise<number>;
  /** Keeps a number; must never lower the one that is kept. */
  readonly record: (keyId: string, url: string, sequence: number) => Promise<void>;
}

/** Sequence numbers for as long as the page is open. */
export function memorySequences(): Sequences {
  const seen = new Map<string, number>();
  const highest = (keyId: string, url: string) => seen.get(`${keyId} ${url}`) ?? 0;
  return {
    highest: (keyId, url) => Promise.resolve(highest(keyId, url)),
    record: (keyId, url, sequence) => {
      seen.set(`${keyId} ${url}`, Math.max(sequence, highest(keyId, url)));
      return Promise.resolve();
    },
  };
}

/**
 * Refuses a signed manifest that is not the latest one seen, remembers its number, and refuses it if its time is over.
 * The same manifest again is fine. The device's clock is believed.
 * @throws AppError `integrity/expired`, or `integrity/rollback` also when the manifest has no number.
 */
export async function checkFreshness(
  { sequence, expires }: Pick<Manifest, 'sequence' | 'expires'>,
  { keyId }: Signer,
  url: string,
  sequences: Sequences,
  now: Date,
): Promise<void> {
  if (sequence === undefined) {
    throw new AppError(
      'integrity/rollback',
      `The manifest ${url} is refused: it has no sequence number, so an old one could not be told from a new one. Sign it with “npm run models -- sign”.`,
      { retryable: true, details: { url } },
    );
  }
  const highest = await sequences.highest(keyId, url);
  if (sequence < highest) {
    throw new AppError(
      'integrity/rollback',
      `The manifest ${url} is refused: it is number ${String(sequence)}, and this device has already seen number ${String(highest)}. Someone put an old one back; tell whoever runs this page.`,
      { retryable: true, details: { url, sequence, highest } },
    );
  }
  await sequences.record(keyId, url, sequence); // of an expired one too: it shows that a newer one was signed
  if (expires !== undefined && now.getTime() >= Date.parse(expires)) {
    throw new AppError(
      'integrity/expired',
      `The manifest ${url} is refused: its signature was good until ${expires}, and this device's clock says ${now.toISOString()}. Whoever runs this page must sign it again; if the clock is wrong, set it.`,
      { retryable: true, details: { url, expires, now: now.toISOString() } },
    );
  }
}
