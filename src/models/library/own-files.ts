import { asAppError, type AppError } from '../../core/errors.ts';
import { refusal } from '../../core/onnx/refusal.ts';
import { isRefusal } from '../refusals.ts';
import { alone } from './alone.ts';
import type { Examination } from './examine.ts';
import { noteOfRefusal } from './notes.ts';
import { installOwnFile, requireSize } from './own-job.ts';
import type { LibraryDependencies, LibraryParts } from './parts.ts';
import { forgetInstall } from './removal.ts';
import type { InstalledModel, Library } from './types.ts';

/** What the ledger says of where a file of the person's own is from. */
const OWN = { url: 'own file', vouchedBy: 'nobody', grade: 'E' } as const;

/** See `Library.installOwn`. */
export async function addOwn(
  parts: LibraryParts,
  ...own: Parameters<Library['installOwn']>
): Promise<InstalledModel> {
  const { id } = own[1];
  // A configuration that cannot be read says nothing of the file.
  const { policy } = await parts.dependencies.rules();
  try {
    return await alone(parts.dependencies.locks, id, async () => {
      try {
        return await installOwnFile(parts, policy, ...own);
      } catch (thrown) {
        // A download of that name is not ours to forget.
        if ((await parts.records.partial(id))?.url === null) await forgetInstall(parts, id);
        throw thrown;
      }
    });
  } catch (thrown) {
    const error = asAppError(thrown);
    if (isRefusal(error)) await parts.ledger.append(noteOfRefusal({ ...OWN, id }, error));
    throw error;
  }
}

/** Examines a file; a refusal that decides something gets its line in the ledger, whoever asked. */
export async function inspectFile(
  { examine }: Pick<LibraryDependencies, 'examine'>,
  ready: Promise<LibraryParts>,
  ...[file, of, picture]: Parameters<Library['inspect']>
): Promise<Examination> {
  const name = (file instanceof File ? file.name : 'a file').slice(0, 200);
  const subject = of ?? { ...OWN, id: name };
  const tentative = of === undefined && picture !== undefined;
  const note = async (...what: [error: AppError, found?: Examination]) => {
    if (!tentative) await (await ready).ledger.append(noteOfRefusal(subject, ...what));
  };
  try {
    requireSize(file, 'The file');
    const examination = await examine(file, null, picture ?? null);
    const refused = refusal(examination.verdict);
    if (refused) await note(refused, examination);
    return examination;
  } catch (thrown) {
    const error = asAppError(thrown);
    if (isRefusal(error)) await note(error);
    throw error;
  }
}
