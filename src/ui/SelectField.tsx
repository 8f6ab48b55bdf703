import { ChevronDown } from 'lucide-react';
import { useId, type ReactElement } from 'react';
import { cx } from './cx.ts';
import line from './line.module.css';
import s from './SelectField.module.css';

interface Option {
  readonly value: string;
  readonly text: string;
}

interface SelectFieldProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  /** Options under a heading each; used instead of `options` where there is more than one group. */
  readonly groups?: readonly { readonly title: string; readonly options: readonly Option[] }[];
  readonly onChoose: (value: string) => void;
  readonly testId?: string;
  readonly disabled?: boolean;
  readonly className?: string | undefined;
}

/** A native `<select>` on a baseline, with its label above. */
export function SelectField(props: SelectFieldProps): ReactElement {
  const id = useId();
  return (
    <div className={cx(s['field'], props.className)}>
      <label htmlFor={id} className={line['label']}>
        {props.label}
      </label>
      <div className={s['control']}>
        <select
          id={id}
          className={cx(line['line'], s['select'])}
          value={props.value}
          disabled={props.disabled}
          data-testid={props.testId}
          onChange={(event) => {
            props.onChoose(event.target.value);
          }}
        >
          {props.groups && props.groups.length > 1
            ? props.groups.map((group) => (
                <optgroup key={group.title} label={group.title}>
                  {group.options.map(renderOption)}
                </optgroup>
              ))
            : props.options.map(renderOption)}
        </select>
        <ChevronDown aria-hidden="true" className={s['chevron']} />
      </div>
    </div>
  );
}

function renderOption(option: Option): ReactElement {
  return (
    <option key={option.value} value={option.value}>
      {option.text}
    </option>
  );
}
