import { AppError } from '../../core/errors.ts';
import { isHtml } from '../../core/integrity/wrong-file.ts';
import { nameOf } from '../download-stall.ts';

/*
 * What can go wrong on the way. Retryable ones are paused: what came stays, and going on may succeed. The others
 * refuse the file.
 */

/**
 * `download/http-status`; retryable for what passes: overload, maintenance, a request too early.
 * @param wait the pause that the server asks for, in ms, from a moment on; undefined when it asks for none.
 */
export function statusError(
  url: string,
  status: number,
  wait?: { readonly ms: number; readonly from: number },
): AppError {
  const passing = status >= 500 || [408, 425, 429].includes(status);
  const advice = passing
    ? wait && wait.ms > 0
      ? `It asks to wait ${durationText(wait.ms)}, until ${momentText(wait.from + wait.ms)}. Go on then.`
      : 'Go on in a moment.'
    : status === 404 || status === 410
      ? 'The file is no longer where the catalogue says; choose another source or tell whoever runs this page.'
      : 'The host does not give this file to this page; tell whoever runs it.';
  return new AppError(
    'download/http-status',
    `The server answered ${String(status)} for ${nameOf(url)}. ${advice}`,
    {
      retryable: passing,
      ...(wait && passing ? { retryAfterMs: wait.ms } : {}),
      details: { url, status },
    },
  );
}

/** Units of time with their lengths in ms, the longest first. */
const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** “7 seconds”, “60 minutes”, “30 hours”: in the longest unit of which there are three at least. */
function durationText(ms: number): string {
  const [unit, length] = UNITS.find(([, each]) => ms >= 3 * each) ?? (['second', 1000] as const);
  const count = Math.max(1, Math.round(ms / length));
  return `${count.toLocaleString('en')} ${unit}${count === 1 ? '' : 's'}`;
}

/** The minute by which a moment has come, where the person is; as Swedes write it, in ISO 8601's order. */
function momentText(at: number): string {
  return new Date(Math.ceil(at / 60_000) * 60_000).toLocaleString('sv', {
    dateStyle: 'short',
    timeStyle: 'short',
  });
}

/** `download/offline`. */
export function offlineError(url: string, cause: unknown): AppError {
  return new AppError(
    'download/offline',
    `${nameOf(url)} is not downloaded: this device has no network. What came so far is kept, and it goes on by itself when the network is back.`,
    { retryable: true, details: { url }, cause },
  );
}

/** `download/moved`: the catalogue names another address for an unfinished download. */
export function movedError(title: string, url: string): AppError {
  return new AppError(
    'download/moved',
    `The catalogue has another address for ${title} now, so it is downloaded from the first byte when you go on.`,
    { retryable: true, details: { url } },
  );
}

/** `download/blocked`: another host never answered, and the browser does not say why. */
export function blockedError(url: string, cause: unknown): AppError {
  const { host } = new URL(url);
  return new AppError(
    'download/blocked',
    `Nothing came from ${host}. Browsers do not say why: the host may not let other sites fetch its files (CORS), it may send the browser on to a host that is not allowed here, its name may not be found, or it may be down. Try again; or download the file by other means and add it from a file.`,
    { retryable: true, details: { url, host }, cause },
  );
}

/** `download/host-not-allowed`, before anything is asked. */
export function hostError(url: string): AppError {
  const { origin } = new URL(url);
  return new AppError(
    'download/host-not-allowed',
    `${nameOf(url)} is not downloaded: ${origin} is not among the hosts that this page may fetch models from. Whoever runs the page can add it to “hosts” in config.json.`,
    { details: { url, origin } },
  );
}

/** `download/redirect-refused`. */
export function redirectError(url: string, to: string): AppError {
  const { origin } = new URL(to);
  return new AppError(
    'download/redirect-refused',
    `The download of ${nameOf(url)} was sent on to ${origin}, which is not among the hosts that this page may fetch models from. Whoever runs the page can add it to “hosts” in config.json.`,
    { details: { url, to: origin } },
  );
}

/** `download/too-large`. */
export function tooLargeError(url: string, bytes: number, limit: number): AppError {
  return new AppError(
    'download/too-large',
    `${nameOf(url)} has ${bytes.toLocaleString('en')} bytes or more; at most ${limit.toLocaleString('en')} are accepted. Choose a smaller model.`,
    { details: { url, bytes, limit } },
  );
}

/** What a server sends in place of a file of known size. */
interface Sent {
  readonly bytes: number;
  /** There may be more: the stream was not read to its end. */
  readonly orMore?: boolean;
  /** What it probably is, in words; see `describeWrongFile`. */
  readonly looksLike?: string | null;
}

/** `integrity/length-mismatch`, before or while it comes. */
export function lengthError(url: string, sent: Sent, published: number): AppError {
  const { bytes, orMore = false, looksLike = null } = sent;
  const count = `${bytes.toLocaleString('en')} bytes${orMore ? ' or more' : ''}`;
  const what = looksLike === null ? '' : `, which look like ${looksLike}`;
  return new AppError(
    'integrity/length-mismatch',
    `${nameOf(url)} was refused: the server sends ${count}${what}; published are ${published.toLocaleString('en')}. It is not the file that is meant; tell whoever runs this page.`,
    { details: { url, actualBytes: bytes, expectedBytes: published } },
  );
}

/** `download/empty`: the server says that all is well and sends nothing, which says nothing of the file either. */
export function emptyError(url: string): AppError {
  return new AppError(
    'download/empty',
    `The server answered with nothing for ${nameOf(url)}: 0 bytes. Tell whoever runs this page; it may be there again later.`,
    { retryable: true, details: { url } },
  );
}

/** `download/bad-range`: an answer for another part of the file than was asked for. */
export function rangeError(url: string, asked: string, got: string, retryable: boolean): AppError {
  return new AppError(
    'download/bad-range',
    `The server sent another part of ${nameOf(url)} than was asked for (${got} instead of ${asked}), so it was not used. ${retryable ? 'Try again; if it stays so, tell' : 'Asked for the whole file it did the same: tell'} whoever runs this page.`,
    { retryable, details: { url, asked, got } },
  );
}

/** `download/html` or `download/lfs-pointer`, or null when the start of the file is neither. */
export function wrongFileError(url: string, start: Uint8Array): AppError | null {
  const text = new TextDecoder().decode(start.subarray(0, 512));
  if (isHtml(text)) return htmlError(url);
  if (!/^\s*version https:\/\/git-lfs/i.test(text)) return null;
  return new AppError(
    'download/lfs-pointer',
    `What came for ${nameOf(url)} is a Git LFS pointer, a text that names the file, and not the file itself. The address should be that of the host's media server; tell whoever runs this page.`,
    { details: { url } },
  );
}

/**
 * `download/html`: hosts answer missing files with a web page, and a network that wants a login first answers
 * everything so. It says nothing of the file, which may come the next time.
 */
export function htmlError(url: string): AppError {
  return new AppError(
    'download/html',
    `What came for ${nameOf(url)} is a web page (HTML) and not a model. If your network wants a login, log in and try again; if it stays so, the file is missing: tell whoever runs this page.`,
    { retryable: true, details: { url } },
  );
}

/** `integrity/chunk-mismatch`. */
export function chunkError(url: string, index: number, tries: number, expected: string): AppError {
  return new AppError(
    'integrity/chunk-mismatch',
    `Piece ${String(index + 1)} of ${nameOf(url)} was wrong ${String(tries)} times, so the file was refused. Expected SHA-256 ${expected}. Tell whoever runs this page.`,
    { details: { url, chunk: index, tries, expectedSha256: expected } },
  );
}

/** `download/paused` or `download/cancelled`: the person's own will. */
export function stoppedError(
  code: 'download/paused' | 'download/cancelled',
  url: string,
): AppError {
  const what = code === 'download/paused' ? 'paused; what came is kept' : 'cancelled';
  return new AppError(code, `The download of ${nameOf(url)} was ${what}.`, { retryable: true });
}
