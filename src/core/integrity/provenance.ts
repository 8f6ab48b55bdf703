/**
 * How strong the claim is that a model's bytes are what they are said to be, strongest first.
 * A: named by a manifest that is signed by a key the operator trusts. B: a full SHA-256 from a source other than
 * the download host. C: a full SHA-1 published by GluonCV. D: only 32 bits of a SHA-1. E: recorded at first use.
 */
export const GRADES = ['A', 'B', 'C', 'D', 'E'] as const;
export type Grade = (typeof GRADES)[number];

/**
 * Who decides what may be installed: a person at their own device, or an operator for an unattended one; nobody knows
 * until the configuration was read.
 */
export type InstallPolicy = 'standard' | 'kiosk' | 'unknown';

/** Where a model comes from: the catalogue or a manifest, or a file of the person's own. */
export type Provider = 'catalogue' | 'own-file';

export interface PolicyVerdict {
  readonly action: 'install' | 'ask' | 'refuse';
  /** A sentence: what the grade is worth, and why it is asked about or refused. */
  readonly because: string;
}

interface GradeWords {
  readonly short: string;
  readonly long: string;
}

/** The grades in words. */
export const GRADE_WORDS: Readonly<Record<Grade, GradeWords>> = {
  A: {
    short: 'Signed by a trusted key',
    long: 'The manifest that names this SHA-256 is signed by a key that whoever runs this page trusts.',
  },
  B: {
    short: 'Independent SHA-256',
    long: 'The full SHA-256 comes from a source other than the host of the download.',
  },
  C: {
    short: 'Published SHA-1',
    long: 'GluonCV publishes a full SHA-1 of the file. SHA-1 reveals accidents and most attacks, but two files with the same SHA-1 can be made by whoever prepares both.',
  },
  D: {
    short: 'Partial hash only',
    long: 'Only 32 bits of a hash are published. They reveal an accident, not an attack: a file with the same 32 bits is made in minutes.',
  },
  E: {
    short: 'Recorded at first use',
    long: 'Nobody published a hash. The SHA-256 was recorded when the file was first used; only a later change is noticed.',
  },
};

/**
 * The default policy: A and B install; C and D are asked about, with the reason; E only for a person's own files;
 * a kiosk takes A only. Nothing is done before it is known which.
 */
export function judgeInstall(
  grade: Grade,
  provider: Provider,
  policy: InstallPolicy,
): PolicyVerdict {
  const because = GRADE_WORDS[grade].long;
  if (policy === 'unknown') {
    return {
      action: 'refuse',
      because: 'What this device may have is not known before the page’s configuration was read.',
    };
  }
  if (policy === 'kiosk') {
    if (grade === 'A') return { action: 'install', because };
    return {
      action: 'refuse',
      because: `This device installs signed models only (grade A); this one is grade ${grade}. ${because}`,
    };
  }
  if (grade === 'A' || grade === 'B') return { action: 'install', because };
  if (grade === 'E' && provider !== 'own-file') {
    return {
      action: 'refuse',
      because: `A model without any published hash is accepted only as a file of your own. ${because}`,
    };
  }
  return { action: 'ask', because };
}
