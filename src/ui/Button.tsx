import type { ButtonHTMLAttributes, ReactElement } from 'react';
import { cx } from './cx.ts';
import s from './Button.module.css';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary` is the one thing to do on a screen; `plain` looks like text; `icon` is square. */
  readonly kind?: 'primary' | 'normal' | 'plain' | 'icon';
}

/** The product's button. An `icon` button needs an `aria-label`. */
export function Button({ kind = 'normal', className, ...rest }: ButtonProps): ReactElement {
  return <button type="button" className={cx(s['button'], s[kind], className)} {...rest} />;
}

/** Classes that make a `<label>` of a file input look like a button. */
export function buttonClass(kind: NonNullable<ButtonProps['kind']>): string {
  return cx(s['button'], s[kind]);
}
