import type { ReactElement } from 'react';
import { Alarm } from '../../../ui/Alarm.tsx';
import { Button } from '../../../ui/Button.tsx';
import { takeHanded, useHanded } from './state/handed.ts';
import s from './OwnModel.module.css';

/** Where no own files are taken: says so of one that came. Nothing of it was read. */
export function NoOwnModels(): ReactElement | null {
  const file = useHanded((state) => state.file);
  if (!file) return null;
  return (
    <Alarm title="This model was not taken" level={2} data-testid="own-not-taken">
      <p className={s['lead']}>
        {file.name} was not read: this device takes signed models only (grade A), and a file of your
        own has no signature.
      </p>
      <p className={s['actions']}>
        <Button onClick={takeHanded}>Dismiss</Button>
      </p>
    </Alarm>
  );
}
