import { ImagePlus } from 'lucide-react';
import type { ReactElement } from 'react';
import type { BackendChoice } from '../../engine/protocol.ts';
import type { CatalogModel } from '../../models/types.ts';
import { TASKS } from '../../tasks/registry.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { ACCEPT } from './intake.ts';
import { chooseBackend, chooseModel, useBench } from './state/bench.ts';
import { useCatalog, useModel } from './state/catalog.ts';
import { takeFiles } from './take-files.ts';
import s from './ControlBar.module.css';

const BACKENDS: readonly { readonly value: BackendChoice; readonly text: string }[] = [
  { value: 'auto', text: 'Auto' },
  { value: 'webgpu', text: 'WebGPU' },
  { value: 'wasm', text: 'WebAssembly' },
];

/** Id of the one file input; labels anywhere on the page may point at it. */
export const FILE_INPUT_ID = 'open-pictures';

/** What the person sets: pictures, model, backend. A bar under the masthead, on a phone at the thumb. */
export function ControlBar(): ReactElement {
  const catalog = useCatalog().data;
  const model = useModel();
  const backend = useBench((state) => state.backend);

  return (
    <section className={s['bar']} aria-label="Controls">
      <div className={s['open']}>
        <input
          id={FILE_INPUT_ID}
          type="file"
          multiple
          accept={ACCEPT}
          className="visually-hidden"
          data-testid="file-input"
          data-focus="open"
          onChange={(event) => {
            void takeFiles([...(event.target.files ?? [])], 'file');
            // So that choosing the same file again counts as a choice.
            event.target.value = '';
          }}
        />
        <label htmlFor={FILE_INPUT_ID} className={cx(buttonClass('primary'), s['openLabel'])}>
          <ImagePlus aria-hidden="true" />
          <span className={s['openText']}>Open pictures</span>
        </label>
      </div>
      <SelectField
        label="Model"
        className={s['model']}
        testId="model-select"
        value={model?.entry.id ?? ''}
        disabled={!model}
        {...modelOptions(catalog?.models ?? [])}
        onChoose={chooseModel}
      />
      <SelectField
        label="Backend"
        className={s['backend']}
        testId="backend-select"
        value={backend}
        options={BACKENDS}
        onChoose={(value) => {
          const choice = BACKENDS.find((option) => option.value === value);
          if (choice) chooseBackend(choice.value);
        }}
      />
    </section>
  );
}

function modelOptions(models: readonly CatalogModel[]) {
  const option = ({ entry }: CatalogModel) => ({ value: entry.id, text: entry.title });
  const groups = Object.values(TASKS)
    .map(({ id, title }) => ({
      title,
      options: models.filter(({ entry }) => entry.task === id).map(option),
    }))
    .filter(({ options }) => options.length > 0);
  return {
    groups,
    options: models.length === 0 ? [{ value: '', text: '…' }] : models.map(option),
  };
}
