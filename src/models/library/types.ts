import type { AppError } from '../../core/errors.ts';
import type { Grade, Provider } from '../../core/integrity/provenance.ts';
import type { GateVerdict, GivenPicture, ModelInspection } from '../../core/onnx/types.ts';
import type { ModelEntry } from '../../tasks/registry.ts';
import type { ManifestVerdict } from '../manifest-verdict.ts';

/** What somebody published about a file before it was downloaded. */
export type Claim =
  | { readonly kind: 'sha256'; readonly sha256: string; readonly chunks: ChunkDigests | null }
  | { readonly kind: 'sha1'; readonly sha1: string }
  /** The first hexadecimal digits of a SHA-1 (8 digits = 32 bits in GluonCV's names). */
  | { readonly kind: 'sha1-prefix'; readonly prefix: string };

/** SHA-256 of each piece of `bytes` bytes, the last one shorter. */
export interface ChunkDigests {
  readonly bytes: number;
  readonly sha256: readonly string[];
}

/** Something that can be downloaded and installed. */
export interface Installable {
  /** Unique in the library; the id of the model once installed. */
  readonly id: string;
  readonly title: string;
  /** Absolute; its host must be allowed by the configuration, and so must those it redirects to. */
  readonly url: string;
  /** Size in bytes where it is published. */
  readonly bytes: number | null;
  readonly claim: Claim;
  readonly grade: Grade;
  /** Who vouches, as a sentence shows it: “ONNX Model Zoo, LFS pointer at commit b1eeaa1a”. */
  readonly vouchedBy: string;
  /**
   * Makes the model's declaration once the file passed the gate. Throws an AppError `gate/…` where no contract
   * fits; then nothing is installed.
   */
  readonly declare: (found: VerifiedFile) => ModelEntry;
}

/*
 * Labels: an entry's `labels` names a file with its digest. For the catalogue's models it is one of the page's own
 * `library/labels/` files, fetched and verified like every other; for own models it comes with the file.
 */

/** A file that passed its claim and the gate. */
export interface VerifiedFile {
  readonly sha256: string;
  readonly bytes: number;
  readonly inspection: ModelInspection;
}

/** A model on this device. */
export interface InstalledModel {
  readonly entry: ModelEntry;
  readonly grade: Grade;
  readonly provider: Provider;
  /** Null for a file of the person's own. */
  readonly url: string | null;
  readonly vouchedBy: string;
  /** ISO 8601. */
  readonly installedAt: string;
  readonly usedAt: string;
}

/** A model that was used here and is refused from now on. */
export interface WithdrawnModel {
  readonly id: string;
  /** As people read it; the id where only the ledger knows of the model. */
  readonly title: string;
  /** The withdrawn file: the model's or its labels'. */
  readonly sha256: string;
}

/** What a download waits for before more can come. */
export type Wait =
  /** A place: so many other downloads have to end before. */
  | { readonly for: 'turn'; readonly others: number }
  /** The next try, after one that failed. */
  | {
      readonly for: 'retry';
      /** When it begins, in ms since the epoch. */
      readonly until: number;
      /** Its number, from 2 to `attempts`. */
      readonly attempt: number;
      readonly attempts: number;
      /** What went wrong before. */
      readonly error: AppError;
    };

/** How far a download is. */
export interface DownloadProgress {
  readonly loadedBytes: number;
  /** Null while the server has not said. */
  readonly totalBytes: number | null;
  /** Over the last seconds; null at the start and while it waits. */
  readonly bytesPerSecond: number | null;
  /** Null while bytes may come. */
  readonly waits: Wait | null;
}

/**
 * What an installed model lacks: its file (discarded because it had changed, or cleared by the browser), which is
 * fetched and verified at the next use; or, of a person's own, its labels, which are as little to be had elsewhere.
 */
export type Missing = 'file' | 'labels';

/** How an install is going. */
export type InstallState =
  | { readonly state: 'available' }
  | ({ readonly state: 'downloading' } & DownloadProgress)
  /** Another tab of this page downloads or verifies it. */
  | {
      readonly state: 'elsewhere';
      /** As the other tab noted last. */
      readonly loadedBytes: number;
      readonly totalBytes: number | null;
    }
  /** What came so far is kept; going on asks the server for the rest. */
  | {
      readonly state: 'paused';
      readonly loadedBytes: number;
      readonly totalBytes: number | null;
      /**
       * Why it stopped, unless the person paused it. With `download/offline` it goes on by itself when the network is
       * back, or when the page is opened again with one; where it could not, why.
       */
      readonly error: AppError | null;
    }
  /** Digest, gate, contract. */
  | { readonly state: 'verifying' }
  | {
      readonly state: 'installed';
      readonly model: InstalledModel;
      /** What of it is no longer on this device; absent where everything is there. */
      readonly missing?: Missing;
    }
  | { readonly state: 'refused'; readonly error: AppError };

/** Where verified files are kept on this device. */
export interface StorageReport {
  /** `opfs`: files through a worker; `cache`: the Cache API; `memory`: gone with the page. */
  readonly backend: 'opfs' | 'cache' | 'memory';
  /** Bytes of the library's own files. */
  readonly usedBytes: number;
  /** The browser's estimate for this origin; null where it gives none. */
  readonly quotaBytes: number | null;
  /** Whether the browser promised not to evict. */
  readonly persisted: boolean;
  /** False when what is installed, and the ledger, are noted in memory only: gone when the page is closed. */
  readonly rowsPersistent: boolean;
}

/** One line of the ledger: append-only, each with the hash of the one before. */
export interface LedgerEvent {
  /** From 1, without gaps. */
  readonly sequence: number;
  /** ISO 8601. */
  readonly at: string;
  readonly kind:
    'installed' | 'removed' | 'verified' | 'refused' | 'discarded' | 'evicted' | 'revoked';
  readonly model: string;
  /**
   * Of a refused line the digest of what came or was withdrawn, null where nothing came whole; of a discarded one the
   * digest that the file was kept as.
   */
  readonly sha256: string | null;
  readonly bytes: number | null;
  /** URL, “own file”, “this device”, or that the bytes were already on it. */
  readonly from: string;
  readonly vouchedBy: string;
  readonly grade: Grade | null;
  /** Code of the refusal; null otherwise. */
  readonly code: string | null;
  /** Of an installed line: the policy asked, and the person agreed. Earlier versions did not note it. */
  readonly consent?: true;
  /** SHA-256 of the previous line; 64 zeros for the first, or the anchor after a rotation. */
  readonly previous: string;
  /** SHA-256 of this line's other fields as canonical JSON. */
  readonly hash: string;
}

/** Whether the ledger's chain holds, and if not, from which line on and why. */
export type LedgerVerdict =
  | { readonly intact: true }
  | { readonly intact: false; readonly sequence: number; readonly because: string };

/** The models on this device and how they get there and leave. One for the page; every method may be called at any time. */
export interface Library {
  /** Everything installed, newest first. */
  readonly installed: () => Promise<readonly InstalledModel[]>;
  /** The state of one id; `available` when nothing is known. */
  readonly state: (id: string) => InstallState;
  /** Called after every change of any state. @returns what stops it. */
  readonly subscribe: (listener: () => void) => () => void;
  /**
   * Downloads, verifies, judges and keeps a model, or goes on where it stopped. The policy is asked before: with
   * `ask`, `confirmed` must be true.
   * Asked for an id that is being installed already, it answers with that install; for one that is installed, with it.
   * @throws AppError `download/…`, `integrity/…`, `gate/…`, `store/…`, `manifest/bad-labels`; `download/needs-consent`,
   * `download/refused-by-policy`, `integrity/revoked`, `store/busy` when another tab is at it; `download/paused` and
   * `download/cancelled` when the person stops it.
   */
  readonly install: (
    item: Installable,
    options: { readonly confirmed: boolean },
  ) => Promise<InstalledModel>;
  /** Stops a download and keeps what came. */
  readonly pause: (id: string) => void;
  /** Stops a download and forgets what came. */
  readonly cancel: (id: string) => Promise<void>;
  /**
   * Keeps a file of the person's own that passes the gate, under a declaration the person confirmed.
   * @throws AppError `gate/…`, `integrity/…`, `store/…`, `manifest/…`, `download/refused-by-policy`.
   */
  readonly installOwn: (file: Blob, entry: ModelEntry, labels: Blob) => Promise<InstalledModel>;
  /**
   * Reads a file in the library's worker and judges it; nothing is executed or kept. A refusal goes into the ledger,
   * but for that of an own file at a `picture`: the person is still choosing its size, and keeping it judges it anew.
   * @param of whose file it is; the person's own where absent.
   * @param picture what the network will be given; it decides what one of open size takes.
   */
  readonly inspect: (
    file: Blob,
    of?: Pick<Installable, 'id' | 'url' | 'vouchedBy' | 'grade'>,
    picture?: GivenPicture,
  ) => Promise<{
    readonly inspection: ModelInspection;
    readonly verdict: GateVerdict;
    readonly sha256: string;
  }>;
  /**
   * Removes a model, and its files unless another one needs them.
   * @param why `evicted` when it made room for another one. @throws AppError `store/busy` when another tab installs it.
   */
  readonly remove: (id: string, why?: 'removed' | 'evicted') => Promise<void>;
  /**
   * Says what the catalogue offers, as far as the policy allows: what of it was withdrawn is shown as refused before
   * anybody tries to install it. What stopped for want of a network goes on, and an unfinished download that the
   * whole catalogue does not name is forgotten; one of another address there says so.
   */
  readonly offer: (items: readonly Pick<Installable, 'id' | 'title' | 'claim' | 'url'>[]) => void;
  /**
   * Removes every model with one of these digests, and refuses them from now on.
   * @returns the models that went, and those of the page that ran here before: nothing of them was installed.
   */
  readonly revoke: (sha256s: Iterable<string>) => Promise<readonly WithdrawnModel[]>;
  /** Every digest that this visit or an earlier one learned to be withdrawn. */
  readonly revoked: () => Promise<ReadonlySet<string>>;
  /** Says that a model was used just now; the least recently used goes first when room is needed. */
  readonly touch: (sha256: string) => Promise<void>;
  readonly storage: () => Promise<StorageReport>;
  /** Asks the browser not to evict. @returns whether it promised. */
  readonly persist: () => Promise<boolean>;
  /**
   * How many bytes of an install have yet to come: 0 when the file is here already, null while nobody has said its size.
   */
  readonly missingBytes: (
    item: Pick<Installable, 'id' | 'claim' | 'url' | 'bytes'>,
  ) => Promise<number | null>;
  /**
   * What would have to go, least recently used first, so that `bytes` fit; empty when they fit already.
   * @throws AppError `store/quota` when they would not fit if everything went.
   */
  readonly evictionPlan: (bytes: number) => Promise<readonly InstalledModel[]>;
  /** Puts what was found about a manifest into the ledger. */
  readonly noteManifest: (verdict: ManifestVerdict) => Promise<void>;
  /** Oldest first. */
  readonly ledger: () => Promise<readonly LedgerEvent[]>;
  /** Computes the ledger's hashes anew. */
  readonly verifyLedger: () => Promise<LedgerVerdict>;
  /** The ledger as JSON text, with the anchor that it begins from. */
  readonly exportLedger: () => Promise<string>;
}
