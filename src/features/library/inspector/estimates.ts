import { listed } from '../../../core/onnx/names.ts';
import type { GivenPicture, ModelInspection } from '../../../core/onnx/types.ts';
import { fixed } from '../../../core/quantity.ts';
import { formatBytes, formatOperations } from '../../../ui/format.ts';

/** What the reader reckons of a run. */
export type Estimates = Pick<
  ModelInspection,
  'unknownShapes' | 'unfollowed' | 'multiplyAdds' | 'activationBytes'
>;

/** The same, of a network whose file leaves the picture's size open, at one size. */
export interface SizedEstimates {
  readonly picture: Pick<GivenPicture, 'width' | 'height'>;
  /** Null while it is being reckoned, and where that failed. */
  readonly found: Estimates | null;
}

/** “At 224 × 224” */
export function atSize({ width, height }: SizedEstimates['picture']): string {
  return `At ${String(width)} × ${String(height)}`;
}

/**
 * Multiply-adds of a run, to stand within a line: of the layers whose size is known, so that fewer than all are a lower bound.
 *
 * @param open whether a size that the file leaves open has not been chosen yet: a lower bound would say nothing then
 */
export function describeWork(estimates: Estimates, open: boolean): string {
  const { unknownShapes, multiplyAdds } = estimates;
  if (multiplyAdds === null || (open && unknownShapes > 0)) {
    return `unknown: ${whyUnknown(estimates, open)}`;
  }
  const work = `${formatOperations(multiplyAdds)} multiply-adds a run`;
  return unknownShapes > 0 && multiplyAdds > 0 ? `at least ${work}` : work;
}

/** “, 12.5 % of all”; nothing of nothing. */
export function describeShare(part: number, all: number): string {
  if (part === 0 || all === 0) return '';
  const percent = (part / all) * 100;
  return percent < 0.05 ? ', less than 0.1 % of all' : `, ${fixed(percent, 1)} % of all`;
}

/** Memory of a run beside the weights, likewise; nothing is said where sizes and all that multiplies are unknown. */
export function describeActivations(estimates: Estimates, open: boolean): string {
  const { unknownShapes, multiplyAdds, activationBytes } = estimates;
  if (activationBytes === null || ((open || multiplyAdds === null) && unknownShapes > 0)) {
    return `unknown: ${whyUnknown(estimates, open)}`;
  }
  return `${unknownShapes > 0 ? 'at least' : 'at most'} ${formatBytes(activationBytes)} at once`;
}

/** @param open whether a size that the file leaves open is still to be chosen */
function whyUnknown({ unfollowed, unknownShapes }: Estimates, open: boolean): string {
  if (open) return 'the file leaves the size of the picture open';
  if (unfollowed.length > 0) return `${listed(unfollowed)} could not be followed`;
  return unknownShapes > 0
    ? 'sizes inside the network are known only when it runs'
    : 'its operators multiply in ways that are not counted here';
}

/** A text as the beginning of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
