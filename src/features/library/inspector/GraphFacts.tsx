import type { ReactElement } from 'react';
import { printedSide } from '../../../core/onnx/numbers.ts';
import type { ModelInspection, TensorInfo } from '../../../core/onnx/types.ts';
import { formatValue } from '../../../tasks/tensors/format-value.ts';
import { Facts } from '../../../ui/Facts.tsx';
import { formatBytes, formatCount, plural } from '../../../ui/format.ts';
import { describeActivations, describeWork } from './estimates.ts';
import s from './GraphFacts.module.css';

/** As much of a text as is shown, in characters. */
const MOST_SHOWN = 500;

/** What the reader found in a model file, as terms and values. */
export function GraphFacts({ inspection }: { readonly inspection: ModelInspection }): ReactElement {
  const { weights, metadata, unknownShapes } = inspection;
  return (
    <>
      <Facts
        facts={[
          { term: 'Format', value: format(inspection) },
          { term: 'Input', value: <Tensors tensors={inspection.inputs} /> },
          { term: 'Output', value: <Tensors tensors={inspection.outputs} /> },
          {
            term: 'Layers',
            value: `${formatCount(inspection.layers.length)}${unknownShapes > 0 ? `, ${formatCount(unknownShapes)} of unknown shape` : ''}`,
          },
          {
            term: 'Parameters',
            value: `${formatCount(inspection.parameters)}, ${formatBytes(inspection.parameterBytes)} of ${formatBytes(inspection.fileBytes)}`,
          },
          {
            term: 'Work',
            value: describeWork(inspection),
          },
          {
            term: 'Activations',
            value: describeActivations(inspection),
          },
          { term: 'Weights', value: describeWeights(weights) },
        ]}
      />
      {metadata.length > 0 && (
        <details className={s['more']}>
          <summary>{plural(metadata.length, 'line', 'lines')} of metadata</summary>
          <Facts
            facts={metadata.map(({ key, value }) => ({ term: key, value: shortened(value) }))}
          />
        </details>
      )}
    </>
  );
}

/** A long text's beginning, with how long it is. */
function shortened(text: string): string {
  if (text.length <= MOST_SHOWN) return text;
  return `${text.slice(0, MOST_SHOWN)}… (${formatCount(text.length)} characters)`;
}

function Tensors({ tensors }: { readonly tensors: readonly TensorInfo[] }): ReactElement {
  return (
    <ul>
      {tensors.map(({ name, elementType, shape }) => (
        <li key={name}>
          <span className={s['tensor']}>{name}</span>{' '}
          <span className={s['soft']}>
            {elementType}, {formatShape(shape)}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** “1 × 3 × ? × ?”; a shape that is not known at all says so. */
export function formatShape(shape: TensorInfo['shape']): string {
  if (shape === null) return 'shape unknown';
  return shape.length === 0 ? 'scalar' : shape.map(formatSide).join(' × ');
}

/** Counting stops at the last number that is exact; it would look like one. */
function formatSide(side: number | string | null): string {
  return typeof side === 'number' ? printedSide(side) : (side ?? '?');
}

function format({ opsets, irVersion, producer }: ModelInspection): string {
  const sets = opsets.map(
    ({ domain, version }) => `${domain === '' ? 'opset' : domain} ${String(version)}`,
  );
  const by = producer === '' ? '' : `, written by ${producer}`;
  return `ONNX ${sets.join(', ')}, IR ${String(irVersion)}${by}`;
}

function describeWeights(weights: ModelInspection['weights']): string {
  const { values, nan, infinite, min, max, mean } = weights;
  if (values === 0) return 'None in floating point';
  const odd =
    nan + infinite > 0
      ? `${formatCount(nan)} NaN, ${formatCount(infinite)} infinite; of the others `
      : '';
  return `${odd}${formatValue(min)} to ${formatValue(max)}, mean ${formatValue(mean)}`;
}
