/** The nearest whole number, ties to the even one: C's `rint`, numpy's `round`, OpenCV's `cvRound`. */
export function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const fraction = value - below;
  if (fraction !== 0.5) return fraction < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}
