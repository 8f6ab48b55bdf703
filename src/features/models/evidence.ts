import { GRADE_WORDS } from '../../core/integrity/provenance.ts';
import type { CatalogModel } from '../../models/types.ts';

interface EvidenceWords {
  readonly short: string;
  readonly long: string;
}

/**
 * What a model's grade means. The project's own models come from the same host as the page: the independent source
 * of their digest is the project's repository, which is said, since a page cannot check it.
 */
export function evidenceOf({ grade, signer, collection }: CatalogModel): EvidenceWords {
  const words = GRADE_WORDS[grade];
  if (signer) return { ...words, short: `Signed by “${signer.name}” (key ${signer.keyId})` };
  if (collection !== 'embedded' || grade !== 'B') return words;
  return {
    short: 'Built in, SHA-256 on record',
    long: 'The full SHA-256 is on record in the project’s repository, a source other than the host of this page.',
  };
}
