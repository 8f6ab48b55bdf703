import * as v from 'valibot';

const AREAS = [
  'intake',
  'integrity',
  'manifest',
  'download',
  'store',
  'gate',
  'engine',
  'config',
  'app',
] as const;

/** The room an error comes from; it is the first half of every code and part of the automation contract. */
export type ErrorArea = (typeof AREAS)[number];

/** `area/what-happened`, stable across versions: automation and support rely on it. */
export type ErrorCode = `${ErrorArea}/${string}`;

/** Plain facts behind an error (expected and actual digest, sizes, limits); never picture content. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean>>;

interface AppErrorOptions {
  /** True when the same request may succeed if it is made again. */
  readonly retryable?: boolean;
  /** Earliest time, in ms from now, at which a retry makes sense. Implies `retryable`. */
  readonly retryAfterMs?: number;
  readonly details?: ErrorDetails;
  readonly cause?: unknown;
}

/**
 * The one error type of the product.
 *
 * `message` is a complete sentence for the person at the screen: what happened, with numbers, and what to do
 * next. `code` is for programs. Both survive the worker boundary through {@link toWire} and {@link fromWire}.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
    this.retryable = options.retryable ?? options.retryAfterMs !== undefined;
    this.details = options.details ?? {};
  }
}

/** The same error with more facts behind it. */
export function withDetails(error: AppError, details: ErrorDetails): AppError {
  const { code, message, retryable, retryAfterMs, cause } = error;
  return new AppError(code, message, {
    retryable,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    details: { ...error.details, ...details },
    cause,
  });
}

/** The same error in other words, with the first as its cause. */
export function withMessage(error: AppError, message: string): AppError {
  const { code, retryable, retryAfterMs, details } = error;
  return new AppError(code, message, {
    retryable,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    details,
    cause: error,
  });
}

const wireErrorSchema = v.object({
  code: v.pipe(
    v.string(),
    v.regex(new RegExp(`^(${AREAS.join('|')})/[a-z0-9-]+$`)),
    v.transform((code) => code as ErrorCode),
  ),
  message: v.string(),
  retryable: v.boolean(),
  retryAfterMs: v.optional(v.number()),
  // NaN is a fact too (a model that computed one); `number` alone refuses it, and the whole error with it.
  details: v.record(v.string(), v.union([v.string(), v.number(), v.nan(), v.boolean()])),
});

/** An {@link AppError} as structured-cloneable data. */
export type WireError = v.InferOutput<typeof wireErrorSchema>;

/** What crosses a worker boundary instead of a thrown error, which Comlink would strip of its fields. */
export type Wire<T> =
  | { readonly ok: true; readonly value: T; readonly error?: never }
  | { readonly ok: false; readonly error: WireError; readonly value?: never };

/** Makes any thrown value an {@link AppError}; a foreign error becomes `fallback` with its text as a detail. */
export function asAppError(thrown: unknown, fallback: ErrorCode = 'app/unexpected'): AppError {
  if (thrown instanceof AppError) return thrown;
  const cause = describeThrown(thrown);
  return new AppError(
    fallback,
    `Something unexpected went wrong (${cause}). Try again; if it happens again, reload the page.`,
    { retryable: true, details: { cause }, cause: thrown },
  );
}

function describeThrown(thrown: unknown): string {
  if (thrown instanceof Error) return `${thrown.name}: ${thrown.message}`;
  try {
    return String(thrown);
  } catch {
    return 'a value without a text'; // e.g. an object without a prototype
  }
}

/** Turns any thrown value into data that crosses a worker boundary intact. */
export function toWire(thrown: unknown, fallback: ErrorCode = 'app/unexpected'): WireError {
  const error = asAppError(thrown, fallback);
  return {
    code: error.code,
    message: error.message,
    retryable: error.retryable,
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    details: { ...error.details },
  };
}

/** Rebuilds the error on the other side; data of any other shape becomes `app/unexpected`. */
export function fromWire(data: unknown): AppError {
  const parsed = v.safeParse(wireErrorSchema, data);
  if (!parsed.success) return asAppError('a worker sent an error of unknown shape');
  const { code, message, retryable, retryAfterMs, details } = parsed.output;
  return new AppError(code, message, {
    retryable,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    details,
  });
}

/** Runs `work` and wraps its outcome for the wire. Never rejects. */
export async function wired<T>(work: () => T | Promise<T>, fallback?: ErrorCode): Promise<Wire<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (thrown) {
    return { ok: false, error: toWire(thrown, fallback) };
  }
}

/** The value of a {@link Wire}, or its error thrown with code, sentence and details intact. */
export function unwire<T>(wire: Wire<T>): T {
  if (wire.ok) return wire.value;
  throw fromWire(wire.error);
}
