import { useId, type ReactElement } from 'react';
import { buttonClass } from '../../../ui/Button.tsx';
import { formatCount, plural } from '../../../ui/format.ts';
import { SelectField } from '../../../ui/SelectField.tsx';
import { Choice, Frame, NumberField } from './Field.tsx';
import {
  fittingLists,
  labelsNeeded,
  type LabelChoice,
  type LabelLists,
  type LabelSource,
} from './labels.ts';
import { labelsOf, READ_AS } from '../../../tasks/propose/label-text.ts';
import { readLabelsFile } from './read-labels.ts';
import s from './Fields.module.css';

interface LabelFieldsProps {
  readonly choice: LabelChoice;
  readonly lists: LabelLists;
  /** Names that the file carries. */
  readonly inside: readonly string[] | null;
  /** How many names the file carries that are not offered, being too many or too few; null without such. */
  readonly unfit: number | null;
  /** How many labels are needed; null when the file does not tell. */
  readonly classes: number | null;
  readonly problem: string | undefined;
  readonly onChange: (change: Partial<LabelChoice>) => void;
}

/** Where the names of the classes come from: the file, one of the page's lists, the person's text, or numbers. */
export function LabelFields(props: LabelFieldsProps): ReactElement {
  const { choice, lists, inside, unfit, classes, problem, onChange } = props;
  const id = useId();
  const fitting = fittingLists(lists, classes);
  return (
    <>
      <p className={s['soft']}>{labelsNeeded(classes, unfit)}</p>
      <div className={s['source']}>
        <Choice
          legend="Labels"
          name="labels"
          value={choice.source}
          options={[
            ...(inside ? [{ value: 'inside', text: 'from the file itself' }] : []),
            { value: 'list', text: 'a known list', disabled: fitting.length === 0 },
            { value: 'text', text: 'my own' },
            { value: 'numbers', text: 'numbers' },
          ]}
          onChoose={(source) => {
            onChange({ source: source as LabelSource });
          }}
        />
      </div>
      {choice.source === 'inside' && inside && <p className={s['source']}>{sample(inside)}</p>}
      {choice.source === 'list' && (
        <SelectField
          label="List"
          className={s['source']}
          value={choice.list}
          options={fitting.map(([id, { classes: count }]) => ({
            value: id,
            text: `${id} (${formatCount(count)})`,
          }))}
          onChoose={(list) => {
            onChange({ list });
          }}
        />
      )}
      {choice.source === 'numbers' && classes === null && (
        <NumberField
          label="How many classes"
          className={s['source']}
          value={choice.count}
          min={1}
          onChange={(count) => {
            onChange({ count });
          }}
        />
      )}
      {choice.source === 'numbers' && (
        <p className={s['soft']}>They are called class 0, class 1 and so on.</p>
      )}
      {choice.source === 'text' && <OwnText {...props} id={id} />}
      {problem !== undefined && (
        <p id={`${id}-problem`} className={s['problem']} data-testid="labels-problem">
          {problem}
        </p>
      )}
    </>
  );
}

function OwnText({
  id,
  choice,
  problem,
  onChange,
}: LabelFieldsProps & { readonly id: string }): ReactElement {
  const upload = useId();
  const { labels, form } = labelsOf(choice.text);
  return (
    <div className={s['source']}>
      <Frame id={id} label={`One label a line (${plural(labels.length, 'label', 'labels')})`}>
        <textarea
          id={id}
          className={s['area']}
          value={choice.text}
          spellCheck={false}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : `${id}-problem`}
          onChange={(event) => {
            onChange({ text: event.target.value });
          }}
        />
      </Frame>
      {form !== 'lines' && form !== 'unread' && (
        <p className={s['soft']} data-testid={`labels-${form}`}>
          {READ_AS[form]}: {sample(labels)}.
        </p>
      )}
      <div className={s['upload']}>
        <input
          id={upload}
          className="visually-hidden"
          type="file"
          accept=".txt,.names,.json,text/plain,application/json"
          data-testid="labels-file-input"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            event.target.value = '';
            if (file) void readLabelsFile(file).then(onChange);
          }}
        />
        <label htmlFor={upload} className={buttonClass('normal')}>
          Take them from a text file
        </label>
      </div>
      {choice.fileProblem !== null && <p className={s['problem']}>{choice.fileProblem}</p>}
    </div>
  );
}

function sample(labels: readonly string[]): string {
  const shown = labels.slice(0, 6).join(', ');
  return labels.length > 6 ? `${shown}, … (${formatCount(labels.length)})` : shown;
}
