import type { InstallPolicy } from '../../core/integrity/provenance.ts';
import type { GivenPicture } from '../../core/onnx/types.ts';
import type { Locks } from '../store/locks.ts';
import type { FileStore } from '../store/types.ts';
import type { Expected } from './claim.ts';
import type { Database } from './database.ts';
import type { Examination } from './examine.ts';
import type { Ledger } from './ledger.ts';
import type { Net } from './net.ts';
import type { Records } from './records.ts';
import type { InstallStates } from './states.ts';
import type { Installable } from './types.ts';

/** What the operator's configuration says about installs. */
export interface LibraryRules {
  /** Allowed origins beside the page's own. */
  readonly hosts: readonly string[];
  readonly policy: InstallPolicy;
}

/** What the library needs of the machine and of the page. */
export interface LibraryDependencies {
  readonly files: Promise<FileStore>;
  readonly database: Promise<Database>;
  readonly locks: Locks;
  /** Bytes may be transferred away. @throws AppError as `examine`. */
  readonly examine: (
    file: Blob | Uint8Array<ArrayBuffer>,
    expected: Expected | null,
    picture: GivenPicture | null,
  ) => Promise<Examination>;
  /** Asked before every install. @throws AppError when the configuration cannot be read; nothing is installed then. */
  readonly rules: () => Promise<LibraryRules>;
  /** What can be installed, whatever the policy says: asked for when something of an earlier visit goes on or is outdated. */
  readonly catalogue: () => Promise<readonly Installable[]>;
  /** Absolute, with a trailing slash: where the labels of catalogue models are. */
  readonly labelsBaseUrl: string;
  readonly net: Net;
  /** Null where the browser tells nothing about its storage. */
  readonly storage: Pick<StorageManager, 'estimate' | 'persist' | 'persisted'> | null;
  /** Tells the other tabs that something changed, and hears it of them. */
  readonly channel: Pick<
    BroadcastChannel,
    'postMessage' | 'addEventListener' | 'removeEventListener'
  > | null;
  /**
   * Fires `focus` when the person comes back to this page (another tab may have been closed), and `online` when the
   * network is back. Null where none does.
   */
  readonly window: Pick<EventTarget, 'addEventListener' | 'removeEventListener'> | null;
}

/** The library's parts once everything is open. */
export interface LibraryParts {
  readonly dependencies: LibraryDependencies;
  readonly files: FileStore;
  readonly records: Records;
  readonly ledger: Ledger;
  readonly states: InstallStates;
}
