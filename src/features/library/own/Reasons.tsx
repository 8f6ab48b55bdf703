import type { ReactElement, ReactNode } from 'react';
import type { GateReason } from '../../../core/onnx/types.ts';
import { Alarm } from '../../../ui/Alarm.tsx';
import { capped, MOST_REASONS } from '../inspector/capped.ts';
import s from './Reasons.module.css';

interface ReasonsProps {
  readonly title: string;
  readonly reasons: readonly GateReason[];
  readonly children?: ReactNode;
}

/** Why the gate refuses a model. */
export function Reasons({ title, reasons, children }: ReasonsProps): ReactElement {
  const { shown, more } = capped(reasons, MOST_REASONS);
  return (
    <Alarm title={title}>
      <ul className={s['reasons']} data-testid="gate-reasons">
        {shown.map(({ code, sentence }) => (
          <li key={code} data-code={code}>
            {sentence} <code>{code}</code>
          </li>
        ))}
        {more !== null && <li>{more}</li>}
      </ul>
      {children}
    </Alarm>
  );
}
