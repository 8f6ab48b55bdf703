import type { ReactElement, ReactNode } from 'react';
import { fixed } from '../../core/quantity.ts';
import type { AnswerProps, TaskView } from '../view-types.ts';
import { coordinatesOf } from './postprocess.ts';
import { formatValue } from './format-value.ts';
import type { TensorReading, TensorsAnswer } from './schema.ts';
import s from './View.module.css';

/** [1, 3, 224] → "1 × 3 × 224"; a scalar has no sides. */
function formatShape(shape: readonly number[]): string {
  return shape.length === 0 ? 'scalar' : shape.join(' × ');
}

function Reading({ answer }: AnswerProps<TensorsAnswer>): ReactElement {
  return (
    <div className={s['reading']}>
      <ul className={s['outputs']} data-testid="results" aria-label="Outputs of the network">
        {answer.outputs.map((output) => (
          <li
            key={output.name}
            className={s['output']}
            data-label={output.name}
            data-type={output.elementType}
            data-shape={output.shape.join(',')}
            data-min={output.statistics?.min}
            data-max={output.statistics?.max}
            data-mean={output.statistics?.mean}
            data-nan={output.nan}
            data-head={output.head.join(',')}
          >
            <Output output={output} />
          </li>
        ))}
      </ul>
      <p className={s['note']}>
        These are the network’s numbers as it gave them; nothing interprets them.
      </p>
    </div>
  );
}

function Output({ output }: { readonly output: TensorReading }): ReactElement {
  const { statistics, nan, infinite, head, peaks, shape } = output;
  return (
    <>
      <h3 className={s['name']}>{output.name}</h3>
      <p className={s['type']}>
        {output.elementType}, {formatShape(shape)}
      </p>
      {nan + infinite > 0 && (
        <p className={s['odd']}>
          {fixed(nan, 0)} NaN and {fixed(infinite, 0)} infinite of {fixed(output.count, 0)} values
        </p>
      )}
      <table className={s['table']}>
        <tbody>
          {statistics && (
            <>
              <Row term="Range">
                {formatValue(statistics.min)} to {formatValue(statistics.max)}
              </Row>
              <Row term="Mean">
                {formatValue(statistics.mean)}, deviation {formatValue(statistics.deviation)}
              </Row>
            </>
          )}
          <Row term="First">
            {head.length === 0 ? 'no values' : head.map(formatValue).join('  ')}
          </Row>
          {peaks.length > 0 && (
            <Row term="Largest">
              <ol className={s['peaks']}>
                {peaks.map(({ index, value }) => (
                  <li key={index}>
                    <span className={s['place']}>[{coordinatesOf(index, shape).join(', ')}]</span>
                    <span>{formatValue(value)}</span>
                  </li>
                ))}
              </ol>
            </Row>
          )}
        </tbody>
      </table>
    </>
  );
}

interface RowProps {
  readonly term: string;
  readonly children: ReactNode;
}

function Row({ term, children }: RowProps): ReactElement {
  return (
    <tr>
      <th scope="row">{term}</th>
      <td>{children}</td>
    </tr>
  );
}

/** Each output's shape, statistics, first and largest values. */
export const TENSORS_VIEW: TaskView<TensorsAnswer> = {
  initialThreshold: () => 0,
  sentence: ({ outputs }) =>
    outputs.map(({ name, shape }) => `${name}: ${formatShape(shape)}`).join('; '),
  Reading,
  Overlay: () => null,
  extent: () => null,
  caution: 'The numbers are shown as the network gave them. What they mean, its makers know.',
};
