import type { ReactElement } from 'react';
import type { GateReason } from '../../../core/onnx/types.ts';
import { plural } from '../../../ui/format.ts';
import { GraphFacts } from '../inspector/GraphFacts.tsx';
import { OpHistogram } from '../inspector/OpHistogram.tsx';
import { Warnings } from '../inspector/ReasonList.tsx';
import type { ReadFile } from './read-file.ts';
import { Reasons } from './Reasons.tsx';
import { useSizeEstimate, type SizeEstimate } from './size-estimate.ts';
import s from './Verdict.module.css';

/** What was found in the file, and, where the gate refuses it, every reason. */
export function Verdict({ read }: { readonly read: ReadFile }): ReactElement {
  const { own, verdict } = read;
  const sized = useSizeEstimate(read);
  return (
    <div data-testid="model-verdict" data-state={verdict.accepted ? 'accepted' : 'refused'}>
      {verdict.accepted ? null : (
        <div className={s['refused']}>
          <Reasons
            title={`Not accepted, for ${plural(verdict.reasons.length, 'reason', 'reasons')}`}
            reasons={verdict.reasons}
          >
            <p>Nothing of the file was executed or kept.</p>
          </Reasons>
        </div>
      )}
      <Warnings warnings={warningsAt(verdict.warnings, sized)} />
      <div className={s['columns']}>
        <div>
          <GraphFacts inspection={own.inspection} sized={sized} />
          <p className={s['digest']}>
            SHA-256 <code>{own.sha256}</code>
          </p>
        </div>
        <div>
          <h3 className={s['heading']}>Operators</h3>
          <OpHistogram ops={own.inspection.ops} />
        </div>
      </div>
    </div>
  );
}

/** What is to be known at the chosen size; until that is read, what does not depend on it. */
export function warningsAt(
  warnings: readonly GateReason[],
  sized: Pick<SizeEstimate, 'found'> | null,
): readonly GateReason[] {
  if (sized?.found) return sized.found.verdict.warnings;
  return sized ? warnings.filter(({ code }) => code !== 'gate/unknown-shapes') : warnings;
}
