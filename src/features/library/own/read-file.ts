import { AppError, asAppError } from '../../../core/errors.ts';
import type { GateVerdict, ModelInspection } from '../../../core/onnx/types.ts';
import { revokedError } from '../../../models/library/notes.ts';
import type { Library } from '../../../models/library/types.ts';
import { labelsInside, outputSides } from '../../../tasks/propose/graph.ts';
import { pictureInput, type PictureInput } from '../../../tasks/propose/picture-input.ts';
import { proposeContracts } from '../../../tasks/propose/propose.ts';
import type { Proposal } from '../../../tasks/propose/types.ts';
import type { Draft } from './draft.ts';
import type { OwnFile } from './entry.ts';

/** A file that was read and judged. */
export interface ReadFile {
  readonly blob: File;
  readonly own: OwnFile;
  readonly verdict: GateVerdict;
  /** How it may be used; an error says why it cannot. Null when the gate refused it before. */
  readonly offers: Offers | AppError | null;
}

/** What a usable network takes, and the ways to use it, best first and at least one. */
export interface Offers {
  readonly picture: PictureInput;
  readonly proposals: readonly [Proposal, ...(readonly Proposal[])];
}

/**
 * Reads a file in the library's worker, judges it, and proposes how it may be used. Nothing is executed or kept.
 * @throws AppError when the file cannot be read as a model at all; `store/…` when nobody knows what was withdrawn.
 */
export async function readFile(library: Library, blob: File): Promise<ReadFile> {
  try {
    const { inspection, verdict: judged, sha256 } = await library.inspect(blob);
    const verdict = (await library.revoked()).has(sha256) ? withdrawn(judged, sha256) : judged;
    const own = { name: blob.name, bytes: blob.size, sha256, inspection };
    return { blob, own, verdict, offers: verdict.accepted ? offersOf(own) : null };
  } catch (thrown) {
    throw asAppError(thrown);
  }
}

/** The gate's verdict about a file that an operator of this page withdrew. */
function withdrawn(verdict: GateVerdict, sha256: string): GateVerdict {
  const { code, message: sentence, details } = revokedError('This model', sha256);
  return {
    ...verdict,
    accepted: false,
    reasons: [{ code, sentence, details }, ...verdict.reasons],
  };
}

function offersOf({ inspection, name }: OwnFile): Offers | AppError {
  try {
    const [best, ...rest] = proposeContracts(inspection, name);
    if (!best) {
      throw new AppError(
        'gate/no-contract',
        'Nobody knows how to use this network. Choose another file.',
      );
    }
    return { picture: pictureInput(inspection), proposals: [best, ...rest] };
  } catch (thrown) {
    return asAppError(thrown);
  }
}

/** How many labels a draft needs: null when the file does not tell, 0 when its numbers have no names. */
export function classCount(
  inspection: ModelInspection,
  { proposals }: Offers,
  draft: Draft,
): number | null {
  switch (draft.task) {
    case 'tensors':
      return 0;
    case 'detection':
      return proposals.find(({ task }) => task === 'detection')?.classes ?? null;
    case 'classification': {
      const output = inspection.outputs.find(({ name }) => name === draft.scores);
      const sides = output ? outputSides(inspection, output) : null;
      const values = (sides ?? [null]).slice(sides && sides.length > 1 ? 1 : 0);
      const count = values.reduce<number | null>(
        (product, side) => (product === null || side === null ? null : product * side),
        1,
      );
      return count ?? labelsInside(inspection)?.length ?? null;
    }
  }
}
