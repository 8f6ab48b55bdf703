import { AppError, asAppError } from '../../core/errors.ts';
import { aboutFile } from '../found-file.ts';
import { parseLabels } from '../labels.ts';
import { parseEntry } from '../manifest.ts';
import { loadVerified } from '../verify.ts';
import { requireAccepted, type Examination } from './examine.ts';
import { noteOf, noteOfHere, revokedError } from './notes.ts';
import { openPartial, startAnew } from './open-partial.ts';
import type { LibraryParts } from './parts.ts';
import type { PartialRecord } from './records.ts';
import { isHostAllowed } from './refused-unread.ts';
import { requireRoom } from './space.ts';
import { NONE_GONE } from './states.ts';
import { hostError, offlineError } from './transfer-errors.ts';
import type { Kept } from './transfer-file.ts';
import { transfer } from './transfer.ts';
import type { DownloadProgress, Installable, InstalledModel } from './types.ts';

/** How often progress is told, in ms. */
const TELL_MS = 100;
/** How often the other tabs are told that more came, in ms. */
const TELL_TABS_MS = 1000;

/**
 * One install, from whatever an earlier try left to the installed model. Each step leaves the device in a state from
 * which the next try goes on: first it is noted what is going to be there, then it is put there. The caller holds the
 * install's lock.
 */
export class InstallJob {
  readonly #parts: LibraryParts;
  readonly #item: Installable;
  readonly #signal: AbortSignal;
  readonly #consent: boolean;
  /** An earlier try was at this address. */
  #wasAsked = false;

  /** @param circumstances `consent`: the policy asked and the person agreed; `signal`: its reason ends the install. */
  constructor(
    parts: LibraryParts,
    item: Installable,
    circumstances: { readonly consent: boolean; readonly signal: AbortSignal },
  ) {
    this.#parts = parts;
    this.#item = item;
    this.#signal = circumstances.signal;
    this.#consent = circumstances.consent;
  }

  /** @throws AppError as `Library.install`. */
  async run(): Promise<InstalledModel> {
    const { states } = this.#parts;
    const { claim } = this.#item;
    if (claim.kind === 'sha256') await this.#refuseRevoked(claim.sha256); // before a byte of it comes
    // Where nothing needs to be fetched, the address is judged all the same.
    if (!(await isHostAllowed(this.#parts, this.#item))) throw hostError(this.#item.url);
    this.#wasAsked = (await this.#parts.records.partial(this.#item.id))?.url === this.#item.url;
    const found = await openPartial(this.#parts, this.#item, this.#consent);
    const resumed = found.receivedBytes > 0 || found.sha256 !== null;
    let examination: Examination;
    try {
      examination = await this.#fetchAndExamine(found);
    } catch (thrown) {
      // What earlier tries kept may be what is wrong: once more from the first byte, before the source is blamed.
      if (!resumed || !asAppError(thrown).code.startsWith('integrity/')) throw thrown;
      if (found.sha256 !== null) await this.#discardStored(found.sha256);
      examination = await this.#fetchAndExamine(
        await startAnew(this.#parts, this.#item, this.#consent),
      );
    }
    requireAccepted(examination);
    await this.#refuseRevoked(examination.sha256);
    this.#signal.throwIfAborted();
    const model = aboutFile(examination, () => this.#declare(examination));
    await this.#refuseRevoked(model.entry.labels.sha256);
    const partial = await this.#name(model);
    await this.#keepLabels(model);
    this.#signal.throwIfAborted();
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
    if (committed === null) await this.#fetch(partial);
    this.#signal.throwIfAborted();
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

  async #fetch(partial: PartialRecord): Promise<void> {
    const { records, files, dependencies } = this.#parts;
    const { url, bytes, claim } = this.#item;
    const { net, rules, channel } = dependencies;
    const { hosts } = await rules();
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
      { net, hosts, signal: this.#signal, onProgress: this.#progress() },
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

  async #keepLabels({ entry }: InstalledModel): Promise<void> {
    const { files, dependencies } = this.#parts;
    const { file, bytes, sha256, format } = entry.labels;
    const labels = await this.#loadLabels({
      what: `the labels file of ${entry.title}`,
      url: new URL(file, dependencies.labelsBaseUrl).href,
      bytes,
      sha256,
      isText: true,
    });
    parseLabels(labels, format);
    if (!(await files.has(sha256))) await files.keep(sha256, labels);
  }

  async #loadLabels(asset: Parameters<typeof loadVerified>[0] & { readonly url: string }) {
    try {
      const loaded = await loadVerified(asset, { signal: this.#signal });
      await loaded.kept;
      return loaded.bytes;
    } catch (thrown) {
      const error = asAppError(thrown);
      if (this.#signal.aborted) throw asAppError(this.#signal.reason);
      if (!/^(download|integrity)\//.test(error.code)) throw error;
      // The model itself is fine and stays for the next try, whatever became of its labels: no verdict on it, though
      // the ledger has the one on them.
      const isDownload = error.code.startsWith('download/');
      const isOffline = isDownload && this.#parts.dependencies.net.isOffline();
      const { code, message, details } = isOffline ? offlineError(asset.url, error) : error;
      throw new AppError(
        isDownload ? code : 'download/wrong-labels',
        `${this.#item.title} itself has come and is kept; only its labels are missing. ${message}`,
        { retryable: true, details, cause: error },
      );
    }
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
    await ledger.append(this.#consent ? { ...line, consent: true } : line);
    await records.putModel(model);
    await records.deletePartial(model.entry.id);
    await files.partials.remove(partial.key); // nothing is left, unless the file was there already
  }
}
