import type { ComponentProps, ReactElement } from 'react';
import { cx } from './cx.ts';
import s from './Table.module.css';

interface TableProps extends ComponentProps<'table'> {
  readonly columns: readonly string[];
}

/**
 * A table of words, whose rows (the children) are cards on a phone. The roles stay with the elements whatever they are
 * displayed as; those of rows and cells are the children's to give.
 */
export function Table({ columns, className, children, ...rest }: TableProps): ReactElement {
  return (
    <table role="table" className={cx(s['table'], className)} {...rest}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((title) => (
            <th key={title} role="columnheader" scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">{children}</tbody>
    </table>
  );
}
