import type { ComponentProps, ReactElement } from 'react';
import type { GateReason } from '../../../core/onnx/types.ts';
import { capped, MOST_REASONS } from './capped.ts';
import s from './ReasonList.module.css';

interface ReasonListProps extends ComponentProps<'ul'> {
  readonly reasons: readonly GateReason[];
}

/** What the gate says of a file: a sentence each, with its code, and how many are not shown. */
export function ReasonList({ reasons, ...rest }: ReasonListProps): ReactElement {
  const { shown, more } = capped(reasons, MOST_REASONS);
  return (
    <ul className={s['reasons']} {...rest}>
      {shown.map(({ code, sentence }) => (
        <li key={code} data-code={code}>
          {sentence} <code>{code}</code>
        </li>
      ))}
      {more !== null && <li>{more}</li>}
    </ul>
  );
}

interface WarningsProps {
  readonly warnings: readonly GateReason[];
}

/** Things to know about a model file that refuse nothing. Nothing where there are none. */
export function Warnings({ warnings }: WarningsProps): ReactElement | null {
  if (warnings.length === 0) return null;
  return (
    <div className={s['warnings']}>
      <ReasonList reasons={warnings} aria-label="Warnings" data-testid="gate-warnings" />
    </div>
  );
}
