import type { ReactElement } from 'react';
import { takesAnySize } from '../../../core/onnx/open-size.ts';
import { escapedName } from '../../../core/onnx/names.ts';
import { printedSide } from '../../../core/onnx/numbers.ts';
import type { ModelInspection, TensorInfo } from '../../../core/onnx/types.ts';
import { formatValue } from '../../../tasks/tensors/format-value.ts';
import { Facts } from '../../../ui/Facts.tsx';
import { formatBytes, formatCount, plural } from '../../../ui/format.ts';
import { capped, cappedLine, shortened } from './capped.ts';
import {
  atSize,
  capital,
  describeActivations,
  describeWork,
  type SizedEstimates,
} from './estimates.ts';
import s from './GraphFacts.module.css';

/** As much of a line of metadata as is shown, in characters. */
const MOST_OF_TEXT = 500;

/** As much of a side's name. */
const MOST_OF_SIDE = 40;

/** More sides of a shape than a network has; a file may declare any number. */
const MOST_SIDES = 8;

interface GraphFactsProps {
  readonly inspection: ModelInspection;
  /** What a run takes at a size that the file leaves open; null where it does not, or none is chosen. */
  readonly sized?: SizedEstimates | null;
}

/** What the reader found in a model file, as terms and values. */
export function GraphFacts({ inspection, sized = null }: GraphFactsProps): ReactElement {
  const estimates = sized === null ? inspection : sized.found;
  const unknownShapes = estimates?.unknownShapes ?? 0;
  const ofRun = (describe: typeof describeWork) => describeRun(inspection, sized, describe);
  return (
    <>
      <Facts
        facts={[
          { term: 'Format', value: describeFormat(inspection) },
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
          { term: 'Work', value: ofRun(describeWork) },
          { term: 'Activations', value: ofRun(describeActivations) },
          { term: 'Weights', value: describeWeights(inspection) },
        ]}
      />
      <Metadata inspection={inspection} />
    </>
  );
}

function describeRun(
  inspection: ModelInspection,
  sized: SizedEstimates | null,
  describe: typeof describeWork,
): string {
  if (sized === null) return capital(describe(inspection, takesAnySize(inspection)));
  const value = sized.found ? describe(sized.found, false) : 'not known yet';
  return `${atSize(sized.picture)}: ${value}`;
}

function Metadata({ inspection }: GraphFactsProps): ReactElement | null {
  const { metadata } = inspection;
  if (metadata.length === 0) return null;
  return (
    <details className={s['more']}>
      <summary>{describeMetadata(inspection)}</summary>
      <Facts
        facts={metadata.map(({ key, value }, at) => ({
          term: shortened(key),
          key: String(at), // a file may repeat one
          value: shortened(value, MOST_OF_TEXT),
        }))}
      />
    </details>
  );
}

/** “3 lines of metadata”; “the first 100 of 100,000 lines of metadata”. */
export function describeMetadata({
  metadata,
  metadataLines,
}: Pick<ModelInspection, 'metadata' | 'metadataLines'>): string {
  const all = `${plural(metadataLines, 'line', 'lines')} of metadata`;
  return metadataLines > metadata.length
    ? `The first ${formatCount(metadata.length)} of ${all}`
    : all;
}

function Tensors({ tensors }: { readonly tensors: readonly TensorInfo[] }): ReactElement {
  const { shown, more } = capped(tensors);
  return (
    <ul>
      {shown.map(({ name, elementType, shape }) => (
        <li key={name}>
          <span className={s['tensor']}>{shortened(escapedName(name, Infinity))}</span>{' '}
          <span className={s['soft']}>
            {elementType}, {formatShape(shape)}
          </span>
        </li>
      ))}
      {more !== null && <li className={s['soft']}>{more}</li>}
    </ul>
  );
}

/** “1 × 3 × ? × ?”; a shape that is not known at all says so. */
export function formatShape(shape: TensorInfo['shape']): string {
  if (shape === null) return 'shape unknown';
  if (shape.length === 0) return 'scalar';
  const { shown, more } = capped(shape, MOST_SIDES);
  return shown.map(formatSide).join(' × ') + (more === null ? '' : ` ${more}`);
}

/** Counting stops at the last number that is exact; it would look like one. */
function formatSide(side: number | string | null): string {
  return typeof side === 'number' ? printedSide(side) : shortened(side ?? '?', MOST_OF_SIDE);
}

/** “ONNX opset 13, ai.onnx.ml 3, IR 8, written by …” */
function describeFormat({
  opsets,
  irVersion,
  producer,
}: Pick<ModelInspection, 'opsets' | 'irVersion' | 'producer'>): string {
  const sets = opsets.map(
    ({ domain, version }) => `${domain === '' ? 'opset' : domain} ${String(version)}`,
  );
  const by = producer === '' ? '' : `, written by ${shortened(producer)}`;
  return `ONNX ${cappedLine(sets)}, IR ${String(irVersion)}${by}`;
}

function describeWeights({
  weights,
  parameters,
}: Pick<ModelInspection, 'weights' | 'parameters'>): string {
  const { values, nan, infinite, min, max, mean } = weights;
  if (values === 0) return 'None in floating point';
  const odd =
    nan + infinite > 0
      ? `${formatCount(nan)} NaN, ${formatCount(infinite)} infinite; of the others `
      : '';
  // A quantised network's are whole numbers, and what is left are mostly their scales.
  const few = values < parameters ? `${formatCount(values)} in floating point: ` : '';
  return `${few}${odd}${formatValue(min)} to ${formatValue(max)}, mean ${formatValue(mean)}`;
}
