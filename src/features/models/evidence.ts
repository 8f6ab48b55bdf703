import type { Evidence } from '../../core/manifest/schema.ts';
import type { CatalogModel } from '../../models/types.ts';

interface EvidenceWords {
  readonly short: string;
  readonly long: string;
}

/** The grades of evidence in words: how strong the claim is that a model's bytes are what they are said to be. */
const GRADES: Readonly<Record<Evidence['grade'], EvidenceWords>> = {
  B: {
    short: 'Independent SHA-256',
    long: 'The full SHA-256 comes from a source other than the host of the download.',
  },
  C: {
    short: 'Published SHA-1',
    long: 'GluonCV publishes a full SHA-1 of the original file; the SHA-256 was recorded from bytes that match it.',
  },
  D: {
    short: 'Partial hash only',
    long: 'Only 32 bits of a hash are published. They reveal an accident, not an attack.',
  },
  E: {
    short: 'Recorded at first use',
    long: 'Nobody published a hash. The SHA-256 was recorded when the file was first used; a later change is noticed.',
  },
};

/**
 * What a model's grade means. The project's own models come from the same host as the page: the independent source
 * of their digest is the project's repository, which is said, since a page cannot check it.
 */
export function evidenceOf({ entry, collection }: CatalogModel): EvidenceWords {
  const { grade } = entry.evidence;
  if (collection !== 'embedded' || grade !== 'B') return GRADES[grade];
  return {
    short: 'Built in, SHA-256 on record',
    long: 'The full SHA-256 is on record in the project’s repository, a source other than the host of this page.',
  };
}
