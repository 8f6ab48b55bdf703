import { Check, CircleAlert, CircleDashed, CircleSlash2, Hourglass, Image } from 'lucide-react';
import { useEffect, useRef, type ReactElement } from 'react';
import { BitmapCanvas } from '../../ui/BitmapCanvas.tsx';
import { Mark } from '../../ui/Mark.tsx';
import { RefusedNote, refusedOf } from './RefusedNote.tsx';
import { questionHash } from './state/answers.ts';
import { selectPicture, useBench } from './state/bench.ts';
import { usePreview } from './state/previews.ts';
import { useProgress } from './state/progress.ts';
import type { Specimen } from './state/specimens.ts';
import s from './PictureStrip.module.css';

type CardState = 'unread' | 'waiting' | 'working' | 'done' | 'error' | 'cancelled';

const SIGNS: Readonly<Record<CardState, ReactElement>> = {
  unread: <CircleDashed />,
  waiting: <Hourglass />,
  working: <Mark busy />,
  done: <Check />,
  error: <CircleAlert />,
  cancelled: <CircleSlash2 />,
};

interface PictureStripProps {
  readonly specimens: readonly Specimen[];
  readonly selectedId: string | null;
}

/** The pictures on the bench, newest first, each with the state of its job. */
export function PictureStrip({ specimens, selectedId }: PictureStripProps): ReactElement {
  const notTaken = useBench((state) => state.notTaken);
  const refused = refusedOf(specimens);
  const list = useRef<HTMLUListElement>(null);

  // The strip moves, never the page: scrollIntoView would move both.
  useEffect(() => {
    const strip = list.current;
    const card = strip?.querySelector<HTMLElement>('[aria-current]')?.parentElement;
    if (!strip || !card) return;
    const left = card.offsetLeft - strip.offsetLeft;
    const right = left + card.offsetWidth;
    if (left < strip.scrollLeft) strip.scrollLeft = left;
    else if (right > strip.scrollLeft + strip.clientWidth) {
      strip.scrollLeft = right - strip.clientWidth;
    }
  }, [selectedId]);

  return (
    <nav aria-label="Pictures on the bench">
      <ul ref={list} className={s['strip']}>
        {specimens.map((specimen) => (
          <li key={specimen.picture.id} className={s['item']}>
            <Card specimen={specimen} selected={specimen.picture.id === selectedId} />
          </li>
        ))}
      </ul>
      {/* Always there: what appears inside is then announced. */}
      <div role="status">
        {notTaken > 0 && (
          <p className={s['note']}>
            The bench holds {specimens.length} pictures; {notTaken} more{' '}
            {notTaken === 1 ? 'was' : 'were'} not taken. Add them again: new pictures push the
            oldest out.
          </p>
        )}
        {refused.length > 0 && <RefusedNote refused={refused} />}
      </div>
    </nav>
  );
}

interface CardProps {
  readonly specimen: Specimen;
  readonly selected: boolean;
}

function Card({ specimen, selected }: CardProps): ReactElement {
  const { picture, question } = specimen;
  const preview = usePreview(picture.id);
  const progress = useProgress(question && questionHash(question));
  const state = cardState(specimen, progress?.stage === 'queued');
  return (
    <button
      type="button"
      className={s['card']}
      aria-current={selected ? 'true' : undefined}
      title={picture.name}
      data-testid="picture"
      data-picture={picture.name}
      data-state={state}
      data-code={specimen.error?.code}
      onClick={() => {
        selectPicture(picture.id);
      }}
    >
      <span className={s['thumb']}>
        {preview ? (
          <BitmapCanvas bitmap={preview} side={160} className={s['canvas']} />
        ) : (
          <Image aria-hidden="true" className={s['blank']} />
        )}
        <span className={s['sign']} aria-hidden="true">
          {SIGNS[state]}
        </span>
      </span>
      <span className={s['name']}>{picture.name}</span>
      <span className="visually-hidden">, {state}</span>
    </button>
  );
}

function cardState(specimen: Specimen, queued: boolean): CardState {
  const { question, pending, report, error } = specimen;
  if (!question) return 'waiting'; // for the catalogue
  if (pending) return queued ? 'waiting' : 'working';
  if (error) return error.code === 'engine/cancelled' ? 'cancelled' : 'error';
  return report ? 'done' : 'unread';
}
