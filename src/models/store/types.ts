/** A file in the store. */
export interface StoredFile {
  readonly name: string;
  readonly bytes: number;
}

/**
 * Downloads that have not ended, by a key of the caller's. A key has one writer at a time; the caller sees to that.
 * @throws AppError `store/quota` when the device is full, `store/failed` otherwise.
 */
export interface PartialFiles {
  /** Bytes kept so far; 0 when there is nothing. */
  readonly size: (key: string) => Promise<number>;
  readonly read: (key: string) => Promise<Uint8Array<ArrayBuffer> | null>;
  /**
   * Writes at a position that is not behind the end, and cuts off what was behind it. On the device when it resolves.
   * The bytes may be transferred away: the caller must not use them afterwards.
   */
  readonly write: (key: string, at: number, bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  readonly remove: (key: string) => Promise<void>;
  readonly list: () => Promise<readonly StoredFile[]>;
  /** Makes a complete partial file the verified one of this digest, in one step. The caller has just digested it. */
  readonly commit: (key: string, sha256: string) => Promise<void>;
}

/**
 * Verified files by SHA-256, and partial ones by key. The store is a convenience, never an authority: what it
 * returns is digested again by whoever asks.
 * @throws AppError `store/quota` when the device is full, `store/failed` otherwise.
 */
export interface FileStore {
  /** `opfs`: files through a worker; `cache`: the Cache API, partial files in memory; `memory`: gone with the page. */
  readonly backend: 'opfs' | 'cache' | 'memory';
  /** The bytes kept under a digest, unverified; null when there are none. */
  readonly read: (sha256: string) => Promise<Uint8Array<ArrayBuffer> | null>;
  readonly has: (sha256: string) => Promise<boolean>;
  /** Keeps bytes under the digest they were just found to have. They may be transferred away. */
  readonly keep: (sha256: string, bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  /**
   * Removes an entry, unless `isNeeded`. It is asked when nobody else can keep or read the file: whoever names a file
   * before keeping it, or looking whether it is there, does not lose it.
   * @returns whether one was removed.
   */
  readonly discard: (sha256: string, isNeeded?: () => Promise<boolean>) => Promise<boolean>;
  readonly list: () => Promise<readonly StoredFile[]>;
  /**
   * How many of so many bytes there is room for, found out by trying where that can be done: what browsers tell of
   * it may be made up (Chromium says 10 GiB, https://chromestatus.com/feature/4977371751645184).
   */
  readonly room: (wanted: number) => Promise<number>;
  readonly partials: PartialFiles;
}
