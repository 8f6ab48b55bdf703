import type { ReactElement, ReactNode } from 'react';
import type { GateReason } from '../../../core/onnx/types.ts';
import { Alarm } from '../../../ui/Alarm.tsx';
import { ReasonList } from '../inspector/ReasonList.tsx';

interface ReasonsProps {
  readonly title: string;
  readonly reasons: readonly GateReason[];
  readonly children?: ReactNode;
}

/** Why the gate refuses a model. */
export function Reasons({ title, reasons, children }: ReasonsProps): ReactElement {
  return (
    <Alarm title={title}>
      <ReasonList reasons={reasons} data-testid="gate-reasons" />
      {children}
    </Alarm>
  );
}
