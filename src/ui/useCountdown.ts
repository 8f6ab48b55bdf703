import { useEffect, useState } from 'react';

/** Whole seconds until `until` (ms since the epoch); 0 once it has passed. */
export function useCountdown(until: number): number {
  const [now, setNow] = useState(() => Date.now());

  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= until) clearInterval(timer);
    }, 250);
    return () => {
      clearInterval(timer);
    };
  }, [until]);

  return Math.max(0, Math.ceil((until - now) / 1000));
}
