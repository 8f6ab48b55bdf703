import { expect, it, vi } from 'vitest';
import { openedOnce } from './opened-once.ts';

it('opens once, for whoever asks, and again after a failure', async () => {
  const open = vi.fn<() => Promise<string>>();
  open.mockRejectedValueOnce(new DOMException('Not now', 'InvalidStateError'));
  open.mockResolvedValue('open');
  const opened = openedOnce(open);
  const outcomes = await Promise.allSettled([opened(), opened()]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(open).toHaveBeenCalledTimes(1);
  expect(await Promise.all([opened(), opened()])).toEqual(['open', 'open']);
  expect(await opened()).toBe('open');
  expect(open).toHaveBeenCalledTimes(2);
});
