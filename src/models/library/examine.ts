import { withDetails } from '../../core/errors.ts';
import { refusal } from '../../core/onnx/refusal.ts';
import type { GateVerdict, GivenPicture, ModelInspection } from '../../core/onnx/types.ts';
import { aboutFile, foundDetails } from '../found-file.ts';
import { checkClaim, digestsOf, type Expected } from './claim.ts';

/** Reads and judges model files; nothing is executed. */
export interface ModelReader {
  /** @throws AppError `gate/…` where the file cannot be read as a model at all. */
  readonly inspect: (
    bytes: Uint8Array<ArrayBuffer>,
    picture: GivenPicture | null,
  ) => ModelInspection;
  readonly judge: (inspection: ModelInspection) => GateVerdict;
}

/** What was found out about a file. */
export interface Examination {
  readonly sha256: string;
  readonly bytes: number;
  readonly inspection: ModelInspection;
  readonly verdict: GateVerdict;
}

/**
 * Digests a file, holds it against its claim if it has one, and only then reads it as a model and judges it. Runs in
 * the library's worker.
 * @param expected null for a file without a claim.
 * @param picture what the network will be given; null while nobody has said.
 * @throws AppError `integrity/…` when the claim does not hold, `gate/…` when it is no readable model. A model that the
 * gate refuses is no failure: the verdict says so.
 */
export async function examine(
  bytes: Uint8Array<ArrayBuffer>,
  expected: Expected | null,
  picture: GivenPicture | null,
  reader: ModelReader,
): Promise<Examination> {
  const digesting = digestsOf(bytes, expected?.claim ?? null);
  if (expected) checkClaim(expected, bytes, await digesting);
  // Without a claim there is nothing to wait for: SubtleCrypto digests on a thread of its own meanwhile.
  const read = attempt(() => {
    const inspection = reader.inspect(bytes, picture);
    return { inspection, verdict: reader.judge(inspection) };
  });
  const found = { sha256: (await digesting).sha256, bytes: bytes.length };
  return aboutFile(found, () => ({ ...found, ...read() }));
}

/** Does something now, and gives back or throws what came of it when it is asked. */
function attempt<T>(work: () => T): () => T {
  try {
    const value = work();
    return () => value;
  } catch (thrown) {
    return () => {
      throw thrown;
    };
  }
}

/** @throws AppError the gate's first reason, with the codes of the others. */
export function requireAccepted({ verdict, sha256, bytes }: Examination): void {
  const refused = refusal(verdict);
  if (refused) throw withDetails(refused, foundDetails({ sha256, bytes }));
}
