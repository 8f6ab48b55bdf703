import * as v from 'valibot';
import { sha256Hex } from '../../core/integrity/digest.ts';
import { GRADES } from '../../core/integrity/provenance.ts';
import { limitOf } from '../../core/limits.ts';
import type { Locks } from '../store/locks.ts';
import type { Database } from './database.ts';
import type { LedgerEvent, LedgerVerdict } from './types.ts';

/** What is to be noted; number, time and hashes are the ledger's own. */
export type LedgerNote = Omit<LedgerEvent, 'sequence' | 'at' | 'previous' | 'hash'>;

const hashSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const textSchema = v.pipe(v.string(), v.maxLength(1000));
const sequenceSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const eventSchema = v.strictObject({
  sequence: sequenceSchema,
  at: v.pipe(v.string(), v.isoTimestamp()),
  kind: v.picklist([
    'installed',
    'removed',
    'verified',
    'refused',
    'discarded',
    'evicted',
    'revoked',
  ]),
  model: textSchema,
  sha256: v.nullable(hashSchema),
  bytes: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  from: v.pipe(v.string(), v.maxLength(4000)),
  vouchedBy: textSchema,
  grade: v.nullable(v.picklist(GRADES)),
  code: v.nullable(textSchema),
  consent: v.exactOptional(v.literal(true)),
  previous: hashSchema,
  hash: hashSchema,
});

/** An end of the chain: the number and the hash of a line. */
const endSchema = v.strictObject({ sequence: sequenceSchema, hash: hashSchema });
type End = v.InferOutput<typeof endSchema>;

const START: End = { sequence: 0, hash: '0'.repeat(64) };

/**
 * What was installed, refused, verified and removed on this device, line by line, each with the hash of the one
 * before: a line that is changed, removed or put in shows. It does not protect from whoever can rewrite all of it.
 */
export class Ledger {
  readonly #database: Database;
  readonly #locks: Locks;
  readonly #now: () => Date;
  readonly #capacity: number;

  constructor(
    database: Database,
    locks: Locks,
    now: () => Date = () => new Date(),
    capacity = limitOf('ledgerLines'),
  ) {
    this.#database = database;
    this.#locks = locks;
    this.#now = now;
    this.#capacity = capacity;
  }

  /** Adds lines, in order, after what any tab has added. @throws AppError `store/…`. */
  append(...notes: readonly LedgerNote[]): Promise<void> {
    return this.#locks.run('ledger', 'exclusive', async () => {
      for (const note of notes) await this.#appendOne(note);
      await this.#rotate();
    });
  }

  /** Every readable line, oldest first. */
  async lines(): Promise<readonly LedgerEvent[]> {
    const rows = await this.#rows();
    return rows.filter((row) => row !== null);
  }

  /**
   * The whole ledger as JSON, with where it begins and ends, so that it can be checked elsewhere: docs/automation.md
   * says how. A line that cannot be read is null.
   */
  exportJson(): Promise<string> {
    return this.#locks.run('ledger', 'shared', async () => {
      const [anchor, head, lines] = [
        await this.#end('anchor'),
        await this.#end('head'),
        await this.#rows(),
      ];
      return JSON.stringify({ version: 1, anchor, head, lines }, null, 2);
    });
  }

  /** Computes every hash anew. */
  verify(): Promise<LedgerVerdict> {
    return this.#locks.run('ledger', 'shared', async () => {
      const [anchor, head, rows] = [
        await this.#end('anchor'),
        await this.#end('head'),
        await this.#rows(),
      ];
      return verifyChain(anchor, rows, head);
    });
  }

  async #appendOne(note: LedgerNote): Promise<void> {
    const before = await this.#newest();
    const line = {
      ...note,
      sequence: before.sequence + 1,
      at: this.#now().toISOString(),
      previous: before.hash,
    };
    const hash = await hashOf(line);
    await this.#database.put('ledger', line.sequence, { ...line, hash });
    await this.#database.put('ledger-ends', 'head', { sequence: line.sequence, hash });
  }

  /** The line to go on from. An unreadable one is gone on from too, by what it should have been: the check finds it. */
  async #newest(): Promise<End> {
    const [last, anchor, head] = [
      await this.#database.last('ledger'),
      await this.#end('anchor'),
      await this.#end('head'),
    ];
    if (!last) return head.sequence > anchor.sequence ? head : anchor;
    const parsed = v.safeParse(eventSchema, last[1]);
    // The head is behind by a line when an append was cut off between its two writes.
    if (parsed.success && parsed.output.sequence >= head.sequence) return parsed.output;
    return { sequence: Math.max(head.sequence, Number(last[0])), hash: head.hash };
  }

  /** Drops the oldest quarter when the ledger is full. The anchor is written first: it says what is gone. */
  async #rotate(): Promise<void> {
    const anchor = await this.#end('anchor');
    const newest = await this.#newest();
    if (newest.sequence - anchor.sequence <= this.#capacity) return;
    const cutAt = newest.sequence - Math.floor(this.#capacity * 0.75);
    const last = v.safeParse(eventSchema, await this.#database.get('ledger', cutAt));
    // A ledger that was tampered with is kept as it is, for whoever looks into it.
    if (!last.success) return;
    await this.#database.put('ledger-ends', 'anchor', {
      sequence: cutAt,
      hash: last.output.hash,
    });
    for (const [key] of await this.#database.entries('ledger')) {
      if (Number(key) <= cutAt) await this.#database.delete('ledger', key);
    }
  }

  async #end(which: 'anchor' | 'head'): Promise<End> {
    const parsed = v.safeParse(endSchema, await this.#database.get('ledger-ends', which));
    return parsed.success ? parsed.output : START;
  }

  /** Lines behind the anchor, null where one is unreadable. */
  async #rows(): Promise<readonly (LedgerEvent | null)[]> {
    const anchor = await this.#end('anchor');
    const entries = await this.#database.entries('ledger');
    return entries
      .filter(([key]) => Number(key) > anchor.sequence) // a rotation may have been cut off
      .map(([key, row]) => {
        const parsed = v.safeParse(eventSchema, row);
        return parsed.success && parsed.output.sequence === key ? parsed.output : null;
      });
  }
}

/**
 * Follows the chain from the anchor to the head.
 * @param lines null stands for one that could not be read.
 */
export async function verifyChain(
  anchor: End,
  lines: readonly (LedgerEvent | null)[],
  head: End,
): Promise<LedgerVerdict> {
  let before = anchor;
  for (const line of lines) {
    const sequence = before.sequence + 1;
    const broken = (because: string): LedgerVerdict => ({ intact: false, sequence, because });
    if (line === null) return broken('The line is not readable.');
    if (line.sequence !== sequence) return broken('The line is missing.');
    if (line.previous !== before.hash) return broken('The line does not follow the one before.');
    const { hash, ...rest } = line;
    if ((await hashOf(rest)) !== hash) return broken('The line was changed.');
    if (sequence === head.sequence && hash !== head.hash) return broken('The line was replaced.');
    before = line;
  }
  if (before.sequence >= head.sequence) return { intact: true };
  return {
    intact: false,
    sequence: before.sequence + 1,
    because: 'The newest lines are missing.',
  };
}

/** SHA-256 of a line as canonical JSON: keys in order, no spaces, UTF-8 (RFC 8785 for flat objects of this kind). */
async function hashOf(line: Omit<LedgerEvent, 'hash'>): Promise<string> {
  const keys = Object.keys(line).sort();
  return sha256Hex(new TextEncoder().encode(JSON.stringify(line, keys)));
}
