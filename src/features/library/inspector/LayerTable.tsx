import { ArrowDown, ArrowUp } from 'lucide-react';
import {
  useEffect,
  useEffectEvent,
  useMemo,
  useState,
  type KeyboardEvent,
  type ReactElement,
} from 'react';
import type { Layer } from '../../../core/onnx/types.ts';
import { vars } from '../../../tasks/view-types.ts';
import { cx } from '../../../ui/cx.ts';
import { formatCount } from '../../../ui/format.ts';
import { useElementSize } from '../../../ui/useElementSize.ts';
import { formatShape } from './GraphFacts.tsx';
import { LayerName } from './LayerName.tsx';
import { kindOf } from './operators.ts';
import { drawnRows, sortLayers, type Measure, type SortKey, type Sorting } from './rows.ts';
import kinds from './kinds.module.css';
import s from './LayerTable.module.css';

interface LayerTableProps {
  readonly layers: readonly Layer[];
  /** Largest value of each measure over the whole network: the bars' scale. */
  readonly most: Readonly<Record<Measure, number>>;
  readonly selected: number | null;
  readonly onSelect: (index: number) => void;
}

/** Height of a row, px; also in the style sheet. */
const ROW = 44;

const COLUMNS: readonly { readonly key: SortKey | null; readonly title: string }[] = [
  { key: 'index', title: 'No.' },
  { key: 'op', title: 'Layer' },
  { key: null, title: 'Output' },
  { key: 'parameters', title: 'Parameters' },
  { key: 'multiplyAdds', title: 'Multiply-adds' },
];

/** The layers as a sortable table of which only the rows in sight are drawn: thousands stay smooth. */
export function LayerTable({ layers, most, selected, onSelect }: LayerTableProps): ReactElement {
  const [sorting, setSorting] = useState<Sorting>({ key: 'index', descending: false });
  const [top, setTop] = useState(0);
  const [attach, { height }, box] = useElementSize<HTMLDivElement>();
  const rows = useMemo(() => sortLayers(layers, sorting), [layers, sorting]);
  const place = rows.findIndex(({ index }) => index === selected);
  const { from, to } = drawnRows(rows.length, top, height, ROW);

  const reveal = useEffectEvent(() => {
    if (!box || place < 0) return;
    const head = ROW; // the sticky head covers one row
    const above = place * ROW;
    const below = above + ROW + head - box.clientHeight;
    box.scrollTo({ top: Math.min(above, Math.max(below, box.scrollTop)) });
  });
  useEffect(() => {
    reveal();
  }, [selected]);

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(height / ROW) - 2);
    const step = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -rows.length,
      End: rows.length,
    }[event.key];
    if (step === undefined || rows.length === 0) return;
    event.preventDefault();
    const to = Math.min(Math.max((place < 0 ? -1 : place) + step, 0), rows.length - 1);
    const target = rows[to];
    if (target) onSelect(target.index);
  };

  const sortBy = (key: SortKey) => {
    box?.scrollTo({ top: 0 });
    setSorting((now) => ({
      key,
      // Numbers are looked at from the largest, names and order from the first.
      descending: now.key === key ? !now.descending : key !== 'index' && key !== 'op',
    }));
  };

  return (
    <div
      ref={attach}
      className={cx(kinds['kinds'], s['scroll'])}
      data-testid="layer-table"
      role="group"
      aria-label="Table of layers; arrow keys select"
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={(event) => {
        setTop(event.currentTarget.scrollTop);
      }}
    >
      <table className={s['table']} aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            {COLUMNS.map(({ key, title }) => (
              <th
                key={title}
                scope="col"
                aria-sort={
                  key !== null && key === sorting.key
                    ? sorting.descending
                      ? 'descending'
                      : 'ascending'
                    : undefined
                }
              >
                {key === null ? (
                  title
                ) : (
                  <button
                    type="button"
                    className={s['sort']}
                    onClick={() => {
                      sortBy(key);
                    }}
                  >
                    {title}
                    {key === sorting.key &&
                      (sorting.descending ? (
                        <ArrowDown aria-hidden="true" />
                      ) : (
                        <ArrowUp aria-hidden="true" />
                      ))}
                  </button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Space rows={from} />
          {rows.slice(from, to).map((layer, order) => (
            <Row
              key={layer.index}
              layer={layer}
              most={most}
              rowIndex={from + order + 2}
              on={layer.index === selected}
              onSelect={onSelect}
            />
          ))}
          <Space rows={rows.length - to} />
        </tbody>
      </table>
    </div>
  );
}

/** Holds the place of rows that are not drawn. */
function Space({ rows }: { readonly rows: number }): ReactElement | null {
  if (rows <= 0) return null;
  return (
    <tr
      className={s['space']}
      aria-hidden="true"
      style={vars({ '--space': `${String(rows * ROW)}px` })}
    >
      <td />
    </tr>
  );
}

interface RowProps {
  readonly layer: Layer;
  readonly most: LayerTableProps['most'];
  readonly rowIndex: number;
  readonly on: boolean;
  readonly onSelect: (index: number) => void;
}

function Row({ layer, most, rowIndex, on, onSelect }: RowProps): ReactElement {
  return (
    <tr
      className={s['row']}
      aria-rowindex={rowIndex}
      data-on={on}
      aria-current={on ? 'true' : undefined}
      onClick={() => {
        onSelect(layer.index);
      }}
    >
      <td>{formatCount(layer.index + 1)}</td>
      <th scope="row">
        <span className={s['op']} data-kind={kindOf(layer.op)}>
          {layer.op}
        </span>
        <LayerName name={layer.name} />
      </th>
      <td className={s['shape']}>
        {layer.outputShape ? formatShape(layer.outputShape) : <span title="Unknown">?</span>}
      </td>
      <Value value={layer.parameters} most={most.parameters} />
      <Value value={layer.multiplyAdds} most={most.multiplyAdds} />
    </tr>
  );
}

function Value({
  value,
  most,
}: {
  readonly value: number | null;
  readonly most: number;
}): ReactElement {
  return (
    <td className={s['value']} style={vars({ '--share': most > 0 ? (value ?? 0) / most : 0 })}>
      {value === null ? '?' : formatCount(value)}
    </td>
  );
}
