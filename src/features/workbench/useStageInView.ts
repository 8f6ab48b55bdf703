import { useEffect, useRef, type RefObject } from 'react';
import { useBench } from './state/bench.ts';

/**
 * Brings the stage into view when a picture comes while it is out of sight, as on a phone scrolled down to the
 * samples. Looking at another picture of the strip moves nothing.
 * @returns ref of the element with the stage.
 */
export function useStageInView(): RefObject<HTMLDivElement | null> {
  const stage = useRef<HTMLDivElement>(null);
  const added = useBench((state) => state.added);

  useEffect(() => {
    if (added === 0 || !stage.current) return;
    const { top } = stage.current.getBoundingClientRect();
    // With its top in the upper half, picture and answer are seen, or grow into view.
    if (top >= 0 && top <= window.innerHeight / 2) return;
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    stage.current.scrollIntoView({ block: 'start', behavior: still ? 'auto' : 'smooth' });
  }, [added]);

  return stage;
}
