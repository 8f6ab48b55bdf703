import type { ReactElement } from 'react';
import { ALL_LIMITS } from '../../core/limit-notes.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { formatLimit } from '../../ui/format.ts';
import { Table } from '../../ui/Table.tsx';
import s from './LimitsDialog.module.css';

/** The table of limits, each with its reason. */
export function LimitsDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  return (
    <Dialog title="Limits" onClose={onClose}>
      <p className={s['intro']}>
        Bounds for whatever a file, a model or a person may ask for, so that nothing takes the page
        or the device down. What goes beyond one is refused with a sentence that says so, or held to
        the limit, as the number of threads is.
      </p>
      <Table columns={['What', 'Limit', 'Why']} className={s['limits']}>
        {ALL_LIMITS.map((limit) => (
          <tr key={limit.name} role="row">
            <th role="rowheader" scope="row">
              {limit.what}
            </th>
            <td role="cell" className={s['value']}>
              {formatLimit(limit)}
            </td>
            <td role="cell" className={s['why']}>
              {limit.why}
            </td>
          </tr>
        ))}
      </Table>
    </Dialog>
  );
}
