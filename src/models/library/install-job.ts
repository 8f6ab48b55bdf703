import { AppError, asAppError } from '../../core/errors.ts';
import { aboutFile } from '../found-file.ts';
import { parseEntry } from '../manifest.ts';
import { requireAccepted, type Examination } from './examine.ts';
import { keepLabels } from './keep-labels.ts';
import { noteOf, noteOfHere, revokedError } from './notes.ts';
import { isAllowed } from './net.ts';
import { openPartial, startAnew } from './open-partial.ts';
import type { LibraryParts } from './parts.ts';
import type { Permit } from './permit.ts';
import type { PartialRecord } from './records.ts';
import { requireRoom } from './space.ts';
import { NONE_GONE } from './states.ts';
import { hostError } from './transfer-errors.ts';
import type { Kept } from './transfer-file.ts';
import { transfer } from './transfer.ts';
import type { DownloadProgress, Installable, InstalledModel } from './types.ts';

/** How often progress is told, in ms. */
const TELL_MS = 100;
/** How often the other tabs are told that more came, in ms. */
const TELL_TABS_MS = 1000;

/** What an install goes by; decided before it begins. */
export interface Circumstances extends Pick<Permit, 'consent' | 'hosts'> {
  /** Its reason ends the install. */
  readonly signal: AbortSignal;
  /** Downloads when it is this install's turn to. `loadedBytes`: what is here of the file while it waits. */
  readonly inTurn: (loadedBytes: number, download: () => Promise<void>) => Promise<void>;
}

/**
 * One install, from whatever an earlier try left to the installed model. Each step leaves the device in a state from
 * which the next try goes on: first it is noted what is going to be there, then it is put there. The caller holds the
 * install's lock.
 */
export class InstallJob {
  readonly #parts: LibraryParts;
  readonly #item: Installable;
  readonly #circumstances: Circumstances;
  /** An earlier try was at this address. */
  #wasAsked = false;

  constructor(parts: LibraryParts, item: Installable, circumstances: Circumstances) {
    this.#parts = parts;
    this.#item = item;
    this.#circumstances = circumstances;
  }

  /** @throws AppError as `Library.install`. */
  async run(): Promise<InstalledModel> {
    const { states, dependencies } = this.#parts;
    const { claim, url } = this.#item;
    const { consent, hosts, signal } = this.#circumstances;
    if (claim.kind === 'sha256') await this.#refuseRevoked(claim.sha256); // before a byte of it comes
    // Where nothing needs to be fetched, the address is judged all the same.
    if (!isAllowed(url, hosts, dependencies.net.pageOrigin)) throw hostError(url);
    this.#wasAsked = (await this.#parts.records.partial(this.#item.id))?.url === url;
    const found = await openPartial(this.#parts, this.#item, consent);
    const resumed = found.receivedBytes > 0 || found.sha256 !== null;
    let examination: Examination;
    try {
      examination = await this.#fetchAndExamine(found);
    } catch (thrown) {
      // What earlier tries kept may be what is wrong: once more from the first byte, before the source is blamed.
      if (!resumed || !asAppError(thrown).code.startsWith('integrity/')) throw thrown;
      if (found.sha256 !== null) await this.#discardStored(found.sha256);
      examination = await this.#fetchAndExamine(await startAnew(this.#parts, this.#item, consent));
    }
    requireAccepted(examination);
    await this.#refuseRevoked(examination.sha256);
    signal.throwIfAborted();
    const model = aboutFile(examination, () => this.#declare(examination));
    await this.#refuseRevoked(model.entry.labels.sha256);
    const partial = await this.#name(model);
    await keepLabels(this.#parts, this.#item.title, model.entry, signal);
    signal.throwIfAborted();
    await this.#commit(partial, model);
    states.setInstalled(model, NONE_GONE);
    return model;
  }

  /** @throws AppError `integrity/revoked`. */
  async #refuseRevoked(sha256: string): Promise<void> {
    const { records, dependencies } = this.#parts;
    const { id, title } = this.#item;
    if (!(await records.isRevoked(sha256))) return;
    await records.revoke(sha256, new Date(dependencies.net.now()).toISOString(), id);
    throw revokedError(title, sha256);
  }

  /** Removes a stored copy that is not what its name says. */
  async #discardStored(sha256: string): Promise<void> {
    const { files, ledger } = this.#parts;
    const { id, vouchedBy, grade } = this.#item;
    if (!(await files.discard(sha256))) return;
    await ledger.append({
      kind: 'discarded',
      model: id,
      sha256,
      bytes: null,
      from: 'this device',
      vouchedBy,
      grade,
      code: 'integrity/stored-copy-corrupt',
    });
  }

  async #fetchAndExamine(partial: PartialRecord): Promise<Examination> {
    const { files, states, dependencies } = this.#parts;
    const { id, title, bytes, claim } = this.#item;
    // Committed before the end of an earlier try: the file is there already.
    const committed = partial.sha256;
    if (committed === null) await this.#fetchInTurn(partial);
    this.#circumstances.signal.throwIfAborted();
    states.set(id, { state: 'verifying' });
    const whole = await (committed === null
      ? files.partials.read(partial.key)
      : files.read(committed));
    return dependencies.examine(
      whole ?? new Uint8Array(),
      {
        what: `The model ${title}`,
        bytes,
        claim,
      },
      null, // the catalogue's networks are of one size
    );
  }

  async #fetchInTurn(partial: PartialRecord): Promise<void> {
    const { receivedBytes, totalBytes } = partial;
    const download = () => this.#fetch(partial);
    const isHere = receivedBytes > 0 && receivedBytes === totalBytes; // nothing is asked for then
    await (isHere ? download() : this.#circumstances.inTurn(receivedBytes, download));
  }

  async #fetch(partial: PartialRecord): Promise<void> {
    const { records, files, dependencies } = this.#parts;
    const { url, bytes, claim } = this.#item;
    const { net, channel } = dependencies;
    const { hosts, signal } = this.#circumstances;
    let record = partial;
    let toldAt = Number.NEGATIVE_INFINITY;
    const note = async (kept: Kept) => {
      record = { ...record, ...kept };
      await records.putPartial(record);
      const now = net.now();
      if (now - toldAt < TELL_TABS_MS) return;
      toldAt = now;
      channel?.postMessage('changed');
    };
    await transfer(
      { url, publishedBytes: bytes, chunks: claim.kind === 'sha256' ? claim.chunks : null },
      partial,
      {
        reserve: (room) => requireRoom(this.#parts, room, partial),
        note,
        write: (at, piece) => files.partials.write(partial.key, at, piece),
      },
      { net, hosts, signal, onProgress: this.#progress() },
    );
  }

  #progress() {
    const { states, dependencies } = this.#parts;
    let toldAt = Number.NEGATIVE_INFINITY;
    let toldWaits: DownloadProgress['waits'] = null;
    return (progress: DownloadProgress) => {
      const now = dependencies.net.now();
      if (now - toldAt < TELL_MS && progress.waits === toldWaits) return;
      toldAt = now;
      toldWaits = progress.waits;
      states.set(this.#item.id, { state: 'downloading', ...progress });
    };
  }

  /** The model as it will be installed; its declaration is read back as it will be from the database. */
  #declare({ sha256, bytes, inspection }: Examination): InstalledModel {
    const { id, title, url, grade, vouchedBy, declare } = this.#item;
    const entry = parseEntry(
      declare({ sha256, bytes, inspection }),
      `The declaration made for ${title}`,
    );
    if (entry.id !== id || entry.sha256 !== sha256 || entry.bytes !== bytes) {
      throw new AppError(
        'gate/bad-declaration',
        `${title} was not installed: the declaration made for it is another file's. Tell whoever runs this page.`,
        { details: { id, declaredId: entry.id, sha256, declaredSha256: entry.sha256 } },
      );
    }
    const at = new Date(this.#parts.dependencies.net.now()).toISOString();
    return { entry, grade, provider: 'catalogue', url, vouchedBy, installedAt: at, usedAt: at };
  }

  /** Names the files that are about to be kept, before they are. */
  async #name({ entry }: InstalledModel): Promise<PartialRecord> {
    const { records } = this.#parts;
    const partial = await records.partial(entry.id);
    if (!partial) {
      throw new AppError(
        'store/lost',
        `What was downloaded of ${entry.title} is no longer on this device. Install it again.`,
        { retryable: true, details: { id: entry.id } },
      );
    }
    const named = { ...partial, digests: [entry.sha256, entry.labels.sha256] };
    await records.putPartial(named);
    return named;
  }

  async #commit(partial: PartialRecord, model: InstalledModel): Promise<void> {
    const { files, records, ledger } = this.#parts;
    const { sha256 } = model.entry;
    if (partial.sha256 === null) {
      await records.putPartial({ ...partial, sha256 });
      await files.partials.commit(partial.key, sha256);
    }
    // Nothing was received of a file that was here already.
    const hasCome = partial.receivedBytes > 0;
    const line = hasCome ? noteOf(model, 'installed') : noteOfHere(model, this.#wasAsked);
    await ledger.append(this.#circumstances.consent ? { ...line, consent: true } : line);
    await records.putModel(model);
    await records.deletePartial(model.entry.id);
    await files.partials.remove(partial.key); // nothing is left, unless the file was there already
  }
}
