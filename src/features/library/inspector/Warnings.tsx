import type { ReactElement } from 'react';
import type { GateReason } from '../../../core/onnx/types.ts';
import s from './Warnings.module.css';

/** Things to know about a model file that refuse nothing. Nothing where there are none. */
export function Warnings({
  warnings,
}: {
  readonly warnings: readonly GateReason[];
}): ReactElement | null {
  if (warnings.length === 0) return null;
  return (
    <ul className={s['warnings']} aria-label="Warnings" data-testid="gate-warnings">
      {warnings.map(({ code, sentence }) => (
        <li key={code} data-code={code}>
          {sentence} <code>{code}</code>
        </li>
      ))}
    </ul>
  );
}
