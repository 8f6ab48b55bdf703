import type { ReactElement } from 'react';
import {
  STAGES,
  type Progress,
  type RunReport,
  type Stage,
  type StageTimes,
} from '../../engine/protocol.ts';
import { formatMs } from '../../ui/format.ts';
import { vars } from '../../tasks/view-types.ts';
import { passedShare } from './rail.ts';
import s from './OpticalRail.module.css';

const NAMES: Readonly<Record<Stage, string>> = {
  verify: 'Verify',
  load: 'Load',
  decode: 'Decode',
  preprocess: 'Preprocess',
  run: 'Run',
  postprocess: 'Postprocess',
};

interface OpticalRailProps {
  readonly progress: Progress | undefined;
  /** Null until the run is done. */
  readonly report: RunReport | null;
}

/** The six stages as lenses on a rail: light reaches the one at work, and each has its time once it is done. */
export function OpticalRail({ progress, report }: OpticalRailProps): ReactElement {
  const times = report?.times ?? null;
  const overlap = report !== null && sumOf(report.times) > report.totalMs;
  const share = times ? 1 : passedShare(progress);
  return (
    <div className={s['rail']} style={vars({ '--light': share })} data-lit={share > 0}>
      <span className={s['axis']} aria-hidden="true" />
      <ol className={s['stages']} aria-label="Stages of the run">
        {STAGES.map((stage) => {
          const time = times?.[stage];
          return (
            <li key={stage} className={s['stage']} data-state={stateOf(stage, progress, times)}>
              <span className={s['lens']} aria-hidden="true" />
              <span className={s['name']}>{NAMES[stage]}</span>
              <span className={s['time']}>
                {typeof time === 'number' ? formatMs(time) : idle(times)}
              </span>
            </li>
          );
        })}
      </ol>
      <p className={s['total']}>
        {report && (
          <>
            <span className={s['name']}>Total</span>
            <span className={s['time']}>{formatMs(report.totalMs)}</span>
          </>
        )}
      </p>
      {overlap && (
        <p className={s['overlap']}>
          Decoding runs beside verifying and loading: the total counts that time once.
        </p>
      )}
    </div>
  );
}

function sumOf(times: StageTimes): number {
  return STAGES.reduce((sum, stage) => sum + (times[stage] ?? 0), 0);
}

function idle(times: StageTimes | null): ReactElement | null {
  return times ? (
    <span title="Not needed: the model was ready already">
      <span aria-hidden="true">ready</span>
      <span className="visually-hidden">not needed, the model was ready already</span>
    </span>
  ) : null;
}

function stateOf(
  stage: Stage,
  progress: Progress | undefined,
  times: StageTimes | null,
): 'ahead' | 'now' | 'passed' | 'skipped' {
  if (times) return times[stage] === null ? 'skipped' : 'passed';
  if (!progress || progress.stage === 'queued') return 'ahead';
  const at = STAGES.indexOf(progress.stage);
  const here = STAGES.indexOf(stage);
  return here < at ? 'passed' : here === at ? 'now' : 'ahead';
}
