import type { Wire } from '../../../core/errors.ts';
import type { GivenPicture } from '../../../core/onnx/types.ts';
import type { Folder } from '../../store/disk.ts';
import type { StoredFile } from '../../store/types.ts';
import type { Expected } from '../claim.ts';
import type { Examination } from '../examine.ts';

/** What crosses the border of the library's worker: changes of files on the disk, and the reading of models. */
export interface LibraryWorker {
  /** Resolves when a Web Lock is held that ends with the worker. */
  readonly holdLifeLock: (name: string) => Promise<void>;
  /** Whether the origin's private file system may be used. */
  readonly openDisk: () => Promise<Wire<null>>;
  readonly size: (folder: Folder, name: string) => Promise<Wire<number | null>>;
  readonly write: (name: string, at: number, bytes: Uint8Array<ArrayBuffer>) => Promise<Wire<null>>;
  readonly move: (name: string, to: string) => Promise<Wire<null>>;
  readonly remove: (folder: Folder, name: string) => Promise<Wire<boolean>>;
  readonly list: (folder: Folder) => Promise<Wire<readonly StoredFile[]>>;
  readonly room: (wanted: number) => Promise<Wire<number>>;
  readonly examine: (
    file: Blob | Uint8Array<ArrayBuffer>,
    expected: Expected | null,
    picture: GivenPicture | null,
  ) => Promise<Wire<Examination>>;
}
