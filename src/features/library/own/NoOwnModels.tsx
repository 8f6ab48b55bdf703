import { useEffect, useRef, type ReactElement } from 'react';
import type { InstallPolicy } from '../../../core/integrity/provenance.ts';
import { Alarm } from '../../../ui/Alarm.tsx';
import { Button } from '../../../ui/Button.tsx';
import { takeHanded, useHanded } from './state/handed.ts';
import s from './OwnModel.module.css';

/** Where no own files are taken: says so of one that came. Nothing of it was read. */
export function NoOwnModels({ policy }: { readonly policy: InstallPolicy }): ReactElement | null {
  const file = useHanded((state) => state.file);
  const news = useRef<HTMLDivElement>(null);
  // Whoever brought it may look at another part of the list.
  useEffect(() => {
    if (file) news.current?.focus();
  }, [file]);
  if (!file) return null;
  return (
    <div ref={news} tabIndex={-1}>
      <Alarm title="This model was not taken" level={2} data-testid="own-not-taken">
        <p className={s['lead']}>
          {file.name} was not read:{' '}
          {policy === 'kiosk'
            ? 'this device takes signed models only (grade A), and a file of your own has no signature.'
            : 'what this device may have is not known before the page’s configuration was read.'}
        </p>
        <p className={s['actions']}>
          <Button
            onClick={(event) => {
              event.currentTarget.closest('main')?.focus();
              takeHanded();
            }}
          >
            Dismiss
          </Button>
        </p>
      </Alarm>
    </div>
  );
}
