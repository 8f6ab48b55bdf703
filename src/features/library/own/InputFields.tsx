import type { ReactElement } from 'react';
import type { ResizeFilter } from '../../../core/manifest/schema.ts';
import type { PictureInput } from '../../../tasks/propose/picture-input.ts';
import { PRESETS, type ValuePreset } from '../../../tasks/propose/presets.ts';
import { SelectField } from '../../../ui/SelectField.tsx';
import type { Draft, Triple } from './draft.ts';
import { NumberField } from './Field.tsx';
import type { Problem } from './problems.ts';
import s from './Fields.module.css';

export interface DraftFieldsProps {
  readonly draft: Draft;
  readonly problems: readonly Problem[];
  readonly onChange: (change: Partial<Draft>) => void;
}

interface InputFieldsProps extends DraftFieldsProps {
  readonly picture: PictureInput;
}

const FILTERS: readonly { readonly value: ResizeFilter; readonly text: string }[] = [
  { value: 'bilinear', text: 'bilinear' },
  { value: 'bicubic', text: 'bicubic' },
  { value: 'area', text: 'area' },
  { value: 'lanczos4', text: 'Lanczos' },
  { value: 'nearest', text: 'nearest' },
  { value: 'auto', text: 'by the picture’s size' },
];

/** How a picture becomes the network's input: size, values. What the file's shapes fix cannot be changed. */
export function InputFields({
  draft,
  problems,
  onChange,
  picture,
}: InputFieldsProps): ReactElement {
  const problem = (field: string) => problems.find((one) => one.field === field)?.sentence;
  const side = (field: 'width' | 'height' | 'short' | 'max' | 'multiple', label: string) => (
    <NumberField
      label={label}
      value={draft[field]}
      problem={problem(field)}
      disabled={(field === 'width' || field === 'height') && picture[field] !== null}
      onChange={(value) => {
        onChange({ [field]: value });
      }}
    />
  );
  const open = picture.width === null && picture.height === null;
  return (
    <>
      <div className={s['grid']}>
        <SelectField
          className={s['choice']}
          label="Size"
          value={draft.rule}
          options={[
            { value: 'squash', text: 'squash the whole picture' },
            { value: 'short-side-crop', text: 'short side, then the centre' },
            ...(open ? [{ value: 'short-within', text: 'short side, aspect kept' }] : []),
          ]}
          onChoose={(rule) => {
            onChange({ rule: rule as Draft['rule'] });
          }}
        />
        {draft.rule === 'short-within' ? (
          <>
            {side('short', 'Short side, px')}
            {side('max', 'Longest side, px')}
            {side('multiple', 'In steps of, px')}
          </>
        ) : (
          <>
            {draft.rule === 'short-side-crop' && side('short', 'Short side, px')}
            {side('width', 'Width, px')}
            {side('height', 'Height, px')}
          </>
        )}
        <SelectField
          className={s['choice']}
          label="Filter"
          value={draft.filter}
          options={FILTERS}
          onChoose={(filter) => {
            onChange({ filter: filter as ResizeFilter });
          }}
        />
      </div>
      <div className={s['grid']}>
        <SelectField
          label="Values"
          value={presetOf(draft)}
          options={[
            ...Object.values(PRESETS).map(({ id, title }) => ({ value: id, text: title })),
            { value: 'own', text: 'as set below' },
          ]}
          onChoose={(id) => {
            const preset = Object.values(PRESETS).find((one) => one.id === id);
            if (preset) onChange(fieldsOf(preset));
          }}
          className={s['wide']}
        />
        <SelectField
          label="Range"
          value={draft.range}
          options={[
            { value: '0-1', text: '0 to 1' },
            { value: '0-255', text: '0 to 255' },
          ]}
          onChoose={(range) => {
            onChange({ range: range === '0-1' ? range : '0-255' });
          }}
        />
        <SelectField
          label="Channels"
          value={draft.channels}
          options={[
            { value: 'RGB', text: 'RGB' },
            { value: 'BGR', text: 'BGR' },
          ]}
          onChoose={(channels) => {
            onChange({ channels: channels === 'BGR' ? channels : 'RGB' });
          }}
        />
      </div>
      <label className={s['check']}>
        <input
          type="checkbox"
          checked={draft.normalises}
          onChange={(event) => {
            onChange({ normalises: event.target.checked });
          }}
        />
        Subtract a mean and divide by a deviation
      </label>
      {draft.normalises && (
        <div className={s['triples']}>
          {(['mean', 'std'] as const).map((field) => (
            <fieldset key={field} className={s['triple']}>
              <legend>{field === 'mean' ? 'Mean' : 'Deviation'}, each channel</legend>
              {draft[field].map((value, channel) => (
                <NumberField
                  key={channel}
                  label={draft.channels[channel] ?? ''}
                  value={value}
                  step="any"
                  onChange={(next) => {
                    onChange({ [field]: replaced(draft[field], channel, next) });
                  }}
                />
              ))}
              {problem(field) !== undefined && <p className={s['problem']}>{problem(field)}</p>}
            </fieldset>
          ))}
        </div>
      )}
    </>
  );
}

function fieldsOf({ values: { range, channels, normalise } }: ValuePreset): Partial<Draft> {
  return normalise === null
    ? { range, channels, normalises: false }
    : { range, channels, normalises: true, mean: normalise.mean, std: normalise.std };
}

/** The preset that a draft is, or `own`. */
function presetOf(draft: Draft): string {
  const same = Object.values(PRESETS).find(({ values }: ValuePreset) => {
    const { range, channels, normalise } = values;
    if (range !== draft.range || channels !== draft.channels) return false;
    if (normalise === null || !draft.normalises) return (normalise === null) === !draft.normalises;
    return (
      normalise.mean.every((value, at) => value === draft.mean[at]) &&
      normalise.std.every((value, at) => value === draft.std[at])
    );
  });
  return same?.id ?? 'own';
}

function replaced(triple: Triple, at: number, value: number): Triple {
  const [a, b, c] = triple.with(at, value);
  return [a ?? NaN, b ?? NaN, c ?? NaN];
}
