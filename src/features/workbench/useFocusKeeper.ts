import { useEffect } from 'react';

/** What an element is to the keeper of the focus, as its `data-focus`. */
export type FocusMark = 'open' | 'sample' | 'status' | 'again' | 'cancel' | 'remove';

/** Where the focus goes when the marked element that had it leaves the page: the first of these that takes it. */
const HEIRS: Readonly<Record<FocusMark, readonly FocusMark[]>> = {
  open: ['open'],
  sample: ['status'],
  status: ['status'],
  again: ['status'],
  cancel: ['again', 'status'],
  remove: ['remove', 'open'],
};

/**
 * Keeps the keyboard's place: when the focused element leaves the page (its button did its work), the browser
 * drops the focus on the body, and the next Tab starts at the top of the page. Here an heir gets it instead: by
 * the element's `data-focus`, else the status line.
 */
export function useFocusKeeper(): void {
  useEffect(() => {
    const listening = new AbortController();
    let last: Element | null = null;

    const astray = () => document.activeElement === document.body;
    document.addEventListener(
      'focusin',
      ({ target }) => {
        last = target instanceof Element ? target : null;
      },
      { signal: listening.signal },
    );
    document.addEventListener(
      'focusout',
      () => {
        // After a removal, too, some browsers send this: only the end of the task shows which it was.
        queueMicrotask(() => {
          if (last?.isConnected === true && astray()) last = null; // the person left it
        });
      },
      { signal: listening.signal },
    );
    const observer = new MutationObserver(() => {
      if (!last || last.isConnected) return;
      const lost = last;
      last = null;
      if (astray()) handOver(lost);
    });
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      listening.abort();
      observer.disconnect();
    };
  }, []);
}

function handOver(lost: Element): void {
  const mark = lost instanceof HTMLElement ? lost.dataset['focus'] : undefined;
  // A sample's picture is brought into view by its coming (useStageInView): no second scrolling.
  const preventScroll = mark === 'sample';
  for (const heir of isMark(mark) ? HEIRS[mark] : HEIRS.status) {
    const element = document.querySelector<HTMLElement>(`[data-focus="${heir}"]`);
    element?.focus({ preventScroll });
    if (element && document.activeElement === element) return;
  }
}

function isMark(mark: string | undefined): mark is FocusMark {
  return mark !== undefined && Object.hasOwn(HEIRS, mark);
}
