import type { CatalogModel } from './types.ts';
import type { Vouched } from './verify.ts';

/** Who vouches for a model of the catalogue: the key that signed its manifest, else what its entry says. */
export function vouchedOf({ entry, grade, signer }: CatalogModel): Vouched {
  const by = signer
    ? `Signed by “${signer.name}” (key ${signer.keyId}).`
    : entry.evidence.statement;
  return { id: entry.id, grade, by };
}
