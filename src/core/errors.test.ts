import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError, asAppError, fromWire, toWire, unwire, wired, type ErrorArea } from './errors.ts';

const AREAS = [
  'intake',
  'integrity',
  'manifest',
  'download',
  'engine',
  'config',
  'app',
] as const satisfies readonly ErrorArea[];

/** Any error the product can make. */
const anyAppError: fc.Arbitrary<AppError> = fc
  .record({
    area: fc.constantFrom(...AREAS),
    what: fc.stringMatching(/^[a-z0-9-]{1,40}$/),
    message: fc.string({ unit: 'binary' }),
    options: fc.record(
      {
        retryable: fc.boolean(),
        retryAfterMs: fc.double({ min: 0, noNaN: true }),
        details: fc.dictionary(
          fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9]{0,12}$/).filter((key) => key !== 'constructor'),
          fc.oneof(fc.string(), fc.double(), fc.boolean()),
        ),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ area, what, message, options }) => new AppError(`${area}/${what}`, message, options));

function fieldsOf({ code, message, retryable, retryAfterMs, details }: AppError) {
  return { code, message, retryable, retryAfterMs, details: { ...details } };
}

/** Sends data the way a worker message does. */
function across(error: unknown): AppError {
  return fromWire(structuredClone(toWire(error)));
}

describe('AppError', () => {
  it('is an Error with a code, a sentence and no details unless given', () => {
    const cause = new TypeError('socket');
    const error = new AppError('download/failed', 'It broke. Try again.', { cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'AppError', retryable: false, details: {}, cause });
    expect(error.retryAfterMs).toBeUndefined();
  });

  it('is retryable when it says after what time, unless it says otherwise', () => {
    expect(new AppError('app/a', 'A.', { retryAfterMs: 0 }).retryable).toBe(true);
    expect(new AppError('app/a', 'A.', { retryAfterMs: 5, retryable: false }).retryable).toBe(
      false,
    );
    expect(new AppError('app/a', 'A.', { retryable: true }).retryable).toBe(true);
  });
});

describe('the wire', () => {
  it('carries any AppError intact', () => {
    fc.assert(
      fc.property(anyAppError, (error) => {
        const arrived = across(error);
        expect(arrived).toBeInstanceOf(AppError);
        expect(fieldsOf(arrived)).toEqual(fieldsOf(error));
      }),
    );
  });

  it('carries facts that are no ordinary numbers', () => {
    const details = { found: NaN, limit: Infinity };
    const arrived = across(new AppError('engine/bad-output', 'It computed NaN.', { details }));
    expect(arrived.code).toBe('engine/bad-output');
    expect(arrived.details).toEqual(details);
  });

  it('leaves out a retry time that there is none of', () => {
    expect(toWire(new AppError('app/a', 'A.'))).not.toHaveProperty('retryAfterMs');
  });

  it.each([
    ['an Error', new RangeError('too far'), 'RangeError: too far'],
    ['a text', 'no more', 'no more'],
    ['nothing', undefined, 'undefined'],
    ['a symbol', Symbol('s'), 'Symbol(s)'],
    ['an object without a prototype', Object.create(null), 'a value without a text'],
  ])('makes %s that was thrown an error of the fallback code', (_what, thrown: unknown, cause) => {
    const error = fromWire(structuredClone(toWire(thrown, 'engine/run-failed')));
    expect(error).toMatchObject({
      code: 'engine/run-failed',
      retryable: true,
      details: { cause },
    });
    expect(error.message).toContain(`(${cause})`);
    expect(asAppError(thrown).code).toBe('app/unexpected');
  });

  const good = toWire(new AppError('app/a', 'A.', { retryAfterMs: 1, details: { a: 1 } }));
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'engine/run-failed'],
    ['an area it does not know', { ...good, code: 'kitchen/fire' }],
    ['a code without an area', { ...good, code: 'fire' }],
    ['a code with more behind it', { ...good, code: 'app/a\n' }],
    ['no sentence', { ...good, message: undefined }],
    ['a retryability of words', { ...good, retryable: 'yes' }],
    ['a time of words', { ...good, retryAfterMs: '1 s' }],
    ['no details', { ...good, details: undefined }],
    ['details that are no plain facts', { ...good, details: { picture: new Uint8Array(3) } }],
  ])('never fails on %s instead of an error', (_what, data) => {
    expect(fromWire(good).code).toBe('app/a');
    const error = fromWire(data);
    expect(error).toBeInstanceOf(AppError);
    expect(error.code).toBe('app/unexpected');
    expect(error.message).toContain('a worker sent an error of unknown shape');
  });
});

describe('wired and unwire', () => {
  it('hand over a value, also of work that is not asynchronous', async () => {
    expect(unwire(structuredClone(await wired(() => 7)))).toBe(7);
    expect(unwire(await wired(() => Promise.resolve(null)))).toBeNull();
  });

  it('hand over what was thrown before or after the first await', async () => {
    const full = new AppError('engine/queue-full', 'Full.', { retryAfterMs: 250 });
    const failures = [
      () => {
        throw full;
      },
      () => Promise.reject(full),
    ];
    for (const work of failures) {
      const wire = structuredClone(await wired(work));
      expect(() => unwire(wire)).toThrow(
        expect.objectContaining({ code: 'engine/queue-full', message: 'Full.', retryAfterMs: 250 }),
      );
    }
  });

  it('never reject, whatever is thrown', async () => {
    const wire = await wired(() => Promise.reject(Object.create(null) as Error), 'engine/x');
    expect(wire).toMatchObject({ ok: false, error: { code: 'engine/x' } });
  });
});
