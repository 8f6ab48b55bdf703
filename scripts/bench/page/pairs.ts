/**
 * Takes two measurements in turn, each first in every other pair, so that neither profits from its place.
 * @param warmUps pairs that are taken and thrown away
 */
export async function inTurn<A, B>(
  { warmUps, pairs }: { readonly warmUps: number; readonly pairs: number },
  a: () => Promise<A>,
  b: () => Promise<B>,
): Promise<{ readonly a: A[]; readonly b: B[] }> {
  const taken: { a: A[]; b: B[] } = { a: [], b: [] };
  for (let index = -warmUps; index < pairs; index += 1) {
    const bFirst = index % 2 === 0;
    const early = bFirst ? await rested(b) : null;
    const resultA = await rested(a);
    const resultB = early ? early.value : (await rested(b)).value;
    if (index < 0) continue;
    taken.a.push(resultA.value);
    taken.b.push(resultB);
  }
  return taken;
}

/**
 * Takes one measurement again and again, the first time for nothing.
 * @param before what must happen before every time but the first; it is not measured.
 */
export async function repeated<T>(
  times: number,
  measure: () => Promise<T>,
  { before }: { readonly before?: () => Promise<void> } = {},
): Promise<T[]> {
  const taken: T[] = [];
  await rested(measure);
  while (taken.length < times) {
    await before?.();
    taken.push((await rested(measure)).value);
  }
  return taken;
}

/** Waits a moment before, so that what ended just now (a worker, a collection) is not measured as well. */
async function rested<T>(measure: () => Promise<T>): Promise<{ value: T }> {
  await new Promise((resolve) => setTimeout(resolve, 25));
  return { value: await measure() };
}
