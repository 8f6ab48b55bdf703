import { useRef, useState, type ReactElement } from 'react';
import { asAppError, type AppError } from '../../core/errors.ts';
import type { InstalledModel, StorageReport } from '../../models/library/types.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { formatBytes, plural } from '../../ui/format.ts';
import { useFocusHandover } from '../../ui/useFocusHandover.ts';
import { useServices } from '../services.ts';
import { formatDay } from './moments.ts';
import { BESIDES_WORDS, sharesOf, whereText } from './words.ts';
import s from './Dialogs.module.css';

interface StorageDialogProps {
  readonly report: StorageReport;
  readonly installed: readonly InstalledModel[];
  /** Ids of those whose file is gone. */
  readonly missing: ReadonlySet<string>;
  readonly onChanged: () => void;
  readonly onRemove: (id: string) => void;
  readonly onLedger: () => void;
  readonly onClose: () => void;
}

/** How much is kept where, whether the browser promised to keep it, and what takes the room. */
export function StorageDialog(props: StorageDialogProps): ReactElement {
  const { report, installed, missing, onRemove, onLedger, onClose } = props;
  const { usedBytes, quotaBytes } = report;
  const shares = sharesOf(report, installed, missing);
  const heading = useRef<HTMLHeadingElement>(null);
  const box = useRef<HTMLDivElement>(null);
  useFocusHandover(box, () => heading.current);
  return (
    <Dialog title="Storage" onClose={onClose}>
      <Facts
        facts={[
          {
            term: 'Used',
            value: (
              <>
                {formatBytes(usedBytes)}
                {quotaBytes !== null && (
                  <>
                    {' '}
                    of the {formatBytes(quotaBytes)} that the browser names; the disk may have less
                    <meter
                      className={s['meter']}
                      aria-label="Used storage"
                      min={0}
                      max={quotaBytes}
                      value={usedBytes}
                    />
                  </>
                )}
              </>
            ),
          },
          { term: 'Installed models', value: formatBytes(shares.installed) },
          { term: 'Besides', value: `${formatBytes(shares.besides)}: ${BESIDES_WORDS}` },
          { term: 'Where', value: <span data-testid="storage-where">{whereText(report)}</span> },
          {
            term: 'Kept for good',
            value: <Persistence report={report} onChanged={props.onChanged} />,
          },
        ]}
      />
      <h3 ref={heading} tabIndex={-1} className={s['heading']}>
        {plural(installed.length, 'installed model', 'installed models')}
      </h3>
      <div ref={box}>
        {installed.length === 0 ? (
          <p className={s['words']}>None yet.</p>
        ) : (
          <Facts
            facts={installed.map(({ entry, usedAt }) => ({
              key: entry.id,
              term: formatBytes(missing.has(entry.id) ? 0 : entry.bytes),
              value: (
                <span className={s['kept']}>
                  <span>
                    {entry.title}
                    <span className={s['soft']}>
                      , last used {formatDay(usedAt)}
                      {missing.has(entry.id) && '; its file is no longer on this device'}
                    </span>
                  </span>
                  <Button
                    kind="plain"
                    aria-label={`Remove ${entry.title}`}
                    onClick={() => {
                      onRemove(entry.id);
                    }}
                  >
                    Remove
                  </Button>
                </span>
              ),
            }))}
          />
        )}
      </div>
      <div className={s['answers']}>
        <Button data-testid="open-ledger" onClick={onLedger}>
          Ledger
        </Button>
      </div>
    </Dialog>
  );
}

interface PersistenceProps {
  readonly report: StorageReport;
  readonly onChanged: () => void;
}

function Persistence({ report, onChanged }: PersistenceProps): ReactElement {
  const { library } = useServices();
  const [answer, setAnswer] = useState<'asking' | 'declined' | AppError | null>(null);
  if (report.backend === 'memory') return <>No: there is nothing to keep it in.</>;
  if (!report.rowsPersistent)
    return <>No: the list of what is installed cannot be kept in this visit.</>;
  if (report.persisted) return <>Yes: the browser promised not to clear it by itself.</>;
  const ask = async () => {
    setAnswer('asking');
    try {
      const promised = await library.persist();
      setAnswer(promised ? null : 'declined');
      onChanged();
    } catch (thrown) {
      setAnswer(asAppError(thrown));
    }
  };
  return (
    <>
      <p>Not promised: when the device runs short of space, the browser may clear it.</p>
      {answer === 'declined' && (
        <p className={s['words']} role="status">
          The browser declined. Some agree once the page is bookmarked or installed.
        </p>
      )}
      {answer !== null && typeof answer === 'object' && (
        <p className={s['words']}>{answer.message}</p>
      )}
      <p className={s['words']}>
        <Button
          data-testid="persist"
          disabled={answer === 'asking'}
          onClick={() => {
            void ask();
          }}
        >
          Ask the browser to keep it
        </Button>
      </p>
    </>
  );
}
