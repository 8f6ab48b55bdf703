import { useLayoutEffect, useRef, type FocusEvent } from 'react';

interface FocusHandlers {
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  readonly onBlur: () => void;
}

/**
 * Hands the focus on when the element that held it leaves the page; the browser would leave it on the body.
 * Used by the component that renders what may leave.
 * @param heirOf who gets the focus; `lost` is the element that held it, with what was around it in its own list item.
 * @returns handlers for the element around everything that may leave.
 */
export function useFocusHandover(
  heirOf: (lost: HTMLElement) => HTMLElement | null | undefined,
): FocusHandlers {
  const held = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    const lost = held.current;
    if (lost && !lost.isConnected && document.activeElement === document.body) {
      held.current = null;
      heirOf(lost)?.focus();
    }
  });
  return {
    onFocus: ({ target }) => {
      held.current = target;
    },
    onBlur: () => {
      held.current = null; // React keeps quiet about an element that it removes
    },
  };
}
