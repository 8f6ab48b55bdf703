import { grouped, inMiB } from '../image/intake-error.ts';

/*
 * Computed sizes stop at Number.MAX_SAFE_INTEGER, which printed as it is would look exact.
 */

/** The largest number that is exact. */
const LAST = Number.MAX_SAFE_INTEGER - 1;

/** A side of a shape, “more than 9,007,199,254,740,990” where counting stopped. */
export function printedSide(side: number): string {
  return side <= LAST ? String(side) : `more than ${grouped(LAST)}`;
}

/** “about 1.5 MiB”; “more than 8,589,934,591 MiB” where counting stopped, and for what is no number. */
export function aboutMiB(bytes: number): string {
  return bytes <= LAST
    ? `about ${inMiB(bytes)}`
    : `more than ${grouped(Math.floor(LAST / 2 ** 20))} MiB`;
}
