import { AppError } from '../../core/errors.ts';
import { sha256Hex } from '../../core/integrity/digest.ts';
import type { InstallPolicy } from '../../core/integrity/provenance.ts';
import { limitOf } from '../../core/limits.ts';
import type { ModelEntry } from '../../tasks/registry.ts';
import { largestPicture } from '../../tasks/shared/largest-picture.ts';
import { foundDetails } from '../found-file.ts';
import { parseLabels } from '../labels.ts';
import { parseEntry } from '../manifest.ts';
import { requireAccepted } from './examine.ts';
import { noteOf, requireOwnAllowed, revokedError } from './notes.ts';
import type { LibraryParts } from './parts.ts';
import { readBlob } from './read-blob.ts';
import { NONE_GONE } from './states.ts';
import type { InstalledModel, Library } from './types.ts';

/** Who vouches for a file of the person's own. */
const OWN = 'nobody; its SHA-256 was recorded when it was added';

/**
 * Keeps a file of the person's own. The caller holds the install's lock.
 * @throws AppError as `Library.installOwn`.
 */
export async function installOwnFile(
  parts: LibraryParts,
  policy: InstallPolicy,
  ...[file, declared, labels]: Parameters<Library['installOwn']>
): Promise<InstalledModel> {
  const { dependencies, files, records, ledger, states } = parts;
  const entry = parseEntry(declared, 'The declaration of your model');
  requireOwnAllowed(entry.title, policy);
  requireSize(file, entry.title);
  await requireFreeId(parts, entry);
  const examination = await dependencies.examine(file, null, largestPicture(entry.input));
  requireAccepted(examination);
  for (const sha256 of [examination.sha256, entry.labels.sha256]) {
    if (await records.isRevoked(sha256)) throw revokedError(entry.title, sha256);
  }
  requireSame(`The file of ${entry.title}`, entry, examination);
  const labelBytes = await readSame(labels, `The labels file of ${entry.title}`, entry.labels);
  parseLabels(labelBytes, entry.labels.format);
  // Examining it took the bytes away, and a file on the person's disk may change between two reads.
  const modelBytes = await readSame(file, `The file of ${entry.title}`, entry);

  const at = new Date(dependencies.net.now()).toISOString();
  const model: InstalledModel = {
    entry,
    grade: 'E',
    provider: 'own-file',
    url: null,
    vouchedBy: OWN,
    installedAt: at,
    usedAt: at,
  };
  // Named before they are there, so that nothing prunes them; a record without a URL is dropped after a crash.
  await records.putPartial({
    id: entry.id,
    key: '',
    url: null,
    receivedBytes: 0,
    totalBytes: entry.bytes,
    validator: null,
    sha256: null,
    digests: [entry.sha256, entry.labels.sha256],
  });
  await files.keep(entry.labels.sha256, labelBytes);
  await files.keep(entry.sha256, modelBytes);
  await ledger.append(noteOf(model, 'installed'));
  await records.putModel(model);
  await records.deletePartial(entry.id);
  states.setInstalled(model, NONE_GONE);
  return model;
}

/** @throws AppError `gate/too-large`. */
export function requireSize(file: Blob, title: string): void {
  const limit = limitOf('modelBytes');
  if (file.size <= limit) return;
  throw new AppError(
    'gate/too-large',
    `${title} has ${file.size.toLocaleString('en')} bytes; at most ${limit.toLocaleString('en')} are accepted. Choose a smaller model.`,
    { details: { bytes: file.size, limit } },
  );
}

interface Named {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * The bytes of a file as it is now, for as long as they are the declared ones.
 * @throws AppError `intake/unreadable`, `integrity/digest-mismatch`.
 */
async function readSame(
  file: Blob,
  what: string,
  declared: Named,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readBlob(file, what);
  requireSame(what, declared, { bytes: bytes.length, sha256: await sha256Hex(bytes) });
  return bytes;
}

function requireSame(what: string, declared: Named, found: Named): void {
  if (declared.bytes === found.bytes && declared.sha256 === found.sha256) return;
  throw new AppError(
    'integrity/digest-mismatch',
    `${what} is not the one that was inspected: it changed in between. Add the model again.`,
    {
      retryable: true,
      details: { expectedSha256: declared.sha256, ...foundDetails(found) },
    },
  );
}

async function requireFreeId({ records }: LibraryParts, { id, sha256 }: ModelEntry): Promise<void> {
  const taken = await records.model(id);
  const isSame = taken?.provider === 'own-file' && taken.entry.sha256 === sha256;
  const isDownload = ((await records.partial(id))?.url ?? null) !== null;
  if ((taken === null || isSame) && !isDownload) return;
  const where = isDownload ? 'is being downloaded' : 'is on this device already';
  throw new AppError(
    'store/id-taken',
    `A model named ${id} ${where}. Give yours another name, or remove the other one first.`,
    { details: { id } },
  );
}
