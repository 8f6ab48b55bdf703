import type { ReactElement } from 'react';
import type { GateReason } from '../../../core/onnx/types.ts';
import { Alarm } from '../../../ui/Alarm.tsx';
import { plural } from '../../../ui/format.ts';
import { GraphFacts } from '../inspector/GraphFacts.tsx';
import { OpHistogram } from '../inspector/OpHistogram.tsx';
import { Warnings } from '../inspector/Warnings.tsx';
import type { ReadFile } from './read-file.ts';
import s from './Verdict.module.css';

/** What was found in the file, and, where the gate refuses it, every reason. */
export function Verdict({ read }: { readonly read: ReadFile }): ReactElement {
  const { own, verdict } = read;
  return (
    <div data-testid="model-verdict" data-state={verdict.accepted ? 'accepted' : 'refused'}>
      {verdict.accepted ? null : <Reasons reasons={verdict.reasons} />}
      <Warnings warnings={verdict.warnings} />
      <div className={s['columns']}>
        <div>
          <GraphFacts inspection={own.inspection} />
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

function Reasons({ reasons }: { readonly reasons: readonly GateReason[] }): ReactElement {
  return (
    <Alarm
      className={s['refused']}
      title={`Not accepted, for ${plural(reasons.length, 'reason', 'reasons')}`}
    >
      <ul className={s['reasons']} data-testid="gate-reasons">
        {reasons.map(({ code, sentence }) => (
          <li key={code} data-code={code}>
            {sentence} <code>{code}</code>
          </li>
        ))}
      </ul>
      <p>Nothing of the file was executed or kept.</p>
    </Alarm>
  );
}
