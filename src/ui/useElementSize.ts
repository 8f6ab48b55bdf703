import { useEffect, useState, type RefCallback } from 'react';

/** Size of an element's box in screen pixels, kept up to date; 0 × 0 before it is on the page. */
export function useElementSize(): readonly [
  RefCallback<Element>,
  { width: number; height: number },
] {
  const [element, setElement] = useState<Element | null>(null);
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

  return [setElement, size];
}
