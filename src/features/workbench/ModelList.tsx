import { useState, type ReactElement } from 'react';
import type { CatalogModel } from '../../models/types.ts';
import { TASKS } from '../../tasks/registry.ts';
import { Button } from '../../ui/Button.tsx';
import { formatBytes } from '../../ui/format.ts';
import { Grade } from '../../ui/Grade.tsx';
import { Section } from '../../ui/Section.tsx';
import { evidenceOf } from '../models/evidence.ts';
import { ModelDialog } from '../models/ModelDialog.tsx';
import s from './ModelList.module.css';

/** What the catalogue holds, shown while there is no answer to show. */
export function ModelList({ models }: { readonly models: readonly CatalogModel[] }): ReactElement {
  const [open, setOpen] = useState<CatalogModel | null>(null);
  return (
    <Section
      title="Models on this bench"
      aside={<span className={s['count']}>{models.length}</span>}
    >
      <ul>
        {models.map((model) => (
          <li key={model.entry.id} className={s['model']}>
            <h3 className={s['title']}>{model.entry.title}</h3>
            <p className={s['kind']}>
              {TASKS[model.entry.task].title}, {formatBytes(model.entry.bytes)}
            </p>
            <p className={s['summary']}>{model.entry.summary}</p>
            <div className={s['foot']}>
              <Grade letter={model.grade} text={evidenceOf(model).short} />
              <Button
                kind="plain"
                aria-label={`About ${model.entry.title}`}
                onClick={() => {
                  setOpen(model);
                }}
              >
                About
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {open && (
        <ModelDialog
          model={open}
          report={null}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
    </Section>
  );
}
