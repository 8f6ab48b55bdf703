import { useMemo, useRef, useState, type ReactElement } from 'react';
import type { Layer, ModelInspection } from '../../../core/onnx/types.ts';
import { cx } from '../../../ui/cx.ts';
import { Facts } from '../../../ui/Facts.tsx';
import { formatCount, plural } from '../../../ui/format.ts';
import { Button } from '../../../ui/Button.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import { TextField } from '../own/Field.tsx';
import { cappedLine } from './capped.ts';
import { describeShare } from './estimates.ts';
import { formatShape } from './GraphFacts.tsx';
import { LayerStrip } from './LayerStrip.tsx';
import { LayerTable } from './LayerTable.tsx';
import { KIND_WORDS, KINDS } from './operators.ts';
import { matches, type Measure } from './rows.ts';
import kinds from './kinds.module.css';
import s from './Layers.module.css';

const MEASURES: Readonly<Record<Measure, string>> = {
  parameters: 'parameters',
  multiplyAdds: 'multiply-adds',
};

/** The layers of a network: a strip to see it whole and to zoom in, a table to sort and search, one layer in detail. */
export function Layers({ inspection }: { readonly inspection: ModelInspection }): ReactElement {
  const { layers, ops } = inspection;
  const [measure, setMeasure] = useState<Measure>('parameters');
  const [op, setOp] = useState('');
  const [text, setText] = useState('');
  const [selected, setSelected] = useState<number | null>(null);
  const tools = useRef<HTMLDivElement>(null);

  const most = useMemo(
    () => ({
      parameters: largest(layers.map((layer) => layer.parameters)),
      multiplyAdds: largest(layers.map((layer) => layer.multiplyAdds ?? 0)),
    }),
    [layers],
  );
  const found = useMemo(
    () => layers.map((layer) => matches(layer, { op, text })),
    [layers, op, text],
  );
  const shown = useMemo(() => layers.filter((_, at) => found[at]), [layers, found]);
  const values = useMemo(() => layers.map((one) => one[measure] ?? 0), [layers, measure]);
  const layer = selected === null ? undefined : layers[selected];

  return (
    <>
      <div ref={tools} className={s['tools']}>
        <SelectField
          label="Height of the bars (square root)"
          value={measure}
          options={Object.entries(MEASURES).map(([value, name]) => ({ value, text: name }))}
          onChoose={(value) => {
            setMeasure(value === 'multiplyAdds' ? value : 'parameters');
          }}
        />
        <SelectField
          label="Operator"
          value={op}
          options={[
            { value: '', text: 'all' },
            ...[...new Set(ops.map((one) => one.op))]
              .toSorted((a, b) => a.localeCompare(b, 'en'))
              .map((name) => ({ value: name, text: name })),
          ]}
          onChoose={setOp}
        />
        <TextField label="Name contains" value={text} onChange={setText} type="search" />
      </div>
      <LayerStrip
        layers={layers}
        values={values}
        unit={MEASURES[measure]}
        found={found}
        selected={selected}
        onSelect={setSelected}
      />
      <ul className={cx(kinds['kinds'], s['legend'])} aria-label="Colours">
        {KINDS.map((kind) => (
          <li key={kind} data-kind={kind}>
            {KIND_WORDS[kind]}
          </li>
        ))}
      </ul>
      <p className={s['found']} role="status">
        {shown.length === layers.length
          ? plural(layers.length, 'layer', 'layers')
          : `${formatCount(shown.length)} of ${plural(layers.length, 'layer', 'layers')}`}
      </p>
      {shown.length > 0 ? (
        <LayerTable layers={shown} most={most} selected={selected} onSelect={setSelected} />
      ) : (
        <div className={s['none']} data-testid="no-layers">
          <p>No layer is called or does what you look for.</p>
          <Button
            onClick={() => {
              setOp('');
              setText('');
              // The button goes with what it brings back.
              tools.current?.querySelector('input')?.focus();
            }}
          >
            Show all layers
          </Button>
        </div>
      )}
      {layer && <Detail layer={layer} parameters={inspection.parameters} />}
    </>
  );
}

interface DetailProps {
  readonly layer: Layer;
  /** Of the whole network. */
  readonly parameters: number;
}

function Detail({ layer, parameters }: DetailProps): ReactElement {
  return (
    <section className={s['detail']} aria-label="Selected layer" data-testid="layer-detail">
      <h3>
        {layer.op} <span className={s['name']}>{layer.name}</span>
      </h3>
      <Facts
        facts={[
          {
            term: 'Reads',
            value: cappedLine(layer.inputs.filter((name) => name !== '')) || 'nothing',
          },
          { term: 'Makes', value: cappedLine(layer.outputs) },
          {
            term: 'Shape',
            value: layer.outputShape ? formatShape(layer.outputShape) : 'unknown',
          },
          {
            term: 'Parameters',
            value: `${formatCount(layer.parameters)}${describeShare(layer.parameters, parameters)}`,
          },
          {
            term: 'Multiply-adds',
            value: layer.multiplyAdds === null ? 'unknown' : formatCount(layer.multiplyAdds),
          },
        ]}
      />
    </section>
  );
}

/** Not Math.max(…): tens of thousands of arguments overflow the stack. */
function largest(values: readonly number[]): number {
  return values.reduce((max, value) => Math.max(max, value), 0);
}
