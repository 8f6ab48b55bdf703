import type { ReactElement } from 'react';
import { LIMITS } from '../../core/limits.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { formatLimit } from '../../ui/format.ts';
import s from './LimitsDialog.module.css';

/** Every cap of the product with its reason. */
export function LimitsDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  return (
    <Dialog title="Limits" onClose={onClose}>
      <p className={s['intro']}>
        Everything here has an upper bound, so that no file and no model can take the page or the
        device down. What goes beyond one is refused with a sentence that says so.
      </p>
      <table className={s['table']}>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Limit</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(LIMITS).map(([name, limit]) => (
            <tr key={name}>
              <th scope="row">{limit.what}</th>
              <td className={s['value']}>{formatLimit(limit)}</td>
              <td className={s['why']}>{limit.why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
