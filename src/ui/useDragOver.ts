import { useCallback, useRef, useState } from 'react';

/** What happened to a drag: it entered an element, left one, or ended. */
export type DragStep = 'enter' | 'leave' | 'end';

/** Whether a drag is over something, by the steps that it is told. @returns also what to tell them to, always the same. */
export function useDragOver(): readonly [boolean, (step: DragStep) => void] {
  const [over, setOver] = useState(false);
  // Entering a child comes before leaving its parent: only the balance says whether the drag is outside.
  const depth = useRef(0);
  const drag = useCallback((step: DragStep) => {
    const next = { enter: depth.current + 1, leave: depth.current - 1, end: 0 }[step];
    depth.current = Math.max(0, next);
    setOver(depth.current > 0);
  }, []);
  return [over, drag];
}
