import { Ruler } from 'lucide-react';
import { useRef, useState, type ReactElement, type ReactNode } from 'react';
import { LimitsDialog } from '../features/limits/LimitsDialog.tsx';
import { OfflineNote } from '../features/offline/OfflineNote.tsx';
import { ThemeSwitch } from '../features/settings/ThemeSwitch.tsx';
import { Button } from '../ui/Button.tsx';
import { Mark } from '../ui/Mark.tsx';
import s from './Shell.module.css';

interface ShellProps {
  /** What the person sets; a row of the masthead where there is room, at the thumb on a phone. */
  readonly controls: ReactNode;
  /** The way to the other screens. */
  readonly nav: ReactNode;
  /** Whether the workbench is shown: the controls are its own. */
  readonly atBench: boolean;
  readonly children: ReactNode;
}

/** Masthead, main part and colophon of every screen. */
export function Shell({ controls, nav, atBench, children }: ShellProps): ReactElement {
  const [limits, setLimits] = useState(false);
  const main = useRef<HTMLElement>(null);
  return (
    <>
      <a
        className={s['skip']}
        href="#main"
        onClick={(event) => {
          // The part behind “#” is the screen's address here, and would lead to another one.
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to the content
      </a>
      <header className={s['masthead']}>
        <h1 className={s['brand']}>
          <span className={s['mark']}>
            <Mark />
          </span>
          Gluon Lens
        </h1>
        <div className={s['nav']}>{nav}</div>
        <div className={s['controls']} hidden={!atBench}>
          {controls}
        </div>
        <div className={s['tools']}>
          <Button
            kind="plain"
            onClick={() => {
              setLimits(true);
            }}
          >
            <Ruler aria-hidden="true" />
            <span className={s['toolName']}>Limits</span>
          </Button>
          <ThemeSwitch />
        </div>
      </header>
      <main ref={main} id="main" tabIndex={-1} className={s['main']}>
        {children}
      </main>
      <footer className={s['colophon']}>
        <p>Pictures are examined in this browser and never sent anywhere.</p>
        <OfflineNote />
        <p>GluonCV models on onnxruntime-web, each verified byte by byte before it runs.</p>
      </footer>
      {limits && (
        <LimitsDialog
          onClose={() => {
            setLimits(false);
          }}
        />
      )}
    </>
  );
}
