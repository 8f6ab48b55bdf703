import { useState, type ReactElement } from 'react';
import type { ModelInspection } from '../../../core/onnx/types.ts';
import { vars } from '../../../tasks/view-types.ts';
import { cx } from '../../../ui/cx.ts';
import { Button } from '../../../ui/Button.tsx';
import { formatCount } from '../../../ui/format.ts';
import { capped } from './capped.ts';
import { KIND_WORDS, kindOf } from './operators.ts';
import kinds from './kinds.module.css';
import s from './OpHistogram.module.css';

/** Most networks have fewer kinds of operators; a detector with NMS inside has twice as many. */
const SHORT = 12;
/** ONNX defines about 200; a file may write anything. */
const LONG = 250;

interface OpHistogramProps {
  readonly ops: ModelInspection['ops'];
}

/** How often each operator occurs, most frequent first. */
export function OpHistogram({ ops }: OpHistogramProps): ReactElement {
  const [all, setAll] = useState(false);
  const most = ops[0]?.count ?? 1;
  const { shown, more } = capped(ops, all ? LONG : SHORT);
  return (
    <>
      <ol className={cx(kinds['kinds'], s['list'])} aria-label="Operators, most frequent first">
        {shown.map(({ op, domain, count }) => (
          <li
            key={`${domain}:${op}`}
            className={s['row']}
            title={KIND_WORDS[kindOf(op)]}
            style={vars({ '--share': count / most })}
          >
            <span className={s['op']}>{domain === '' ? op : `${domain}.${op}`}</span>
            <span className={s['track']} aria-hidden="true">
              <span className={s['bar']} data-kind={kindOf(op)} />
            </span>
            <span className={s['count']}>{formatCount(count)}</span>
          </li>
        ))}
        {all && more !== null && <li>{more}</li>}
      </ol>
      {ops.length > SHORT && (
        <Button
          kind="plain"
          aria-expanded={all}
          onClick={() => {
            setAll(!all);
          }}
        >
          {all
            ? 'Show fewer operators'
            : `Show ${ops.length > LONG ? 'the first' : 'all'} ${formatCount(Math.min(ops.length, LONG))} operators`}
        </Button>
      )}
    </>
  );
}
