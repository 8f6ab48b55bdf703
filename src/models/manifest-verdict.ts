import type { AppError, ErrorCode } from '../core/errors.ts';
import type { Signer } from '../core/manifest/signed.ts';

/** What was found about a manifest, or about one entry of it: for the ledger. */
export interface ManifestVerdict {
  /** The manifest's address, or the id of the entry that was refused. */
  readonly subject: string;
  /** Absolute URL that it came from; empty where it has none. */
  readonly url: string;
  /** Digest and size of a manifest whose signature holds; null otherwise. */
  readonly signed: {
    readonly sha256: string;
    readonly bytes: number;
    readonly signer: Signer;
  } | null;
  /** Why it was refused; null when it was taken. */
  readonly code: ErrorCode | null;
}

/** Is told what was found. */
export type VerdictListener = (verdict: ManifestVerdict) => void;

/** The verdict behind a problem of a catalogue; null for one that is no verdict (no connection, say). */
export function refusalOf({ code, details }: AppError): ManifestVerdict | null {
  if (!/^(?:integrity|manifest)\//.test(code)) return null;
  const url = String(details['manifest'] ?? details['url'] ?? '');
  return { subject: String(details['id'] ?? url), url, signed: null, code };
}
