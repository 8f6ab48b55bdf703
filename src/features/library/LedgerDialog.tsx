import { CircleAlert, CircleCheck, Download } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { asAppError, type AppError } from '../../core/errors.ts';
import type { LedgerEvent } from '../../models/library/types.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { plural } from '../../ui/format.ts';
import { useServices } from '../services.ts';
import { useLedger, type LedgerReading } from './state/ledger.ts';
import { formatMoment } from './words.ts';
import s from './Dialogs.module.css';

/** How long a browser may take to begin a download before its address is given back, in ms. */
const RELEASE_MS = 10_000;

/** What was installed, verified, refused and removed on this device, and whether the record holds. */
export function LedgerDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { data, error } = useLedger();
  return (
    <Dialog title="Ledger" onClose={onClose}>
      <p className={s['soft']}>
        Each line carries the hash of the one before, so that a line which was changed, taken out or
        put in shows.
      </p>
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
      {lines.length > 0 && (
        <div className={s['scroll']} tabIndex={0} role="group" aria-label="Lines of the ledger">
          <p className={s['sideways']}>Scroll sideways for the rest →</p>
          <table className={s['table']} data-testid="ledger">
            <thead>
              <tr>
                <th scope="col">No.</th>
                <th scope="col">When</th>
                <th scope="col">What</th>
                <th scope="col">Model</th>
                <th scope="col">Grade</th>
                <th scope="col">From</th>
                <th scope="col">SHA-256</th>
              </tr>
            </thead>
            <tbody>
              {lines.toReversed().map((line) => (
                <Line key={line.sequence} line={line} />
              ))}
            </tbody>
          </table>
        </div>
      )}
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

function Line({ line }: { readonly line: LedgerEvent }): ReactElement {
  return (
    <tr>
      <td>{line.sequence}</td>
      <td className={s['whole']}>
        <time dateTime={line.at}>{formatMoment(line.at)}</time>
      </td>
      <td>
        {line.kind}
        {line.code !== null && <code className={s['code']}> {line.code}</code>}
      </td>
      <td className={s['whole']}>{line.model}</td>
      <td>{line.grade ?? ''}</td>
      <td title={line.vouchedBy}>{hostOf(line.from)}</td>
      <td className={s['whole']}>
        {line.sha256 !== null && (
          <code className={s['code']} title={line.sha256}>
            {line.sha256.slice(0, 8)}…
          </code>
        )}
      </td>
    </tr>
  );
}

function hostOf(from: string): string {
  return URL.canParse(from) ? new URL(from).host || from : from;
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
