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

/** What begins a run: whoever pressed it waits for the outcome. */
const BEGIN_RUNS: ReadonlySet<string> = new Set<FocusMark>(['again', 'sample']);

/**
 * Keeps the keyboard's place: when the focused element leaves the page (its button did its work), the browser
 * drops the focus on the body, and the next Tab starts at the top of the page. Here an heir gets it instead: by
 * the element's `data-focus`, else the status line; from there it goes on to "Try again" when the run fails.
 */
export function useFocusKeeper(): void {
  useEffect(() => {
    const listening = new AbortController();
    let last: Element | null = null;
    /** The status line, while it holds the focus of what began a run. */
    let waiting: Element | null = null;

    const astray = () => document.activeElement === document.body;
    document.addEventListener(
      'focusin',
      ({ target }) => {
        last = target instanceof Element ? target : null;
        if (target !== waiting) waiting = null;
      },
      { signal: listening.signal },
    );
    document.addEventListener(
      'focusout',
      () => {
        // After a removal, too, some browsers send this: only the end of the task shows which it was.
        queueMicrotask(() => {
          if (last?.isConnected === true && astray()) last = waiting = null; // the person left it
        });
      },
      { signal: listening.signal },
    );
    const observer = new MutationObserver(() => {
      if (last && !last.isConnected) {
        const lost = last;
        const ran = lost === waiting || BEGIN_RUNS.has(markOf(lost) ?? '');
        last = null;
        if (astray()) handOver(lost);
        const heir = document.activeElement;
        waiting = ran && heir && markOf(heir) === 'status' ? heir : null;
      }
      // The run that the person began has failed: the same place as after Cancel.
      if (waiting instanceof HTMLElement && waiting.dataset['state'] === 'error') {
        waiting = null;
        focusFirst(['again']);
      }
    });
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      listening.abort();
      observer.disconnect();
    };
  }, []);
}

function handOver(lost: Element): void {
  const mark = markOf(lost);
  // A sample's picture is brought into view by its coming (useStageInView): no second scrolling.
  const preventScroll = mark === 'sample';
  focusFirst(isMark(mark) ? HEIRS[mark] : HEIRS.status, preventScroll);
}

/** Gives the focus to the first of these that is there and takes it. */
function focusFirst(marks: readonly FocusMark[], preventScroll = false): void {
  for (const heir of marks) {
    const element = document.querySelector<HTMLElement>(`[data-focus="${heir}"]`);
    element?.focus({ preventScroll });
    if (element && document.activeElement === element) return;
  }
}

function markOf(element: Element): string | undefined {
  return element instanceof HTMLElement ? element.dataset['focus'] : undefined;
}

function isMark(mark: string | undefined): mark is FocusMark {
  return mark !== undefined && Object.hasOwn(HEIRS, mark);
}
