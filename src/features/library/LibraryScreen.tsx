import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react';
import { asAppError } from '../../core/errors.ts';
import type { InstallPolicy } from '../../core/integrity/provenance.ts';
import { installable } from '../../models/zoo/installable.ts';
import { formatCount } from '../../ui/format.ts';
import { Section } from '../../ui/Section.tsx';
import { useFocusHandover } from '../../ui/useFocusHandover.ts';
import { NONE } from '../none.ts';
import { useServices } from '../services.ts';
import { ErrorNotice } from '../workbench/ErrorNotice.tsx';
import { useCatalog } from '../workbench/state/catalog.ts';
import { Catalogue } from './Catalogue.tsx';
import { DetailDialog } from './DetailDialog.tsx';
import { choices, rowNamed, withinReach } from './filter.ts';
import { LedgerDialog } from './LedgerDialog.tsx';
import { OnDevice } from './OnDevice.tsx';
import { OwnModels } from './OwnModels.tsx';
import { PageModels } from './PageModels.tsx';
import { QuestionDialog } from './QuestionDialog.tsx';
import { detailsButton, rowElement } from './Row.tsx';
import { toRows, withSizes } from './rows.ts';
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
import { inspectButton } from './UseButtons.tsx';
import { DOWNLOADS_UNKNOWN, isForgetful, isOfPage, sharesOf } from './words.ts';
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
  /** The model whose inspector was shown just before; null for none. */
  readonly inspected?: string | null;
  /** What this device may install. */
  readonly policy?: InstallPolicy;
  /** The way in for a person's own files. */
  readonly own?: ReactNode;
}

/** What limits the number of models that can be installed. */
const LIMITED_BY: Readonly<Record<InstallPolicy, string>> = {
  standard: '',
  kiosk: ': this device takes signed models only (grade A)',
  unknown: ' before the page’s configuration was read',
};

/** The model library: every model of GluonCV, what is published of it, and the way onto this device. */
export default function LibraryScreen(props: LibraryScreenProps): ReactElement {
  const { search, onSearch, onUse, onInspect, inspected = null, policy = 'standard', own } = props;
  const { library } = useServices();
  const { data: zoo, error, errorUpdatedAt, refetch } = useZoo();
  const installed = useInstalled().data ?? NONE;
  const catalog = useCatalog().data;
  const { data: storage, refetch: lookAtStorage } = useStorage();
  const { actions, question, agree, decline } = useActions({ zoo, policy, onUse, onInspect });

  const { query: wished, setQuery, about, show, close } = useLibraryView(search, onSearch);
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever comes back goes on where they left; the inspector took the focus with it.
  useLayoutEffect(() => {
    if (inspected === null || about !== null || document.activeElement !== document.body) return;
    (inspectButton(inspected) ?? heading.current)?.focus();
  }, [inspected, about]);
  // What was pressed to have the catalogue is gone once it is asked for; so is what waits for it once it comes.
  const listBox = useRef<HTMLDivElement>(null);
  useFocusHandover(listBox, () =>
    listBox.current?.querySelector<HTMLElement>('input, button, [tabindex]'),
  );
  const [panel, setPanel] = useState<'storage' | 'ledger' | null>(null);

  const catalogue = useMemo(() => (zoo ? toRows(zoo, policy) : NONE), [zoo, policy]);
  useEffect(() => {
    if (!zoo) return;
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
  useEffect(() => {
    if (zoo && query !== wished) setQuery(query); // what counts for nothing leaves the address too
  }, [zoo, query, wished, setQuery]);
  // Once the catalogue failed nobody knows which of them are its own, and all are shown as others.
  const isKnown = zoo !== undefined || errorUpdatedAt > 0; // while it is asked for again, too
  const others = isKnown ? installed.filter(({ entry }) => !ids.includes(entry.id)) : NONE;

  const detailed = about === null ? undefined : rowNamed(rows, about);
  const ofPage = catalog?.models.filter(isOfPage) ?? NONE;
  const missing = useMissing(installed);
  const shares = storage && sharesOf(storage, installed, missing);
  const count = isKnown ? present.size + others.length : installed.length;
  return (
    <div className={s['screen']} aria-busy={zoo === undefined && error === null}>
      <header className={s['head']}>
        <div>
          <h2 ref={heading} tabIndex={-1} className={s['title']}>
            Model library
          </h2>
          <p className={s['lead']}>
            Every model of GluonCV, with what was ever published of it and how far its bytes can be
            trusted.
            {zoo &&
              ` ${formatCount(rows.filter(({ plan }) => plan.possible).length)} of ${formatCount(rows.length)} can be installed${LIMITED_BY[policy]}.`}
          </p>
        </div>
        <OnDevice
          ofPage={catalog && ofPage.length}
          installed={count}
          shares={shares}
          forgetful={storage !== undefined && isForgetful(storage)}
          downloads={zoo || !isKnown ? downloads : DOWNLOADS_UNKNOWN}
          onStorage={() => {
            setPanel('storage');
          }}
        />
      </header>

      {zoo && about !== null && !detailed && (
        <p role="status" data-testid="library-unknown">
          There is no model called <strong>{about}</strong> in GluonCV’s catalogue. Search for it
          below, or{' '}
          <button
            type="button"
            className={s['link']}
            onClick={() => {
              close('person');
              heading.current?.focus(); // the button goes
            }}
          >
            close this remark
          </button>
          .
        </p>
      )}

      {own}

      <PageModels models={ofPage} actions={actions} />

      <OwnModels models={others} policy={policy} actions={actions} fallback={heading} />

      <div ref={listBox} className={s['others']}>
        {zoo ? (
          <Catalogue
            rows={rows}
            present={present}
            query={query}
            offered={offered}
            policy={policy}
            onQuery={setQuery}
            actions={actions}
            onDetails={show}
          />
        ) : (
          <Section title="GluonCV’s models">
            {error ? (
              <ErrorNotice
                error={asAppError(error)}
                at={errorUpdatedAt}
                onRetry={() => {
                  void refetch();
                }}
              />
            ) : (
              <p role="status" tabIndex={-1}>
                Loading the catalogue.
              </p>
            )}
          </Section>
        )}
      </div>

      {zoo && detailed && (
        <DetailDialog
          zoo={zoo}
          row={detailed}
          onInstall={() => {
            close('person');
            actions.install(detailed);
          }}
          onClose={close}
          heir={() => detailsButton(detailed.id) ?? heading.current}
        />
      )}
      {question && (
        <QuestionDialog
          key={`${question.kind} ${question.row.id}`}
          question={question}
          onAgree={agree}
          onDecline={decline}
          heir={() => rowElement(question.row.id) ?? heading.current}
        />
      )}
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
    </div>
  );
}
