import { beforeEach, describe, expect, it } from 'vitest';
import { judgeInstall } from '../../../core/integrity/provenance.ts';
import { rowOf } from '../testing/rows.ts';
import { ask, settle, useQuestions, type Question } from './questions.ts';

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
    useQuestions.setState({ waiting: [] });
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

  it('that were answered already change nothing', () => {
    const first = consent('weak');
    ask(first);
    settle(first);
    ask(consent('other'));
    settle(first);
    expect(asked()).toEqual(['consent other']);
  });
});
