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

/** Waits a moment before, so that what ended just now (a worker, a collection) is not measured as well. */
async function rested<T>(measure: () => Promise<T>): Promise<{ value: T }> {
  await new Promise((resolve) => setTimeout(resolve, 25));
  return { value: await measure() };
}
