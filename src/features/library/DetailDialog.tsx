import { Download } from 'lucide-react';
import type { ReactElement } from 'react';
import { GRADE_WORDS } from '../../core/integrity/provenance.ts';
import type { InstallState } from '../../models/library/types.ts';
import type { Zoo } from '../../models/zoo/schema.ts';
import { metricText, shapeText, TASK_TITLES } from '../../models/zoo/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog, type ClosedBy } from '../../ui/Dialog.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { formatBytes } from '../../ui/format.ts';
import { Evidence } from '../../ui/Grade.tsx';
import { describeInput } from '../models/input.ts';
import type { LibraryRow } from './rows.ts';
import { useInstallState } from './state/library.ts';
import { missingText } from './words.ts';
import s from './Dialogs.module.css';

interface DetailDialogProps {
  readonly zoo: Zoo;
  readonly row: LibraryRow;
  /** Asks what must be asked, then installs. */
  readonly onInstall: () => void;
  readonly onClose: (by: ClosedBy) => void;
  /** Gets the focus on closing where nobody had it before. */
  readonly heir: () => HTMLElement | null | undefined;
}

/** Everything the catalogue knows about a model: figures, evidence in words, the input contract, every file. */
export function DetailDialog(props: DetailDialogProps): ReactElement {
  const { zoo, row, onInstall, onClose, heir } = props;
  const { model, plan, grade, dataset } = row;
  const state = useInstallState(row.id);
  const terms = model.dataset === null ? undefined : zoo.datasets[model.dataset]?.terms;
  const fromModelZoo = plan.possible && plan.source.host === 'model-zoo';
  return (
    <Dialog title={model.name} onClose={onClose} heir={heir}>
      <p className={s['lead']}>
        {model.family}. {TASK_TITLES[model.task]}
        {dataset === null ? '' : ` on ${dataset}`}.
      </p>
      <Facts
        facts={[
          {
            term: 'Here',
            value: (
              <>
                <p>{here(state, plan)}</p>
                {state.state === 'available' && plan.possible && (
                  <Button
                    className={s['install']}
                    data-testid="details-install"
                    onClick={onInstall}
                  >
                    <Download aria-hidden="true" />
                    Install
                  </Button>
                )}
              </>
            ),
          },
          {
            term: 'Evidence',
            value:
              grade === null ? (
                'Nothing was published that could vouch for a file.'
              ) : (
                <Evidence
                  letter={grade}
                  text={GRADE_WORDS[grade].short}
                  words={[
                    GRADE_WORDS[grade].long,
                    ...(plan.possible ? [`Vouched for by ${plan.source.vouchedBy}.`] : []),
                  ]}
                />
              ),
          },
          {
            term: 'Accuracy',
            value:
              model.metrics.length === 0 ? (
                'GluonCV publishes no figure.'
              ) : (
                <>
                  {model.metrics.map(metricText).join(', ')}
                  <span className={s['soft']}>
                    {' '}
                    by GluonCV{model.measured === null ? '' : `, ${model.measured}`}
                  </span>
                </>
              ),
          },
          ...(fromModelZoo
            ? [
                {
                  term: 'Of this file',
                  value: (
                    <>
                      {plan.source.metrics.map(metricText).join(', ')}
                      <span className={s['soft']}> measured on it by the ONNX Model Zoo</span>
                    </>
                  ),
                },
              ]
            : []),
          ...(plan.possible
            ? [
                {
                  term: 'Input',
                  value: `${shapeText(plan.source.input)}. ${describeInput({ name: '', ...plan.source.contract })}`,
                },
              ]
            : []),
          { term: 'Licence of the weights', value: zoo.licence },
          ...(dataset === null
            ? []
            : [{ term: 'Training data', value: `${dataset}. ${terms ?? ''}` }]),
        ]}
      />
      <h3 className={s['heading']}>Files that exist</h3>
      <Facts facts={filesOf(row)} />
      <p className={s['soft']}>
        Facts read from {zoo.sources.gluoncv} and {zoo.sources.modelZoo}.
      </p>
    </Dialog>
  );
}

function here(state: InstallState, plan: LibraryRow['plan']): string {
  switch (state.state) {
    case 'installed':
      return state.missing
        ? `Installed. ${missingText(state.model, state.missing, false)}`
        : 'Installed on this device.';
    case 'downloading':
    case 'verifying':
    case 'elsewhere':
      return 'Being installed.';
    case 'paused':
      return 'Its download is paused.';
    case 'refused':
      return state.error.message;
    case 'available':
      return plan.possible ? 'Can be installed.' : plan.because;
  }
}

function filesOf({ model: { modelZoo, onnx, params } }: LibraryRow) {
  const code = (text: string) => <code className={s['code']}>{text}</code>;
  const facts = [
    ...modelZoo.map((file) => ({
      term: `ONNX Model Zoo${file.quantised ? ', 8 bits' : ''}`,
      key: file.url,
      value: (
        <>
          <p>
            {fileName(file.url)}, {formatBytes(file.bytes)}, operators of version {file.opset}
          </p>
          <p>SHA-256 {code(file.sha256)}</p>
        </>
      ),
    })),
    ...(onnx
      ? [
          {
            term: 'GluonCV, ONNX',
            key: onnx.url,
            value: (
              <>
                <p>
                  {fileName(onnx.url)}, input {shapeText(onnx.input)}, size not published
                </p>
                <p>SHA-1 begins with {code(onnx.sha1Prefix)}</p>
              </>
            ),
          },
        ]
      : []),
    ...(params
      ? [
          {
            term: 'GluonCV, MXNet',
            key: params.url,
            value: (
              <>
                <p>{fileName(params.url)}, weights only; this version cannot convert them</p>
                <p>SHA-1 of the file inside {code(params.sha1)}</p>
              </>
            ),
          },
        ]
      : []),
  ];
  if (facts.length === 0)
    return [{ term: 'None', value: 'GluonCV has the code of this network only.' }];
  return facts;
}

function fileName(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}
