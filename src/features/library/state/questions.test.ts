import { beforeEach, describe, expect, it } from 'vitest';
import { judgeInstall } from '../../../core/integrity/provenance.ts';
import { rowOf } from '../testing/rows.ts';
import {
  ask,
  postpone,
  questionIn,
  recall,
  settle,
  useQuestions,
  type Question,
} from './questions.ts';

const verdict = judgeInstall('D', 'catalogue', 'standard');
const consent = (name: string): Question => ({ kind: 'consent', row: rowOf({ name }), verdict });
const room = (name: string): Question => ({
  kind: 'room',
  row: rowOf({ name }),
  bytes: 1,
  victims: [],
  confirmed: true,
});
const asked = () => useQuestions.getState().waiting.map(({ kind, row }) => `${kind} ${row.id}`);

describe('questions to the person', () => {
  beforeEach(() => {
    useQuestions.setState({ waiting: [], postponed: [] });
  });

  it('are asked one after the other, and none is lost', () => {
    const first = consent('weak');
    ask(first);
    ask(room('unknown'));
    expect(asked()).toEqual(['consent weak', 'room unknown']);
    settle(first);
    expect(asked()).toEqual(['room unknown']);
  });

  it('are asked once of each model: what is known of it now', () => {
    ask(consent('weak'));
    ask(consent('other'));
    ask(room('weak'));
    expect(asked()).toEqual(['room weak', 'consent other']);
  });

  it('are not answered by news that come over them: they wait for the next visit, others do not', () => {
    const now = () => questionIn(useQuestions.getState());
    const [first, second, third] = [consent('weak'), consent('other'), consent('third')];
    ask(first);
    ask(second);
    postpone();
    expect(now()).toBeUndefined();
    ask(third);
    expect(now()).toBe(third);
    settle(third);
    expect(now()).toBeUndefined();
    recall();
    expect(now()).toBe(first);
    postpone();
    ask(consent('weak'));
    expect(now()?.row.id).toBe('weak'); // whoever presses again is asked again
  });

  it('that were answered already change nothing', () => {
    const first = consent('weak');
    ask(first);
    settle(first);
    ask(consent('other'));
    settle(first);
    expect(asked()).toEqual(['consent other']);
  });
});
