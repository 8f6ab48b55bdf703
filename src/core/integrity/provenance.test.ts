import { expect, it } from 'vitest';
import { GRADES, judgeInstall, type InstallPolicy } from './provenance.ts';

const verdicts = (policy: InstallPolicy) =>
  GRADES.map((grade) => judgeInstall(grade, 'catalogue', policy).action).join(' ');

it('decides by grade and policy, and nothing before the policy is known', () => {
  expect(verdicts('standard')).toBe('install install ask ask refuse');
  expect(verdicts('kiosk')).toBe('install refuse refuse refuse refuse');
  expect(verdicts('unknown')).toBe('refuse refuse refuse refuse refuse');
  expect(judgeInstall('E', 'own-file', 'standard').action).toBe('ask');
  expect(judgeInstall('E', 'own-file', 'unknown').because).toContain('configuration');
});
