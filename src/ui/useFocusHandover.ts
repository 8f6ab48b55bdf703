import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';

/**
 * Hands the focus on when the element that held it leaves the page; the browser would leave it on the body.
 * Used by the component that renders what may leave.
 * @param box the element around everything that may leave; it stays itself.
 * @param heirOf who gets the focus; `lost` is the element that held it, with what was around it in its own list item.
 */
export function useFocusHandover(
  box: RefObject<HTMLElement | null>,
  heirOf: (lost: HTMLElement) => HTMLElement | null | undefined,
): void {
  const held = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    const lost = held.current;
    if (lost && !lost.isConnected && document.activeElement === document.body) {
      held.current = null;
      heirOf(lost)?.focus();
    }
  });
  // The browser's own events: React keeps quiet about those of its commits, and a dialog gives the focus back in one.
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    box.current?.addEventListener(
      'focusin',
      ({ target }) => {
        held.current = target instanceof HTMLElement ? target : null;
      },
      { signal },
    );
    box.current?.addEventListener(
      'focusout',
      () => {
        // After a removal, too, some browsers send this: only the end of the task shows which it was.
        queueMicrotask(() => {
          const left = held.current;
          if (left?.isConnected === true && document.activeElement !== left) held.current = null;
        });
      },
      { signal },
    );
    return () => {
      listening.abort();
    };
  }, [box]);
}
