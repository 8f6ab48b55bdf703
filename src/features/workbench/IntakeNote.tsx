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
  'model-waits':
    'The model that came with the pictures waits in the library, to be looked at next.',
  models:
    'Models are looked at one at a time: the first is in the library. Drop the others after it.',
  weights:
    'Weights in a second file (.data) are not taken. Export the model again as one .onnx file with its weights inside, and drop that.',
  'labels-several':
    'Labels are taken from one text file, and several came: none was taken. Drop the one with the labels.',
  'labels-came': 'The text file fills the labels of the model in work. Look at them below.',
  'labels-failed': 'The text file was not taken. The labels of the model in work say why.',
  'labels-early':
    'That is a text file. Labels belong to a model of your own: drop its .onnx file first, or both together.',
  'labels-unusable': 'The text file was not taken: the model in work cannot be used.',
  'labels-unneeded':
    'Labels are not needed: the model in work is shown as plain numbers. Choose another way to use it first.',
};

/** Says what was dropped or pasted that is no picture, or where it went; goes with the next picture. */
export function IntakeNote(): ReactElement {
  const remark = useBench((state) => state.remark);
  return (
    // Always there: what appears inside is then announced.
    <div role="status" className={s['place']}>
      {remark && (
        <div key={remark.nth} className={s['note']}>
          <div>
            {remark.kinds.map((kind) => (
              <p key={kind}>{SENTENCES[kind]}</p>
            ))}
          </div>
          <Button kind="icon" aria-label="Dismiss" title="Dismiss" onClick={dropRemark}>
            <X aria-hidden="true" />
          </Button>
        </div>
      )}
    </div>
  );
}
