/**
 * Settles like `work`, unless `ms` pass first: then `onLate` makes the error (and does what ends the work).
 * The timer never outlives the race.
 */
export async function withDeadline<T>(
  work: Promise<T>,
  ms: number,
  onLate: () => Error,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(onLate());
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
