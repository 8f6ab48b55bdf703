import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../errors.ts';
import { refusal } from '../image/testing/outcome.ts';
import { limitOf } from '../limits.ts';
import { SerialQueue, type Ticket } from './serial-queue.ts';
import { deferred, settled, type Deferred } from './testing/deferred.ts';

const cancelled = new AppError('engine/cancelled', 'Cancelled.');
const broken = new AppError('engine/run-failed', 'Broken.');

/** A task that is finished from outside. */
interface Held {
  readonly end: Deferred<number>;
  readonly ticket: Ticket<number>;
  readonly positions: readonly number[];
  readonly started: () => boolean;
}

/** Puts a held task into the queue. Its failure is no unhandled rejection. */
function hold(queue: SerialQueue): Held {
  const end = deferred<number>();
  const positions: number[] = [];
  const task = vi.fn(() => end.promise);
  const ticket = queue.enqueue(task, (ahead) => positions.push(ahead));
  ticket.done.catch((reason: unknown) => reason);
  return { end, ticket, positions, started: () => task.mock.calls.length > 0 };
}

/** Puts `count` held tasks into the queue and lets the first one start. */
async function holdMany(queue: SerialQueue, count: number): Promise<Held[]> {
  const held: Held[] = [];
  for (let index = 0; index < count; index += 1) {
    held.push(hold(queue));
    await settled();
  }
  return held;
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('SerialQueue', () => {
  it('runs tasks one at a time, in order, and hands back their values', async () => {
    const queue = new SerialQueue(8);
    const log: string[] = [];
    const done = ['a', 'b', 'c'].map(
      (name) =>
        queue.enqueue(async () => {
          log.push(`${name} starts`);
          await settled();
          log.push(`${name} ends`);
          return name;
        }).done,
    );
    expect(await Promise.all(done)).toEqual(['a', 'b', 'c']);
    expect(log).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
  });

  it('is not poisoned by a task that fails or throws before it is asynchronous', async () => {
    const queue = new SerialQueue(8);
    const rejected = queue.enqueue(() => Promise.reject(broken)).done;
    const thrown = queue.enqueue(() => {
      throw broken;
    }).done;
    const good = queue.enqueue(() => Promise.resolve('good')).done;
    expect(await Promise.allSettled([rejected, thrown, good])).toEqual([
      { status: 'rejected', reason: broken },
      { status: 'rejected', reason: broken },
      { status: 'fulfilled', value: 'good' },
    ]);
    expect(await queue.enqueue(() => Promise.resolve('later')).done).toBe('later');
  });

  it('takes one that runs and as many that wait as its capacity; refuses the next', async () => {
    const capacity = limitOf('queueLength');
    expect(capacity).toBe(8);
    const queue = new SerialQueue(capacity);
    const held = await holdMany(queue, 1 + capacity);
    expect(queue.waiting).toBe(8);
    const task = vi.fn(() => Promise.resolve(0));
    const error = refusal(() => queue.enqueue(task));
    expect(error).toMatchObject({
      code: 'engine/queue-full',
      retryable: true,
      details: { waiting: 8, capacity: 8 },
    });
    expect(error.retryAfterMs).toBeGreaterThan(0);
    expect(error.message).toContain('8 pictures are waiting');

    held[0]?.end.resolve(0);
    await settled();
    expect(queue.waiting).toBe(7);
    const ninth = queue.enqueue(task).done;
    for (const { end } of held) end.resolve(0);
    expect(await ninth).toBe(0);
    expect(task).toHaveBeenCalledTimes(1);
  });

  it('gives a place back when a waiting task is removed', async () => {
    const queue = new SerialQueue(1);
    const [running, waiting] = await holdMany(queue, 2);
    refusal(() => queue.enqueue(() => Promise.resolve()));
    expect(waiting?.ticket.remove(cancelled)).toBe(true);
    await expect(waiting?.ticket.done).rejects.toBe(cancelled);
    expect(waiting?.started()).toBe(false);
    const next = queue.enqueue(() => Promise.resolve('next')).done;
    running?.end.resolve(0);
    expect(await next).toBe('next');
  });

  it('removes only what waits: not what runs, has ended, or was removed', async () => {
    const queue = new SerialQueue(2);
    const [running, waiting] = await holdMany(queue, 2);
    expect(running?.ticket.remove(cancelled)).toBe(false);
    expect(waiting?.ticket.remove(cancelled)).toBe(true);
    expect(waiting?.ticket.remove(cancelled)).toBe(false);
    running?.end.resolve(5);
    expect(await running?.ticket.done).toBe(5);
    expect(running?.ticket.remove(cancelled)).toBe(false);
  });

  it('tells each task how many are ahead of it, once for each change', async () => {
    const queue = new SerialQueue(8);
    const [a, b, c, d] = await holdMany(queue, 4);
    expect(a?.positions).toEqual([0]);
    c?.ticket.remove(cancelled);
    a?.end.resolve(0);
    await settled();
    b?.end.reject(broken);
    await settled();
    expect(b?.positions).toEqual([1]);
    expect(c?.positions).toEqual([2]);
    expect(d?.positions).toEqual([3, 2, 1]);
    expect(d?.started()).toBe(true);
  });

  it('goes on when a listener throws', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    const queue = new SerialQueue(8);
    const failing = () => {
      throw broken;
    };
    const done = [1, 2, 3].map((n) => queue.enqueue(() => Promise.resolve(n), failing).done);
    expect(await Promise.all(done)).toEqual([1, 2, 3]);
    expect(logged).toHaveBeenCalledWith(expect.any(String), broken);
  });

  it('takes new tasks from inside a task and from its answer', async () => {
    const queue = new SerialQueue(2);
    const log: string[] = [];
    const note = (text: string) => queue.enqueue(() => Promise.resolve(log.push(text))).done;
    let inner: Promise<number> | undefined;
    const outer = queue.enqueue(() => {
      inner = note('inner');
      return Promise.resolve(log.push('outer'));
    });
    await outer.done.then(() => note('after'));
    await inner;
    expect(log).toEqual(['outer', 'inner', 'after']);
  });
});

describe('the estimate of a full queue', () => {
  /** A queue with room for one and a clock set by hand. */
  function clockwork() {
    const clock = { ms: 5_000 };
    const queue = new SerialQueue(1, () => clock.ms);
    const estimate = () => refusal(() => queue.enqueue(() => Promise.resolve()));
    return { clock, queue, estimate };
  }

  it('is what is left of the running task, at first taken to need a second', async () => {
    const { clock, queue, estimate } = clockwork();
    await holdMany(queue, 2);
    expect(estimate().retryAfterMs).toBe(1000);
    clock.ms += 400;
    expect(estimate().retryAfterMs).toBe(600);
    expect(estimate().message).toContain('in about 0.6 s');
  });

  it('never promises less than a quarter of a second, however late the running task is', async () => {
    const { clock, queue, estimate } = clockwork();
    await holdMany(queue, 2);
    clock.ms += 60_000;
    expect(estimate().retryAfterMs).toBe(250);
  });

  it('learns from how long tasks take, failed ones included', async () => {
    const { clock, queue, estimate } = clockwork();
    const [slow] = await holdMany(queue, 1);
    clock.ms += 11_000;
    slow?.end.reject(broken);
    await settled();
    await holdMany(queue, 2);
    expect(estimate().retryAfterMs).toBe(0.7 * 1000 + 0.3 * 11_000);
  });
});

describe('SerialQueue, whatever happens in whatever order', () => {
  const CAPACITY = 3;
  type Step = { do: 'enqueue' | 'finish' | 'fail' } | { do: 'remove'; which: number };
  const anyStep: fc.Arbitrary<Step> = fc.oneof(
    { weight: 4, arbitrary: fc.constant<Step>({ do: 'enqueue' }) },
    { weight: 2, arbitrary: fc.constant<Step>({ do: 'finish' }) },
    { weight: 1, arbitrary: fc.constant<Step>({ do: 'fail' }) },
    {
      weight: 1,
      arbitrary: fc.nat(CAPACITY - 1).map((which): Step => ({ do: 'remove', which })),
    },
  );

  it('runs at most one task, first come first served, and loses none', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 40 }), async (steps) => {
        const queue = new SerialQueue(CAPACITY);
        const all: Held[] = [];
        const expected = new Map<Held, PromiseSettledResult<number>>();
        /** The model: the first one runs, the others wait in this order. */
        const line: Held[] = [];

        const endFirst = (failing: boolean) => {
          const first = line.shift();
          if (!first) return;
          const value = all.indexOf(first);
          expected.set(
            first,
            failing ? { status: 'rejected', reason: broken } : { status: 'fulfilled', value },
          );
          if (failing) first.end.reject(broken);
          else first.end.resolve(value);
        };
        const take = (step: Step) => {
          if (step.do === 'remove') {
            const victim = line[1 + step.which];
            if (!victim) return;
            expect(victim.ticket.remove(cancelled)).toBe(true);
            line.splice(1 + step.which, 1);
            expected.set(victim, { status: 'rejected', reason: cancelled });
          } else if (step.do !== 'enqueue') {
            endFirst(step.do === 'fail');
          } else if (line.length > CAPACITY) {
            expect(refusal(() => hold(queue)).code).toBe('engine/queue-full');
          } else {
            const held = hold(queue);
            all.push(held);
            line.push(held);
          }
        };

        for (const step of steps) {
          take(step);
          await settled();
          expect(queue.waiting).toBe(Math.max(line.length - 1, 0));
          expect(line.filter(({ started }) => started())).toEqual(line.slice(0, 1));
          expect(line.slice(1).map(({ positions }) => positions.at(-1))).toEqual(
            line.slice(1).map((_, index) => index + 1),
          );
        }
        while (line.length > 0) {
          endFirst(false);
          await settled();
        }
        expect(await Promise.allSettled(all.map(({ ticket }) => ticket.done))).toEqual(
          all.map((held) => expected.get(held)),
        );
        // A removed task never ran; every other one did.
        for (const held of all) {
          const outcome = expected.get(held);
          const removed = outcome?.status === 'rejected' && outcome.reason === cancelled;
          expect(held.started()).toBe(!removed);
        }
      }),
      { numRuns: 200 },
    );
  });
});
