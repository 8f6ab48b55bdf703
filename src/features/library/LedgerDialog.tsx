import { CircleAlert, CircleCheck, Download } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { asAppError, type AppError } from '../../core/errors.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { plural } from '../../ui/format.ts';
import { useServices } from '../services.ts';
import { LedgerTable } from './LedgerTable.tsx';
import { useLedger, type LedgerReading } from './state/ledger.ts';
import { LEDGER_IN_MEMORY } from './words.ts';
import s from './Dialogs.module.css';

/** How long a browser may take to begin a download before its address is given back, in ms. */
const RELEASE_MS = 10_000;

interface LedgerDialogProps {
  /** False where the ledger is gone with the page. */
  readonly persistent: boolean;
  readonly onClose: () => void;
}

/** What was installed, verified, refused and removed on this device, and whether the record holds. */
export function LedgerDialog({ persistent, onClose }: LedgerDialogProps): ReactElement {
  const { data, error } = useLedger();
  return (
    <Dialog title="Ledger" wide onClose={onClose}>
      <p className={s['soft']}>
        Each line carries the hash of the one before, so that a line which was changed, taken out or
        put in shows.
      </p>
      {!persistent && (
        <p className={s['words']} data-testid="ledger-in-memory">
          {LEDGER_IN_MEMORY}
        </p>
      )}
      {error && <p className={s['words']}>{asAppError(error).message}</p>}
      {data && <Contents reading={data} />}
    </Dialog>
  );
}

function Contents({
  reading: { lines, verdict },
}: {
  readonly reading: LedgerReading;
}): ReactElement {
  const { library } = useServices();
  const [failure, setFailure] = useState<AppError | null>(null);
  return (
    <>
      <p className={s['verdict']} data-testid="ledger-verdict" data-intact={verdict.intact}>
        {verdict.intact ? <CircleCheck aria-hidden="true" /> : <CircleAlert aria-hidden="true" />}
        <span>
          {verdict.intact
            ? `The chain of ${plural(lines.length, 'line', 'lines')} holds.`
            : `The chain breaks at line ${String(verdict.sequence)}. ${verdict.because}`}
        </span>
      </p>
      {lines.length > 0 && <LedgerTable lines={lines} />}
      <div className={s['answers']}>
        <Button
          data-testid="ledger-export"
          onClick={() => {
            setFailure(null);
            library
              .exportLedger()
              .then((text) => {
                save(text, 'gluon-lens-ledger.json');
              })
              .catch((thrown: unknown) => {
                setFailure(asAppError(thrown));
              });
          }}
        >
          <Download aria-hidden="true" />
          Save as JSON
        </Button>
      </div>
      {failure && <p className={s['words']}>{failure.message}</p>}
    </>
  );
}

/** Lets the browser save a text as a file. */
function save(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, RELEASE_MS);
}
