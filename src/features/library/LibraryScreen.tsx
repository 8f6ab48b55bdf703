import {
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react';
import { asAppError } from '../../core/errors.ts';
import type { InstallPolicy } from '../../core/integrity/provenance.ts';
import type { InstalledModel } from '../../models/library/types.ts';
import { installable } from '../../models/zoo/installable.ts';
import type { Zoo } from '../../models/zoo/schema.ts';
import { formatCount } from '../../ui/format.ts';
import { Section } from '../../ui/Section.tsx';
import { useServices } from '../services.ts';
import { ErrorNotice } from '../workbench/ErrorNotice.tsx';
import { useCatalog } from '../workbench/state/catalog.ts';
import { DetailDialog } from './DetailDialog.tsx';
import { choices, EVERYTHING, select, withinReach } from './filter.ts';
import { Filters } from './Filters.tsx';
import { LedgerDialog } from './LedgerDialog.tsx';
import { OnDevice } from './OnDevice.tsx';
import { OwnModels } from './OwnModels.tsx';
import { PageModels } from './PageModels.tsx';
import { Plot } from './Plot.tsx';
import { QuestionDialog } from './QuestionDialog.tsx';
import { Row, rowElementId } from './Row.tsx';
import { toRows, withSizes, type LibraryRow } from './rows.ts';
import { useActions } from './state/actions.ts';
import { useLibraryView, type Navigate } from './state/address.ts';
import {
  useDownloads,
  useInstalled,
  useInstalledAmong,
  useMissing,
  useStorage,
  useZoo,
} from './state/library.ts';
import { StorageDialog } from './StorageDialog.tsx';
import { isForgetful, isOfPage, sharesOf } from './words.ts';
import s from './LibraryScreen.module.css';

interface LibraryScreenProps {
  /** What the address says behind “?”. */
  readonly search: string;
  /** Shows another address of the library. */
  readonly onSearch: Navigate;
  /** A model was chosen for the bench; time to show it. */
  readonly onUse: (id: string) => void;
  /** Shows the inspector of an installed model. */
  readonly onInspect: (id: string) => void;
  /** What this device may install. */
  readonly policy?: InstallPolicy;
  /** The way in for a person's own files. */
  readonly own?: ReactNode;
}

/** Before the library answered. */
const NONE: readonly InstalledModel[] = [];

/** The model library: every model of GluonCV, what is published of it, and the way onto this device. */
export default function LibraryScreen(props: LibraryScreenProps): ReactElement {
  const { data, error, errorUpdatedAt, refetch } = useZoo();
  if (error) {
    return (
      <div className={s['screen']}>
        <ErrorNotice
          error={asAppError(error)}
          at={errorUpdatedAt}
          level={2}
          onRetry={() => {
            void refetch();
          }}
        />
      </div>
    );
  }
  return (
    <div className={s['screen']} aria-busy={data === undefined}>
      {data ? <Catalogue zoo={data} {...props} /> : <p role="status">Loading the catalogue.</p>}
    </div>
  );
}

function Catalogue({
  zoo,
  search,
  onSearch,
  onUse,
  onInspect,
  policy = 'standard',
  own,
}: LibraryScreenProps & { readonly zoo: Zoo }): ReactElement {
  const { library } = useServices();
  const installed = useInstalled().data ?? NONE;
  const catalog = useCatalog().data;
  const { data: storage, refetch: lookAtStorage } = useStorage();
  const { actions, question, agree, decline } = useActions({ zoo, policy, onUse, onInspect });

  const { query: wished, setQuery, about, show } = useLibraryView(search, onSearch);
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [panel, setPanel] = useState<'storage' | 'ledger' | null>(null);

  const catalogue = useMemo(() => toRows(zoo, policy), [zoo, policy]);
  useEffect(() => {
    library.offer(
      catalogue.flatMap(({ model, plan }) =>
        plan.possible ? [installable(zoo, model, plan.source)] : [],
      ),
    );
  }, [library, zoo, catalogue]);
  const ids = useMemo(() => catalogue.map(({ id }) => id), [catalogue]);
  const present = useInstalledAmong(ids);
  const downloads = useDownloads(ids);
  const sizes = useMemo(
    () => new Map(installed.map(({ entry }) => [entry.id, entry.bytes])),
    [installed],
  );
  const rows = useMemo(() => withSizes(catalogue, sizes), [catalogue, sizes]);
  const offered = useMemo(() => choices(rows), [rows]);
  const query = useMemo(() => withinReach(wished, offered), [wished, offered]);
  // Typing stays ahead of the list.
  const asked = useDeferredValue(query);
  const shown = useMemo(() => select(rows, asked, (id) => present.has(id)), [rows, asked, present]);
  const others = installed.filter(({ entry }) => !ids.includes(entry.id));

  const choose = useCallback((row: LibraryRow) => {
    setSelectedId(row.id);
    document.getElementById(rowElementId(row.id))?.scrollIntoView({ block: 'center' });
  }, []);

  const detailed = about === null ? undefined : rows.find(({ id }) => id === about);
  const closeDetails = () => {
    show(null);
  };
  const ofPage = catalog?.models.filter(isOfPage) ?? [];
  const missing = useMissing(installed);
  const shares = storage && sharesOf(storage, installed, missing);
  const count = present.size + others.length;
  return (
    <>
      <header className={s['head']}>
        <div>
          <h2 ref={heading} tabIndex={-1} className={s['title']}>
            Model library
          </h2>
          <p className={s['lead']}>
            Every model of GluonCV, with what was ever published of it and how far its bytes can be
            trusted. {formatCount(rows.filter(({ plan }) => plan.possible).length)} of{' '}
            {formatCount(rows.length)} can be installed
            {policy === 'kiosk' && ': this device takes signed models only (grade A)'}.
          </p>
        </div>
        <OnDevice
          ofPage={catalog && ofPage.length}
          installed={count}
          shares={shares}
          forgetful={storage !== undefined && isForgetful(storage)}
          downloads={downloads}
          onStorage={() => {
            setPanel('storage');
          }}
        />
      </header>

      {about !== null && !detailed && (
        <p role="status" data-testid="library-unknown">
          There is no model called <strong>{about}</strong> in GluonCV’s catalogue. Search for it
          below, or{' '}
          <button type="button" className={s['link']} onClick={closeDetails}>
            close this remark
          </button>
          .
        </p>
      )}

      {own}

      <PageModels models={ofPage} actions={actions} />

      <OwnModels models={others} policy={policy} actions={actions} fallback={heading} />

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
        <Filters query={query} offered={offered} onChange={setQuery} />
        <div className={s['plot']}>
          <Plot rows={shown} selectedId={selectedId} onSelect={choose} />
        </div>
        {shown.length === 0 && (
          <p className={s['nothing']}>
            No model answers all of that. Take a filter back, or{' '}
            <button
              type="button"
              className={s['link']}
              onClick={() => {
                setQuery({ ...EVERYTHING, sort: query.sort });
              }}
            >
              show all
            </button>
            .
          </p>
        )}
        <ul className={s['list']} data-testid="library">
          {shown.map((row) => (
            <Row
              key={row.id}
              row={row}
              selected={row.id === selectedId}
              policy={policy}
              actions={actions}
              onDetails={show}
            />
          ))}
        </ul>
      </Section>

      {detailed && <DetailDialog zoo={zoo} row={detailed} onClose={closeDetails} />}
      {question && <QuestionDialog question={question} onAgree={agree} onDecline={decline} />}
      {panel === 'storage' && storage && (
        <StorageDialog
          report={storage}
          installed={installed}
          missing={missing}
          onChanged={() => {
            void lookAtStorage();
          }}
          onRemove={actions.remove}
          onLedger={() => {
            setPanel('ledger');
          }}
          onClose={() => {
            setPanel(null);
          }}
        />
      )}
      {panel === 'ledger' && (
        <LedgerDialog
          persistent={storage?.rowsPersistent ?? true}
          onClose={() => {
            setPanel(null);
          }}
        />
      )}
    </>
  );
}
