import type { ReactElement } from 'react';
import { splitName } from './rows.ts';
import s from './LayerName.module.css';

/** A layer's name on one line; where it is too long, its middle gives way. */
export function LayerName({ name }: { readonly name: string }): ReactElement {
  const [head, tail] = splitName(name);
  return (
    <span className={s['name']} title={name}>
      <span className={s['head']}>{head}</span>
      <span>{tail}</span>
    </span>
  );
}
