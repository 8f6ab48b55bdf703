import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { AppError, asAppError } from '../../../core/errors.ts';
import { takesAnySize } from '../../../core/onnx/open-size.ts';
import type { GateVerdict, GivenPicture } from '../../../core/onnx/types.ts';
import { useServices } from '../../services.ts';
import type { PictureInput } from '../../../tasks/propose/picture-input.ts';
import { atSize, type Estimates } from '../inspector/estimates.ts';
import type { Draft } from './draft.ts';
import { pictureOf } from './preview.ts';
import type { Problem } from './problems.ts';
import type { ReadFile } from './read-file.ts';
import { useOwnWork } from './state/work.ts';

/** What a run takes at the size that the person chose, of a network whose file leaves it open. */
export interface SizeEstimate {
  readonly picture: GivenPicture;
  /** Null while it is being reckoned, and where that failed. */
  readonly found: (Estimates & { readonly verdict: GateVerdict }) | null;
  readonly error: AppError | null;
}

/** How long a size must stand before it is reckoned with, in ms: a number is typed digit by digit. */
const SETTLED_MS = 300;

/** One at a time, so that a large file is in memory once. */
let turn: Promise<unknown> = Promise.resolve();

/** Does `work` after what was asked for before; nothing once nobody wants it any more. */
function inTurn<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const mine = turn.then(() => {
    signal.throwIfAborted();
    return work();
  });
  turn = Promise.allSettled([mine]);
  return mine;
}

/**
 * Reckons anew whenever the size in the form of a file changes. Nothing waits for it, the last size wins, and nothing
 * is noted: keeping the file judges it for good.
 * @returns null where the file fixes the size, and while the form names none.
 */
export function useSizeEstimate(read: ReadFile): SizeEstimate | null {
  const { library } = useServices();
  const { own, blob, offers } = read;
  const draft = useOwnWork(({ stage }) =>
    stage.at === 'read' && stage.read === read ? stage.form?.draft : undefined,
  );
  const usable =
    takesAnySize(own.inspection) && offers && !(offers instanceof AppError) ? offers : null;
  const picture = draft && usable ? pictureOf(draft, usable.picture) : null;
  const size = picture ? `${String(picture.width)} ${String(picture.height)}` : '';
  const settled = useSettled(size) === size;
  const query = useQuery({
    queryKey: ['size-estimate', own.sha256, picture],
    queryFn: ({ signal }) =>
      inTurn(signal, async () => {
        const { inspection, verdict } = await library.inspect(
          blob,
          undefined,
          picture ?? undefined,
        );
        const { unknownShapes, unfollowed, multiplyAdds, activationBytes } = inspection;
        return { unknownShapes, unfollowed, multiplyAdds, activationBytes, verdict };
      }),
    enabled: picture !== null && settled,
    retry: false,
    staleTime: Infinity,
    networkMode: 'always',
  });
  if (!picture) return null;
  return { picture, found: query.data ?? null, error: query.error && asAppError(query.error) };
}

/** Says at the field that a draft's size is in that the gate refuses that size; empty where it does not, or is not asked. */
export function sizeProblems(
  { rule }: Draft,
  { width }: Pick<PictureInput, 'width'>,
  sized: Pick<SizeEstimate, 'picture' | 'found'> | null,
): readonly Problem[] {
  if (sized?.found?.verdict.accepted !== false) return [];
  const field = rule === 'short-within' ? 'max' : width === null ? 'width' : 'height';
  const sentence = `Not accepted ${atSize(sized.picture).toLowerCase()}. Choose another size.`;
  return [{ field, sentence }];
}

/** A value once it has not changed for a moment; the first one at once. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value);
    }, SETTLED_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [value]);
  return settled;
}
