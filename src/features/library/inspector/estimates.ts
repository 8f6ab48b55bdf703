import type { ModelInspection } from '../../../core/onnx/types.ts';
import { fixed } from '../../../core/quantity.ts';
import { formatBytes, formatOperations } from '../../../ui/format.ts';

type Estimates = Pick<ModelInspection, 'unknownShapes' | 'multiplyAdds' | 'activationBytes'>;

/** Multiply-adds of a run: of the layers whose size is known, so that fewer than all are a lower bound. */
export function describeWork({ unknownShapes, multiplyAdds }: Estimates): string {
  if (multiplyAdds === null) return 'Unknown: it depends on a size that the file leaves open';
  const work = `${formatOperations(multiplyAdds)} multiply-adds a run`;
  return unknownShapes > 0 && multiplyAdds > 0 ? `At least ${work}` : work;
}

/** “, 12.5 % of all”; nothing of nothing. */
export function describeShare(part: number, all: number): string {
  if (part === 0 || all === 0) return '';
  const percent = (part / all) * 100;
  return percent < 0.05 ? ', less than 0.1 % of all' : `, ${fixed(percent, 1)} % of all`;
}

/** Memory of a run beside the weights, likewise; nothing is said where nothing that multiplies is known. */
export function describeActivations(estimates: Estimates): string {
  const { unknownShapes, multiplyAdds, activationBytes } = estimates;
  if (activationBytes === null || multiplyAdds === null) {
    return 'Unknown: they depend on a size that the file leaves open';
  }
  return `${unknownShapes > 0 ? 'At least' : 'At most'} ${formatBytes(activationBytes)} at once`;
}
