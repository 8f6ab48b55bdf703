import { expect, it } from 'vitest';
import { isRefusal, isVerdict } from './refusals.ts';

it.each([
  // Of the file: nothing of it is kept.
  ['integrity/digest-mismatch', true, true, true],
  ['gate/control-flow', false, true, true],
  ['manifest/bad-labels', false, true, true],
  ['download/http-status', false, true, true],
  ['download/redirect-refused', false, true, true],
  ['download/refused-by-policy', false, true, true],
  // Of the source, a part, a name or a number: what is there already may still be of use.
  ['download/blocked', true, false, true],
  ['download/bad-range', true, false, true],
  ['download/html', true, false, true],
  ['download/empty', true, false, true],
  ['store/id-taken', false, false, true],
  ['store/bad-counter', false, false, true],
  // Failures, questions, and the person's own will.
  ['download/http-status', true, false, false],
  ['download/failed', true, false, false],
  ['download/offline', true, false, false],
  ['download/stalled', true, false, false],
  ['download/needs-consent', true, false, false],
  ['download/paused', true, false, false],
  ['store/quota', true, false, false],
  ['store/busy', true, false, false],
  ['store/failed', true, false, false],
  ['intake/unreadable', true, false, false],
] as const)('%s, retryable %s: a verdict %s, a refusal %s', (code, retryable, verdict, refused) => {
  expect(isVerdict({ code, retryable })).toBe(verdict);
  expect(isRefusal({ code, retryable })).toBe(refused);
});
