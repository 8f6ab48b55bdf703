import { useEffect } from 'react';
import { create } from 'zustand';
import type { PolicyVerdict } from '../../../core/integrity/provenance.ts';
import type { InstalledModel } from '../../../models/library/types.ts';
import { NONE } from '../../none.ts';
import type { LibraryRow } from '../rows.ts';

/** What stands between the wish to install and the install: a question to the person. */
export type Question =
  | { readonly kind: 'consent'; readonly row: LibraryRow; readonly verdict: PolicyVerdict }
  | {
      readonly kind: 'room';
      readonly row: LibraryRow;
      /** What the file takes, but for what came of it already. */
      readonly bytes: number;
      /** What would have to go, least recently used first. */
      readonly victims: readonly InstalledModel[];
      /** The person was asked about the evidence, or nobody has to ask. */
      readonly confirmed: boolean;
    };

interface Questions {
  /** The first is asked now. One that comes while another is open, or while the bench is shown, waits. */
  readonly waiting: readonly Question[];
  /** Those of them that gave way to news: they are asked at the next visit of the list. */
  readonly postponed: readonly Question[];
}

export const useQuestions = create<Questions>()(() => ({ waiting: [], postponed: NONE }));

/** The question to ask now; undefined where there is none. */
export function questionIn({ waiting, postponed }: Questions): Question | undefined {
  return waiting.find((question) => !postponed.includes(question));
}

/** The same, for the list while it is on the screen. */
export function useQuestion(): Question | undefined {
  useEffect(() => recall, []);
  return useQuestions(questionIn);
}

/** Leaves the questions that wait unanswered: something else came over the one that was asked. */
export function postpone(): void {
  useQuestions.setState(({ waiting }) => ({ postponed: waiting }));
}

/** Has all questions asked again that nobody answered. */
export function recall(): void {
  useQuestions.setState({ postponed: NONE });
}

/** Asks the person, after those who came before. A later question about the same model takes the earlier one's place. */
export function ask(question: Question): void {
  useQuestions.setState(({ waiting }) => {
    const at = waiting.findIndex(({ row }) => row.id === question.row.id);
    return { waiting: at < 0 ? [...waiting, question] : waiting.with(at, question) };
  });
}

/** Takes an answered question away; the next one is asked. */
export function settle(question: Question): void {
  useQuestions.setState(({ waiting }) => ({
    waiting: waiting.filter((other) => other !== question),
  }));
}
