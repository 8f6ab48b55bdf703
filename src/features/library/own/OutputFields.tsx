import type { ReactElement } from 'react';
import type { TensorInfo } from '../../../core/onnx/types.ts';
import { SelectField } from '../../../ui/SelectField.tsx';
import { formatShape } from '../inspector/GraphFacts.tsx';
import { NumberField } from './Field.tsx';
import type { DraftFieldsProps } from './InputFields.tsx';
import s from './Fields.module.css';

interface OutputFieldsProps extends DraftFieldsProps {
  readonly outputs: readonly TensorInfo[];
}

/** Which outputs mean what. */
export function OutputFields({
  draft,
  problems,
  onChange,
  outputs,
}: OutputFieldsProps): ReactElement {
  const problem = (field: string) => problems.find((one) => one.field === field)?.sentence;
  const options = outputs.map(({ name, shape }) => ({
    value: name,
    text: `${name} (${formatShape(shape)})`,
  }));
  const pick = (field: 'scores' | 'ids' | 'boxScores' | 'boxes', label: string) => (
    <SelectField
      className={s['choice']}
      label={label}
      value={draft[field]}
      options={options}
      onChoose={(name) => {
        onChange({ [field]: name });
      }}
    />
  );
  switch (draft.task) {
    case 'classification':
      return (
        <div className={s['grid']}>
          {pick('scores', 'Scores')}
          <SelectField
            className={s['choice']}
            label="They are"
            value={draft.activation}
            options={[
              { value: 'softmax', text: 'logits: apply Softmax' },
              { value: 'none', text: 'probabilities already' },
            ]}
            onChoose={(activation) => {
              onChange({ activation: activation === 'none' ? activation : 'softmax' });
            }}
          />
        </div>
      );
    case 'detection':
      return (
        <>
          <div className={s['grid']}>
            {pick('ids', 'Classes')}
            {pick('boxScores', 'Scores')}
            {pick('boxes', 'Boxes: left, top, right, bottom')}
            <NumberField
              label="Shown from a score of"
              value={draft.threshold}
              step={0.05}
              min={0}
              max={1}
              problem={problem('threshold')}
              onChange={(threshold) => {
                onChange({ threshold });
              }}
            />
          </div>
          {problem('boxes') !== undefined && <p className={s['problem']}>{problem('boxes')}</p>}
        </>
      );
    case 'tensors':
      return (
        <fieldset className={s['checks']}>
          <legend>Outputs to show</legend>
          {options.map(({ value, text }) => (
            <label key={value} className={s['check']}>
              <input
                type="checkbox"
                checked={draft.outputs.includes(value)}
                onChange={(event) => {
                  const wanted = new Set(draft.outputs);
                  if (event.target.checked) wanted.add(value);
                  else wanted.delete(value);
                  // In the file's order, whatever the order of the clicks.
                  onChange({
                    outputs: outputs.map(({ name }) => name).filter((name) => wanted.has(name)),
                  });
                }}
              />
              {text}
            </label>
          ))}
          {problem('outputs') !== undefined && <p className={s['problem']}>{problem('outputs')}</p>}
        </fieldset>
      );
  }
}
