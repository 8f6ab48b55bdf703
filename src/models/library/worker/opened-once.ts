/** Opens something when it is first asked for, and keeps it. A failure is not kept: the next question tries again. */
export function openedOnce<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | null = null;
  return async () => {
    const opening = (opened ??= open());
    try {
      return await opening;
    } catch (thrown) {
      if (opened === opening) opened = null;
      throw thrown;
    }
  };
}
