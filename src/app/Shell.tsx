import { Ruler } from 'lucide-react';
import { useState, type ReactElement, type ReactNode } from 'react';
import { LimitsDialog } from '../features/limits/LimitsDialog.tsx';
import { ThemeSwitch } from '../features/settings/ThemeSwitch.tsx';
import { Button } from '../ui/Button.tsx';
import { Mark } from '../ui/Mark.tsx';
import s from './Shell.module.css';

/** Masthead, main part and colophon of every screen. */
export function Shell({ children }: { readonly children: ReactNode }): ReactElement {
  const [limits, setLimits] = useState(false);
  return (
    <>
      <a className={s['skip']} href="#main">
        Skip to the workbench
      </a>
      <header className={s['masthead']}>
        <h1 className={s['brand']}>
          <span className={s['mark']}>
            <Mark />
          </span>
          Gluon Lens
        </h1>
        <p className={s['promise']}>
          Pictures are examined in this browser and never sent anywhere.
        </p>
        <div className={s['tools']}>
          <Button
            kind="plain"
            onClick={() => {
              setLimits(true);
            }}
          >
            <Ruler aria-hidden="true" />
            Limits
          </Button>
          <ThemeSwitch />
        </div>
      </header>
      <main id="main" tabIndex={-1} className={s['main']}>
        {children}
      </main>
      <footer className={s['colophon']}>
        <p>
          GluonCV models on onnxruntime-web. Every model is verified byte by byte before it runs.
          Apache-2.0.
        </p>
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
