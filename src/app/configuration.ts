/** The operator's configuration, read once for everybody. */
export interface SharedConfiguration<T> {
  /** What was read last; read now when nothing was, or when that failed. */
  readonly current: () => Promise<T>;
  /** For a catalogue: the first shares what is read at the start, every later one reads anew. */
  readonly forCatalogue: () => Promise<T>;
}

/** Shares what `load` reads. A failure is told to everybody who waits for it, and then forgotten. */
export function shareConfiguration<T>(load: () => Promise<T>): SharedConfiguration<T> {
  let last: Promise<T> | null = null;
  let isUsed = false;
  const read = (): Promise<T> => {
    const reading = load().catch((thrown: unknown) => {
      if (last === reading) last = null;
      throw thrown;
    });
    last = reading;
    return reading;
  };
  const current = () => last ?? read();
  return {
    current,
    forCatalogue: () => {
      const configuration = isUsed ? read() : current();
      isUsed = true;
      return configuration;
    },
  };
}
