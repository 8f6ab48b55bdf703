import { useEffect, useState, type RefCallback } from 'react';

/** Size of an element's box in screen pixels, kept up to date, and the element; 0 × 0 before it is on the page. */
export function useElementSize<E extends Element>(): readonly [
  RefCallback<E>,
  { width: number; height: number },
  E | null,
] {
  const [element, setElement] = useState<E | null>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });

  useEffect(() => {
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [element]);

  return [setElement, size, element];
}
