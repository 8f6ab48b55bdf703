import { useId, type ComponentProps, type ReactElement, type ReactNode } from 'react';
import { cx } from '../../../ui/cx.ts';
import line from '../../../ui/line.module.css';
import s from './Field.module.css';

interface FieldProps {
  readonly label: string;
  /** What is wrong with it, as a sentence. */
  readonly problem?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly className?: string | undefined;
}

interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'search';
  readonly name?: string;
}

/** A line of text with its label above and its problem below. */
export function TextField({ onChange, ...rest }: TextFieldProps): ReactElement {
  return (
    <Line
      type="text"
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => {
        onChange(event.target.value);
      }}
      {...rest}
    />
  );
}

interface NumberFieldProps extends FieldProps {
  /** NaN while the field is empty. */
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly step?: number | 'any';
  readonly min?: number;
  readonly max?: number;
}

/** A number with its label above and its problem below. */
export function NumberField({ value, onChange, ...rest }: NumberFieldProps): ReactElement {
  return (
    <Line
      type="number"
      inputMode="decimal"
      step={1}
      value={Number.isNaN(value) ? '' : value}
      onChange={(event) => {
        onChange(event.target.valueAsNumber);
      }}
      {...rest}
    />
  );
}

type LineProps = FieldProps & Omit<ComponentProps<'input'>, keyof FieldProps>;

function Line({ label, problem, className, ...rest }: LineProps): ReactElement {
  const id = useId();
  return (
    <Frame id={id} label={label} problem={problem} className={className}>
      <input
        id={id}
        className={cx(line['line'], s['input'])}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        {...rest}
      />
    </Frame>
  );
}

interface FrameProps extends FieldProps {
  readonly id: string;
  readonly children: ReactNode;
}

/** Label, control, problem. */
export function Frame({ id, label, problem, className, children }: FrameProps): ReactElement {
  return (
    <div className={cx(s['field'], className)}>
      <label htmlFor={id} className={line['label']}>
        {label}
      </label>
      {children}
      {problem !== undefined && (
        <p id={`${id}-problem`} className={s['problem']}>
          {problem}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly legend: string;
  readonly name: string;
  readonly value: string;
  readonly options: readonly {
    readonly value: string;
    readonly text: string;
    readonly disabled?: boolean;
  }[];
  readonly onChoose: (value: string) => void;
}

/** A few options of which one holds, as radio buttons in a row. */
export function Choice({ legend, name, value, options, onChoose }: ChoiceProps): ReactElement {
  return (
    <fieldset className={s['choice']}>
      <legend className={line['label']}>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className={s['option']}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={option.disabled}
            onChange={() => {
              onChoose(option.value);
            }}
          />
          {option.text}
        </label>
      ))}
    </fieldset>
  );
}
