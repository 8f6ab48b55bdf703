import { useState, type ReactElement } from 'react';
import { limitOf } from '../../core/limits.ts';
import type { LedgerEvent } from '../../models/library/types.ts';
import { Button } from '../../ui/Button.tsx';
import { Table } from '../../ui/Table.tsx';
import { formatMoment } from './moments.ts';
import s from './Dialogs.module.css';

const COLUMNS = [
  'No.',
  'When',
  'What',
  'Model',
  'Grade',
  'From, and who vouched',
  'SHA-256',
] as const;

/** The ledger's lines, newest first, so many at a time. @param lines oldest first. */
export function LedgerTable({ lines }: { readonly lines: readonly LedgerEvent[] }): ReactElement {
  const page = limitOf('ledgerPage');
  const [shown, setShown] = useState(page);
  const older = lines.length - shown;
  return (
    <>
      <div className={s['scroll']} tabIndex={0} role="group" aria-label="Lines of the ledger">
        <p className={s['sideways']}>Scroll sideways for the rest →</p>
        <Table columns={COLUMNS} className={s['ledger']} data-testid="ledger">
          {lines
            .slice(-shown)
            .toReversed()
            .map((line) => (
              <Line key={line.sequence} line={line} />
            ))}
        </Table>
      </div>
      {older > 0 && (
        <p className={s['more']}>
          <Button
            kind="plain"
            data-testid="ledger-older"
            onClick={() => {
              setShown(shown + page);
            }}
          >
            Show {Math.min(page, older)} older lines of {older}
          </Button>
        </p>
      )}
    </>
  );
}

function Line({ line }: { readonly line: LedgerEvent }): ReactElement {
  return (
    <tr role="row" data-kind={line.kind}>
      <td role="cell" className={s['number']}>
        {line.sequence}
      </td>
      <td role="cell" className={s['whole']}>
        <time dateTime={line.at}>{formatMoment(line.at)}</time>
      </td>
      <td role="cell" className={s['kind']}>
        {line.kind}
        {line.code !== null && <code className={s['code']}>{line.code}</code>}
      </td>
      <td role="cell" className={s['model']}>
        {nameOf(line.model)}
      </td>
      <td role="cell" data-title="Grade">
        {line.grade ?? ''}
        {line.consent && ', agreed to'}
      </td>
      <td role="cell" className={s['origin']} data-title="From">
        {hostOf(line.from)}
        {line.vouchedBy !== '' && <span className={s['soft']}> {line.vouchedBy}</span>}
      </td>
      <td role="cell" className={s['whole']} data-title="SHA-256">
        {line.sha256 !== null && (
          <code className={s['code']} title={line.sha256}>
            {line.sha256.slice(0, 8)}…
          </code>
        )}
      </td>
    </tr>
  );
}

/** A manifest or another file about models goes by its address, of which the path says enough beside the host. */
function nameOf(model: string): string {
  return URL.canParse(model) ? `file ${new URL(model).pathname}` : model;
}

function hostOf(from: string): string {
  return URL.canParse(from) ? new URL(from).host || from : from;
}
