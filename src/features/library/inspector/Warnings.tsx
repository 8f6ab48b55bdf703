import type { ReactElement } from 'react';
import type { GateReason } from '../../../core/onnx/types.ts';
import { capped, MOST_REASONS } from './capped.ts';
import s from './Warnings.module.css';

/** Things to know about a model file that refuse nothing. Nothing where there are none. */
export function Warnings({
  warnings,
}: {
  readonly warnings: readonly GateReason[];
}): ReactElement | null {
  if (warnings.length === 0) return null;
  const { shown, more } = capped(warnings, MOST_REASONS);
  return (
    <ul className={s['warnings']} aria-label="Warnings" data-testid="gate-warnings">
      {shown.map(({ code, sentence }) => (
        <li key={code} data-code={code}>
          {sentence} <code>{code}</code>
        </li>
      ))}
      {more !== null && <li>{more}</li>}
    </ul>
  );
}
