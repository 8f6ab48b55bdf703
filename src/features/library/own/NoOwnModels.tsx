import type { ReactElement } from 'react';
import { judgeInstall } from '../../../core/integrity/provenance.ts';
import { Alarm } from '../../../ui/Alarm.tsx';
import { Button } from '../../../ui/Button.tsx';
import { takeHanded, useHanded } from './state/handed.ts';
import s from './OwnModel.module.css';

/** Where no own files are taken: says so of one that came. Nothing of it was read. */
export function NoOwnModels(): ReactElement | null {
  const file = useHanded((state) => state.file);
  if (!file) return null;
  const { because } = judgeInstall('E', 'own-file', 'kiosk');
  return (
    <Alarm title="This model was not taken" level={2} data-testid="own-not-taken">
      <p className={s['lead']}>
        {file.name} was not read. {because}
      </p>
      <p className={s['actions']}>
        <Button onClick={takeHanded}>Dismiss</Button>
      </p>
    </Alarm>
  );
}
