import { useLayoutEffect, type RefObject } from 'react';
import { useHanded } from '../own/state/handed.ts';

interface Place {
  readonly id: string;
  /** From the top of the window to that of the row, in CSS pixels. */
  readonly top: number;
}

/** For so many frames the row is held in its place: what is above takes its height, and the rows in sight theirs. */
const FRAMES = 10;

/** Kept while the page is open, as search and filters are. */
let left: Place | null = null;

/**
 * Gives whoever comes back to the list the place at which they left it, unless a file came that is looked at above it.
 * The place is that of a row: rows out of sight have heights that the browser only guesses.
 */
export function usePlace(list: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const box = list.current;
    const row = left && box?.querySelector(`[data-model="${CSS.escape(left.id)}"]`);
    let frame = 0;
    if (row && left && useHanded.getState().file === null) {
      let held = row;
      let { top } = left;
      let focused = document.activeElement;
      let frames = FRAMES;
      const bring = () => {
        // Whoever leads the focus elsewhere leads the eye too: what has it now is held where it is.
        const { activeElement } = document;
        if (activeElement && activeElement !== focused) {
          focused = held = activeElement;
          top = held.getBoundingClientRect().top;
        }
        window.scrollBy({ top: held.getBoundingClientRect().top - top, behavior: 'instant' });
        frames -= 1;
        if (frames > 0) frame = requestAnimationFrame(bring);
      };
      bring();
    }
    return () => {
      cancelAnimationFrame(frame);
      left = box && placeIn(box);
    };
  }, [list]);
}

/** The first row in sight; null where the list begins in sight, or below. */
function placeIn(list: HTMLElement): Place | null {
  if (list.getBoundingClientRect().top >= 0) return null;
  for (const row of list.children) {
    const id = row.getAttribute('data-model');
    const { top } = row.getBoundingClientRect();
    if (top >= 0 && id !== null) return { id, top };
  }
  return null;
}
