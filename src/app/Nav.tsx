import type { ReactElement } from 'react';
import { LIBRARY_PATH, WORKBENCH_PATH, type Screen } from './screens.ts';
import s from './Nav.module.css';

const PLACES = [
  { path: WORKBENCH_PATH, title: 'Workbench', names: ['workbench'] },
  { path: LIBRARY_PATH, title: 'Library', names: ['library', 'inspector'] },
] as const;

/** The way from screen to screen. */
export function Nav({ screen }: { readonly screen: Screen }): ReactElement {
  return (
    <nav className={s['nav']} aria-label="Screens">
      {PLACES.map(({ path, title, names }) => (
        <a
          key={path}
          className={s['place']}
          href={`#${path}`}
          aria-current={names.some((name) => name === screen.name) ? 'page' : undefined}
        >
          {title}
        </a>
      ))}
    </nav>
  );
}
