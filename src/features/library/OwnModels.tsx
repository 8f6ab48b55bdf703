import { useLayoutEffect, useRef, type ReactElement, type RefObject } from 'react';
import type { InstallPolicy } from '../../core/integrity/provenance.ts';
import type { InstalledModel } from '../../models/library/types.ts';
import { Section } from '../../ui/Section.tsx';
import { useFocusHandover } from '../../ui/useFocusHandover.ts';
import { OwnRow } from './OwnRow.tsx';
import type { Actions } from './state/actions.ts';
import s from './LibraryScreen.module.css';

interface OwnModelsProps {
  readonly models: readonly InstalledModel[];
  /** What this device may use. */
  readonly policy: InstallPolicy;
  readonly actions: Actions;
  /** Gets the focus of a row that was removed when no other row is left. */
  readonly fallback: RefObject<HTMLElement | null>;
}

/** The installed models that the catalogue does not know. */
export function OwnModels(props: OwnModelsProps): ReactElement | null {
  const { models, policy, actions, fallback } = props;
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const before = useRef(models);
  useFocusHandover(box, (lost) => {
    const id = lost.closest('li')?.dataset['model'];
    const at = before.current.findIndex(({ entry }) => entry.id === id);
    const rows = list.current?.children;
    // The row in its place, else the one before it: not a button of it, which a second Enter would press.
    const row = rows?.item(Math.min(at, rows.length - 1));
    return row instanceof HTMLElement ? row : fallback.current;
  });
  useLayoutEffect(() => {
    before.current = models;
  }, [models]);
  return (
    // Around the section too: it leaves with its last row.
    <div ref={box} className={s['others']}>
      {models.length > 0 && (
        <Section title="Other models on this device">
          <ul ref={list} className={s['list']} data-testid="library-own">
            {models.map((model) => (
              <OwnRow key={model.entry.id} model={model} policy={policy} actions={actions} />
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}
