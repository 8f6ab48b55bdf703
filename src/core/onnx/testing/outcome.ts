import { AppError } from '../../errors.ts';
import { judgeModel } from '../gate.ts';
import { inspectModel } from '../inspect.ts';

/**
 * What becomes of a file: `accepted`, or the codes of the refusal, the first reason first. Any exception but an
 * AppError of the gate goes through and fails the test.
 */
export function outcome(bytes: Uint8Array): string {
  try {
    const { accepted, reasons } = judgeModel(inspectModel(bytes));
    return accepted ? 'accepted' : reasons.map(({ code }) => code).join(' ');
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code.startsWith('gate/')) return thrown.code;
    throw thrown;
  }
}
