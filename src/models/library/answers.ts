/*
 * What a server's answer says about the file. Of another host's answer, a page sees only the headers that the host
 * exposes; Content-Length, Content-Type and Last-Modified are always among them, ETag and Content-Range are not.
 */

/** What tells one version of a file from another. */
export interface Validator {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** A strong ETag, and Last-Modified; null when there is neither. Weak ETags do not promise equal bytes. */
export function validatorOf(headers: Headers): Validator | null {
  const tag = headers.get('etag');
  const etag = tag?.startsWith('"') ? tag : null;
  const lastModified = headers.get('last-modified');
  return etag === null && lastModified === null ? null : { etag, lastModified };
}

/** True when an answer visibly belongs to another version of the file. */
export function differs(kept: Validator | null, headers: Headers): boolean {
  const now = validatorOf(headers);
  if (!kept || !now) return false;
  if (kept.etag !== null && now.etag !== null) return kept.etag !== now.etag;
  return (
    kept.lastModified !== null &&
    now.lastModified !== null &&
    kept.lastModified !== now.lastModified
  );
}

export interface ContentRange {
  /** First and last byte, both included; null where the answer names the size only. */
  readonly span: readonly [first: number, last: number] | null;
  readonly total: number | null;
}

/** Parses Content-Range (RFC 9110, 14.4); null when it is not one of bytes. */
export function parseContentRange(text: string): ContentRange | null {
  const match = /^bytes (?:(\d{1,15})-(\d{1,15})|\*)\/(\d{1,15}|\*)$/.exec(text.trim());
  if (!match) return null;
  const [, first, last, total] = match;
  const span =
    first === undefined || last === undefined ? null : ([Number(first), Number(last)] as const);
  if (span && span[0] > span[1]) return null;
  return { span, total: total === '*' ? null : Number(total) };
}

/**
 * Content-Length as a number of bytes of the file; null when the answer has none, or is visibly encoded so that its
 * length is another one's.
 */
export function lengthOf(headers: Headers): number | null {
  const encoding = headers.get('content-encoding');
  if (encoding !== null && encoding.toLowerCase() !== 'identity') return null;
  const text = headers.get('content-length');
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** Retry-After in ms from `now`, as seconds or as a date (RFC 9110, 10.2.3); undefined when it says neither. */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const text = headers.get('retry-after')?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
