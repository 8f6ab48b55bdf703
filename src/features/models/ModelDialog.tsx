import type { ReactElement } from 'react';
import type { RunReport } from '../../engine/protocol.ts';
import type { CatalogModel } from '../../models/types.ts';
import { TASKS } from '../../tasks/registry.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { formatBytes, formatOperations } from '../../ui/format.ts';
import { Evidence } from '../../ui/Grade.tsx';
import { evidenceOf } from './evidence.ts';
import { describeInput } from './input.ts';
import s from './ModelDialog.module.css';

interface ModelDialogProps {
  readonly model: CatalogModel;
  /** The last report of this model in view; null before it ran. */
  readonly report: RunReport | null;
  readonly onClose: () => void;
}

const COLLECTIONS: Readonly<Record<CatalogModel['collection'], string>> = {
  embedded: 'Part of Gluon Lens',
  operator: 'Added by the operator of this page',
  library: 'Installed from the model library',
  own: 'A file of your own',
};

/** Everything a model declares and everything that was checked about it. */
export function ModelDialog({ model, report, onClose }: ModelDialogProps): ReactElement {
  const { entry, urls, grade } = model;
  const { evidence, source } = entry;
  const words = evidenceOf(model);
  return (
    <Dialog title={entry.title} onClose={onClose}>
      <p className={s['summary']}>{entry.summary}</p>
      {entry.caution !== null && <p className={s['caution']}>{entry.caution}</p>}

      <h3 className={s['heading']}>Provenance</h3>
      <Facts
        facts={[
          {
            term: 'Evidence',
            value: (
              <Evidence
                letter={grade}
                text={words.short}
                words={[words.long, evidence.statement]}
              />
            ),
          },
          {
            term: 'Source',
            value:
              source.url === null ? (
                source.title
              ) : (
                <a href={source.url} rel="noreferrer" target="_blank">
                  {source.title}
                </a>
              ),
          },
          { term: 'Licence', value: entry.licence },
          { term: 'Training data', value: entry.trainingData },
          {
            term: 'Collection',
            value: COLLECTIONS[model.collection],
          },
          ...(urls.card === null
            ? []
            : [
                {
                  term: 'Model card',
                  value: (
                    <a href={urls.card} target="_blank" rel="noreferrer">
                      {entry.card}
                    </a>
                  ),
                },
              ]),
        ]}
      />

      <h3 className={s['heading']}>Verification</h3>
      <Facts facts={verificationFacts(model, report)} />

      <h3 className={s['heading']}>Contract</h3>
      <Facts
        facts={[
          { term: 'Task', value: TASKS[entry.task].title },
          { term: 'Input', value: describeInput(entry.input) },
          ...workOf(entry),
          { term: 'Id', value: <code className={s['code']}>{entry.id}</code> },
        ]}
      />
    </Dialog>
  );
}

function workOf({ multiplyAdds }: CatalogModel['entry']) {
  if (multiplyAdds === undefined) return [];
  return [{ term: 'Work', value: `${formatOperations(multiplyAdds)} multiply-adds a run` }];
}

function verificationFacts({ entry }: CatalogModel, report: RunReport | null) {
  return [
    { term: 'File', value: `${entry.file}, ${formatBytes(entry.bytes)}` },
    { term: 'SHA-256', value: <code className={s['code']}>{entry.sha256}</code> },
    {
      term: 'Bytes',
      value: report ? verified(report) : 'Not needed yet. They are verified before the first run.',
    },
    { term: 'Self-test', value: selfTested(entry.golden !== null, report) },
  ];
}

function verified({ verification: { from, attempts } }: RunReport): string {
  const where =
    from === 'cache'
      ? 'Verified again from the copy on this device'
      : 'Verified after the download';
  return attempts > 1
    ? `${where}, at the second attempt; the first bytes were wrong.`
    : `${where}.`;
}

function selfTested(declared: boolean, report: RunReport | null): string {
  if (!declared) return 'The model declares none.';
  if (!report?.selfTest) return 'Runs when the model is loaded.';
  const { maxError, tolerance } = report.selfTest;
  return `Passed: differs from the reference by at most ${maxError.toExponential(1)}, allowed ${tolerance.toExponential(1)}.`;
}
