import { expect, it, vi } from 'vitest';
import { deferred } from '../../core/flow/testing/deferred.ts';
import { AppError } from '../../core/errors.ts';
import { rejection } from '../testing/rejection.ts';
import { Slots } from './slots.ts';

it('lets so many in, tells the others how many are before them, and lets them leave', async () => {
  const slots = new Slots(2);
  const never = new AbortController().signal;
  const work = [deferred<string>(), deferred<string>(), deferred<string>()];
  const told: (readonly [name: string, others: number])[] = [];
  const enter = (name: string, promise: Promise<string>, signal = never) =>
    slots.use(
      signal,
      () => promise,
      (others) => told.push([name, others]),
    );
  const next = () => told.splice(0);
  const [a, b, c] = work;
  if (!a || !b || !c) throw new TypeError('three');
  const first = enter('a', a.promise);
  const second = enter('b', b.promise);
  expect(next()).toEqual([
    ['a', 0],
    ['b', 0],
  ]);
  const leaving = new AbortController();
  const left = enter('left', Promise.resolve(''), leaving.signal);
  const third = enter('c', c.promise);
  const fourth = enter('d', Promise.resolve('d'));
  expect(next()).toEqual([
    ['left', 1],
    ['c', 2],
    ['d', 3],
  ]);
  const paused = new AppError('download/paused', 'Paused.');
  leaving.abort(paused);
  expect(await rejection(left)).toBe(paused);
  expect(next()).toEqual([
    ['c', 1],
    ['d', 2],
  ]);
  b.resolve('b');
  await second;
  await vi.waitFor(() => {
    expect(next()).toEqual([
      ['c', 0],
      ['d', 1],
    ]);
  });
  c.resolve('c');
  await third;
  expect(await fourth).toBe('d');
  a.resolve('a');
  expect(await first).toBe('a');
  expect(next()).toEqual([['d', 0]]);
});
