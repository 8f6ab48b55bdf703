import { AppError } from '../../src/core/errors.ts';
import { judgeModel } from '../../src/core/onnx/gate.ts';
import { inspectModel } from '../../src/core/onnx/inspect.ts';
import type { GateVerdict, GivenPicture, ModelInspection } from '../../src/core/onnx/types.ts';

/** What the gate says of a file, and what the reader found; null when it could not be read to its end. */
export interface Judgement {
  readonly verdict: GateVerdict;
  readonly inspection: ModelInspection | null;
}

/** The page's own reader and gate. Nothing is executed. @param picture as in `inspectModel`. */
export function judge(
  bytes: Uint8Array<ArrayBuffer>,
  picture: GivenPicture | null = null,
): Judgement {
  let inspection: ModelInspection;
  try {
    inspection = inspectModel(bytes, picture);
  } catch (thrown) {
    if (!(thrown instanceof AppError) || !thrown.code.startsWith('gate/')) throw thrown;
    const { code, message: sentence, details } = thrown;
    const reasons = [{ code, sentence, details }];
    return { verdict: { accepted: false, reasons, warnings: [] }, inspection: null };
  }
  return { verdict: judgeModel(inspection), inspection };
}

/**
 * What the reader found in a file that the gate lets through; warnings are printed.
 * @throws AppError of the first reason for a refusal, with every reason in its sentence.
 */
export function passGate(
  bytes: Uint8Array<ArrayBuffer>,
  what: string,
  picture: GivenPicture | null = null,
): ModelInspection {
  const { verdict, inspection } = judge(bytes, picture);
  for (const { sentence } of verdict.warnings) console.error(`Note: ${sentence}`);
  if (verdict.accepted && inspection) return inspection;
  const [first] = verdict.reasons;
  throw new AppError(
    first?.code ?? 'gate/refused',
    `${what} was refused by the gate. ${verdict.reasons.map(({ sentence }) => sentence).join(' ')}`,
  );
}
