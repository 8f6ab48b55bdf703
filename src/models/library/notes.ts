import { judgeInstall, type InstallPolicy } from '../../core/integrity/provenance.ts';
import { AppError, withDetails } from '../../core/errors.ts';
import { foundFile, type FoundFile } from '../found-file.ts';
import type { ManifestVerdict } from '../manifest-verdict.ts';
import { signedBy } from '../vouched.ts';
import type { LedgerNote } from './ledger.ts';
import type { Installable, InstalledModel, WithdrawnModel } from './types.ts';

/** A ledger line about an installed model: where it was installed from, else that it was on this device. */
export function noteOf(
  { entry, url, vouchedBy, grade }: InstalledModel,
  kind: LedgerNote['kind'],
  code: string | null = null,
): LedgerNote {
  return {
    kind,
    model: entry.id,
    sha256: entry.sha256,
    bytes: entry.bytes,
    from: kind === 'installed' ? (url ?? 'own file') : 'this device',
    vouchedBy,
    grade,
    code,
  };
}

/**
 * A ledger line about an install whose bytes were here.
 * @param wasAsked its address may have been asked before they came another way.
 */
export function noteOfHere(model: InstalledModel, wasAsked: boolean): LedgerNote {
  const notAsked = wasAsked ? '' : ', which was not asked';
  const from = `already on this device (named for ${model.url ?? 'own file'}${notAsked})`;
  return { ...noteOf(model, 'installed'), from };
}

/** A ledger line about something that was not installed: the digest is that of what came, or of what was withdrawn. */
export function noteOfRefusal(
  { id, url, vouchedBy, grade }: Pick<Installable, 'id' | 'url' | 'vouchedBy' | 'grade'>,
  error: AppError,
  found: FoundFile | null = foundFile(error),
): LedgerNote {
  const { code, details } = error;
  const withdrawn = code === 'integrity/revoked' ? String(details['sha256']) : null;
  return {
    kind: 'refused',
    model: id,
    sha256: found?.sha256 ?? withdrawn,
    bytes: found?.bytes ?? null,
    from: url,
    vouchedBy,
    grade,
    code,
  };
}

/** A ledger line about a manifest that was read, or an entry of one that was refused. */
export function noteOfManifest({ subject, url, file, signer, code }: ManifestVerdict): LedgerNote {
  return {
    kind: code === null ? 'verified' : 'refused',
    model: subject.slice(0, 1000),
    sha256: file?.sha256 ?? null,
    bytes: file?.bytes ?? null,
    from: url.slice(0, 4000),
    vouchedBy: signer ? signedBy(signer) : '',
    grade: signer ? 'A' : null,
    code,
  };
}

/**
 * Asks the policy about a download.
 * @returns whether it asks for the person's consent, which they gave.
 * @throws AppError `download/needs-consent`, `download/refused-by-policy`.
 */
export function requireConsent(
  { title, grade }: Pick<Installable, 'title' | 'grade'>,
  policy: InstallPolicy,
  confirmed: boolean,
): boolean {
  const { action, because } = judgeInstall(grade, 'catalogue', policy);
  const asks = action === 'ask';
  if (action === 'install' || (asks && confirmed)) return asks;
  if (action === 'refuse') throw refusedByPolicy(title, because, { grade, policy });
  throw new AppError(
    'download/needs-consent',
    `${title} is installed only when you say so. ${because}`,
    { retryable: true, details: { grade } },
  );
}

/** @throws AppError `download/refused-by-policy` where files of the person's own are not taken. */
export function requireOwnAllowed(title: string, policy: InstallPolicy): void {
  const { action, because } = judgeInstall('E', 'own-file', policy);
  if (action === 'refuse') throw refusedByPolicy(title, because, { grade: 'E', policy });
}

function refusedByPolicy(
  title: string,
  because: string,
  details: { grade: string; policy: string },
): AppError {
  return new AppError('download/refused-by-policy', `${title} is not installed. ${because}`, {
    details,
  });
}

/** `integrity/revoked`, of a model that was used here until now. */
export function withdrawnError({ id, title, sha256 }: WithdrawnModel): AppError {
  return withDetails(revokedError(title, sha256), { id });
}

/** `integrity/revoked`. */
export function revokedError(title: string, sha256: string): AppError {
  return new AppError(
    'integrity/revoked',
    `${title} is refused: its file (SHA-256 ${sha256}) was withdrawn by an operator of this page. Do not rely on answers it gave; choose another model.`,
    { details: { sha256 } },
  );
}
