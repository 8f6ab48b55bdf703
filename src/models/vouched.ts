import type { Signer } from '../core/manifest/signed.ts';
import type { CatalogModel } from './types.ts';
import type { Vouched } from './verify.ts';

/** Who vouches for a model of the catalogue: the key that signed its manifest, else what its entry says. */
export function vouchedOf({ entry, grade, signer }: CatalogModel): Vouched {
  return { id: entry.id, grade, by: signer ? signedBy(signer) : entry.evidence.statement };
}

/** Whose signature held, as a sentence. */
export function signedBy({ name, keyId }: Signer): string {
  return `Signed by “${name}” (key ${keyId}).`;
}
