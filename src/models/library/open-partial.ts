import { sha256Hex } from '../../core/integrity/digest.ts';
import type { LibraryParts } from './parts.ts';
import type { PartialRecord } from './records.ts';
import type { Installable } from './types.ts';

/**
 * What an earlier try left of the same file from the same address, or a new record. It is there before the first byte.
 * The caller holds the install's lock.
 * @param consent whether the policy asked and the person agreed: whoever goes on later is not asked again.
 */
export async function openPartial(
  parts: LibraryParts,
  item: Installable,
  consent: boolean,
): Promise<PartialRecord> {
  const { records, files } = parts;
  const { id, url, claim } = item;
  const before = await records.partial(id);
  const kept = before?.url === url ? agreedTo(before, item, consent) : null;
  const put = async (record: PartialRecord) => {
    await records.putPartial(record);
    return record;
  };
  if (claim.kind === 'sha256' && (await files.has(claim.sha256))) {
    // Committed before the end of an earlier try, or another model's: nothing needs to come. What had begun to come
    // of another's is dropped, so that received bytes always mean a file from this address.
    const isOurs = kept?.sha256 === claim.sha256;
    const record = isOurs ? kept : await startAnew(parts, item, consent);
    return put({ ...record, sha256: claim.sha256, digests: [claim.sha256] });
  }
  if (kept === null) return startAnew(parts, item, consent);
  if (kept.sha256 !== null && (await files.has(kept.sha256))) return put(kept);
  const isThere = (await files.partials.size(kept.key)) >= kept.receivedBytes;
  const step = claim.kind === 'sha256' ? claim.chunks?.bytes : undefined;
  const isWhole =
    step === undefined || kept.receivedBytes % step === 0 || kept.receivedBytes === kept.totalBytes;
  if (!isThere || !isWhole) return startAnew(parts, item, consent);
  return put({ ...kept, sha256: null }); // it was to become a verified file, but did not
}

/** A new record in place of whatever an earlier try left. */
export async function startAnew(
  { records, files }: LibraryParts,
  item: Installable,
  consent: boolean,
): Promise<PartialRecord> {
  const { id, url, bytes } = item;
  const before = await records.partial(id);
  if (before) await files.partials.remove(before.key);
  const record = agreedTo(
    {
      id,
      key: `download-${await sha256Hex(new TextEncoder().encode(`${id}\n${url}`))}`,
      url,
      receivedBytes: 0,
      totalBytes: bytes,
      validator: null,
      sha256: null,
      digests: [],
    },
    item,
    consent,
  );
  await records.putPartial(record);
  return record;
}

function agreedTo(record: PartialRecord, { grade }: Installable, consent: boolean): PartialRecord {
  return consent ? { ...record, consent: grade } : record;
}
