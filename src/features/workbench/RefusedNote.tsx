import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { limitOf } from '../../core/limits.ts';
import { Button } from '../../ui/Button.tsx';
import { formatCount, plural } from '../../ui/format.ts';
import { useCountdown } from '../../ui/useCountdown.ts';
import { useServices } from '../services.ts';
import { askAgain } from './state/answers.ts';
import type { Specimen } from './state/specimens.ts';
import s from './PictureStrip.module.css';

/** The pictures of the strip that the full queue refused. */
export function refusedOf(specimens: readonly Specimen[]): readonly Specimen[] {
  return specimens.filter(({ pending, error }) => !pending && error?.code === 'engine/queue-full');
}

/** Says that pictures were refused because too many waited, and asks for them again. */
export function RefusedNote({ refused }: { readonly refused: readonly Specimen[] }): ReactElement {
  const { engine } = useServices();
  const client = useQueryClient();
  const seconds = useCountdown(
    Math.max(...refused.map(({ error, errorAt }) => errorAt + (error?.retryAfterMs ?? 0))),
  );
  const count = refused.length;
  const again = count === 1 ? 'Try it again' : `Try these ${formatCount(count)} again`;
  return (
    <div className={s['note']}>
      <p>
        {plural(count, 'picture was', 'pictures were')} refused because{' '}
        {formatCount(limitOf('queueLength'))} were already waiting.
      </p>
      <Button
        kind="plain"
        data-focus="again"
        disabled={seconds > 0}
        onClick={() => {
          for (const { question } of refused) {
            if (question) void askAgain(engine, client, question);
          }
        }}
      >
        {again}
      </Button>
    </div>
  );
}
