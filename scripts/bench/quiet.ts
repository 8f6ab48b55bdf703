import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** Share of all processors in use at which a measurement may start. */
const QUIET = 0.1;
/** How long to wait for that; then it is measured all the same and the share is reported. */
const PATIENCE_MS = 60_000;
const WINDOW_MS = 2000;

/**
 * Waits until nothing else keeps the machine busy. Only the start is chosen so, never a result.
 * @returns the share of all processors that others used just before, 0..1.
 */
export async function waitForQuiet(): Promise<number> {
  const patient = Date.now() + PATIENCE_MS;
  let busy = await busyShare();
  while (busy > QUIET && Date.now() < patient) busy = await busyShare();
  return busy;
}

async function busyShare(): Promise<number> {
  const before = ticks();
  await sleep(WINDOW_MS);
  const after = ticks();
  return 1 - (after.idle - before.idle) / (after.all - before.all);
}

function ticks(): { readonly idle: number; readonly all: number } {
  const times = cpus().map((cpu) => cpu.times);
  const all = times.flatMap((time) => Object.values(time)).reduce((a, b) => a + b, 0);
  return { idle: times.reduce((sum, { idle }) => sum + idle, 0), all };
}
