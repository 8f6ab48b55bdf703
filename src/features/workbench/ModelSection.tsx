import { useState, type ReactElement } from 'react';
import type { RunReport } from '../../engine/protocol.ts';
import type { CatalogModel } from '../../models/types.ts';
import { Button } from '../../ui/Button.tsx';
import { formatBytes } from '../../ui/format.ts';
import { Grade } from '../../ui/Grade.tsx';
import { Section } from '../../ui/Section.tsx';
import { evidenceOf } from '../models/evidence.ts';
import { ModelDialog } from '../models/ModelDialog.tsx';
import s from './Sections.module.css';

interface ModelSectionProps {
  readonly model: CatalogModel;
  /** The shown answer's report: how the model was verified. */
  readonly report: RunReport | null;
}

/** The model behind an answer: name, evidence, verification, caution, and the way to everything else about it. */
export function ModelSection({ model, report }: ModelSectionProps): ReactElement {
  const [open, setOpen] = useState(false);
  const { entry } = model;
  return (
    <Section title="Model">
      <p className={s['lead']}>{entry.title}</p>
      <p className={s['text']}>{entry.summary}</p>
      <p className={s['row']}>
        <Grade letter={model.grade} text={evidenceOf(model).short} />
      </p>
      {report && (
        <p className={s['small']}>
          {formatBytes(report.verification.bytes)} verified against SHA-256{' '}
          <code>{report.verification.sha256.slice(0, 8)}…</code>,{' '}
          {report.verification.from === 'cache' ? 'kept on this device' : 'fetched'}
          {report.selfTest ? '; self-test passed' : ''}
        </p>
      )}
      <p>
        <Button
          onClick={() => {
            setOpen(true);
          }}
        >
          About this model
        </Button>
      </p>
      {open && (
        <ModelDialog
          model={model}
          report={report}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </Section>
  );
}
