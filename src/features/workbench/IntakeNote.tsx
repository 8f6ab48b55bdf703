import { X } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button } from '../../ui/Button.tsx';
import { dropRemark, useBench } from './state/bench.ts';
import type { RemarkKind } from './intake.ts';
import s from './IntakeNote.module.css';

const SENTENCES: Readonly<Record<RemarkKind, string>> = {
  link: 'That was a link, not a picture file. Save the picture first, then drop the file.',
  text: 'That was text, not a picture file. Drop a picture file.',
  nothing: 'Nothing in that was a file. Drop a picture file.',
  'no-picture': 'The clipboard holds no picture. Copy one, or open a file.',
};

/** Says what was dropped or pasted that is no picture; goes with the next picture. */
export function IntakeNote(): ReactElement {
  const remark = useBench((state) => state.remark);
  return (
    // Always there: what appears inside is then announced.
    <div role="status" className={s['place']}>
      {remark && (
        <div key={remark.nth} className={s['note']}>
          <p>{SENTENCES[remark.kind]}</p>
          <Button kind="icon" aria-label="Dismiss" title="Dismiss" onClick={dropRemark}>
            <X aria-hidden="true" />
          </Button>
        </div>
      )}
    </div>
  );
}
