/** Collects what comes from the network and gives it back in pieces of one size. */
export class PieceBuffer {
  readonly #size: number;
  #parts: Uint8Array[] = [];
  #length = 0;

  /** @param size bytes of a piece. */
  constructor(size: number) {
    this.#size = size;
  }

  get length(): number {
    return this.#length;
  }

  push(part: Uint8Array): void {
    this.#parts.push(part);
    this.#length += part.length;
  }

  /** A whole piece; null while there is none. */
  take(): Uint8Array<ArrayBuffer> | null {
    return this.#length < this.#size ? null : this.#cut(this.#size);
  }

  /** Everything that is left, less than a piece. */
  rest(): Uint8Array<ArrayBuffer> {
    return this.#cut(this.#length);
  }

  #cut(bytes: number): Uint8Array<ArrayBuffer> {
    const piece = new Uint8Array(bytes);
    let at = 0;
    while (at < bytes) {
      const part = this.#parts[0] ?? new Uint8Array();
      const used = part.subarray(0, bytes - at);
      piece.set(used, at);
      at += used.length;
      if (used.length === part.length) this.#parts.shift();
      else this.#parts[0] = part.subarray(used.length);
    }
    this.#length -= bytes;
    return piece;
  }
}

/** The window over which the speed is taken, in ms: long enough to be calm, short enough to be true. */
const WINDOW_MS = 5_000;
/** Before this much time, a speed would be a guess. */
const FIRST_MS = 500;

/** Bytes a second over the last seconds. */
export class SpeedMeter {
  readonly #samples: { readonly at: number; readonly bytes: number }[] = [];

  /** @param at ms on any clock; @param bytes of the file so far. @returns null at the start. */
  add(at: number, bytes: number): number | null {
    this.#samples.push({ at, bytes });
    // One sample older than the window stays, so that the window is full.
    while ((this.#samples[1]?.at ?? at) < at - WINDOW_MS) this.#samples.shift();
    const oldest = this.#samples[0] ?? { at, bytes };
    const ms = at - oldest.at;
    return ms < FIRST_MS ? null : Math.max(0, ((bytes - oldest.bytes) * 1000) / ms);
  }
}

/** The longest pause of its own will, in ms. */
const LONGEST_MS = 16_000;

/**
 * How long to wait after so many failures in a row: a second, doubled each time, of which a random half is left out
 * so that many pages do not come back at once.
 * @param random 0 to 1.
 */
export function pauseMs(failures: number, random: number): number {
  const full = Math.min(LONGEST_MS, 1000 * 2 ** (failures - 1));
  return full * (0.5 + random / 2);
}
