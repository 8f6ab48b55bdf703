import type { ReactElement } from 'react';
import { atSize, describeActivations, describeWork } from '../inspector/estimates.ts';
import { Reasons } from './Reasons.tsx';
import type { SizeEstimate as Estimate } from './size-estimate.ts';
import s from './SizeEstimate.module.css';

/**
 * What a run takes at the size in the form, and whether the gate lets it, before anything is kept. Nothing where the
 * file fixes the size.
 */
export function SizeEstimate({
  estimate,
}: {
  readonly estimate: Estimate | null;
}): ReactElement | null {
  if (!estimate) return null;
  const { picture, found } = estimate;
  const refused = found?.verdict.accepted === false;
  return (
    <div className={s['estimate']} data-testid="size-estimate" data-state={stateOf(estimate)}>
      <p role="status">{sizeSentence(estimate)}</p>
      {refused && (
        <Reasons
          title={`Not accepted ${atSize(picture).toLowerCase()}`}
          reasons={found.verdict.reasons}
        />
      )}
    </div>
  );
}

function stateOf({ found, error }: Estimate): string {
  if (error) return 'failed';
  if (!found) return 'reading';
  return found.verdict.accepted ? 'accepted' : 'refused';
}

/** “At 224 × 224: work 3 million multiply-adds a run; activations at most 2 MB at once.” */
export function sizeSentence({ picture, found, error }: Estimate): string {
  const at = atSize(picture);
  if (error) return `${at}: ${error.message}`;
  if (!found) return `${at}: working out what a run takes…`;
  return `${at}: work ${describeWork(found, false)}; activations ${describeActivations(found, false)}.`;
}
