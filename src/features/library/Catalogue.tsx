import { useDeferredValue, useMemo, useRef, useState, type ReactElement } from 'react';
import type { InstallPolicy } from '../../core/integrity/provenance.ts';
import { formatCount } from '../../ui/format.ts';
import { Section } from '../../ui/Section.tsx';
import { countMeasures, EVERYTHING, select, type choices, type Query } from './filter.ts';
import { Filters } from './Filters.tsx';
import { Plot } from './Plot.tsx';
import { Row, rowElement } from './Row.tsx';
import type { LibraryRow } from './rows.ts';
import type { Actions } from './state/actions.ts';
import { usePlace } from './state/place.ts';
import s from './LibraryScreen.module.css';

interface CatalogueProps {
  readonly rows: readonly LibraryRow[];
  /** Which of them are installed. */
  readonly present: ReadonlySet<string>;
  readonly query: Query;
  readonly offered: ReturnType<typeof choices>;
  readonly policy: InstallPolicy;
  readonly onQuery: (query: Query) => void;
  readonly actions: Actions;
  readonly onDetails: (id: string) => void;
}

/** GluonCV's models: search and filters, the plot, the list. */
export function Catalogue(props: CatalogueProps): ReactElement {
  const { rows, present, query, offered, policy, onQuery, actions, onDetails } = props;
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  usePlace(list);
  // Typing stays ahead of the list.
  const asked = useDeferredValue(query);
  const shown = useMemo(() => select(rows, asked, (id) => present.has(id)), [rows, asked, present]);
  const measures = useMemo(() => countMeasures(shown), [shown]);
  return (
    <Section
      title="GluonCV’s models"
      aside={
        <p className={s['count']} role="status" data-testid="library-count">
          {shown.length === rows.length
            ? formatCount(rows.length)
            : `${formatCount(shown.length)} of ${formatCount(rows.length)}`}
        </p>
      }
    >
      <Filters query={query} offered={offered} onChange={onQuery} />
      <div className={s['plot']}>
        <Plot
          rows={shown}
          selectedId={selectedId}
          onSelect={({ id }) => {
            setSelectedId(id);
            rowElement(id)?.scrollIntoView({ block: 'center' });
          }}
        />
      </div>
      {asked.sort === 'accuracy' && measures > 1 && (
        <p className={s['remark']} data-testid="library-measures">
          The figures have {formatCount(measures)} different measures, which do not compare. The
          list goes through them one after the other, the best first in each.
        </p>
      )}
      {shown.length === 0 && (
        <p className={s['nothing']}>
          No model answers all of that. Take a filter back, or{' '}
          <button
            type="button"
            className={s['link']}
            onClick={() => {
              onQuery({ ...EVERYTHING, sort: query.sort });
            }}
          >
            show all
          </button>
          .
        </p>
      )}
      <ul ref={list} className={s['list']} data-testid="library">
        {shown.map((row) => (
          <Row
            key={row.id}
            row={row}
            selected={row.id === selectedId}
            policy={policy}
            actions={actions}
            onDetails={onDetails}
          />
        ))}
      </ul>
    </Section>
  );
}
