import { useEffect, useMemo, useState } from 'react';
import { asAppError } from '../../../core/errors.ts';
import {
  judgeInstall,
  type InstallPolicy,
  type PolicyVerdict,
} from '../../../core/integrity/provenance.ts';
import type { InstalledModel, Library } from '../../../models/library/types.ts';
import { installable } from '../../../models/zoo/installable.ts';
import type { Zoo } from '../../../models/zoo/schema.ts';
import { useServices } from '../../services.ts';
import type { LibraryRow } from '../rows.ts';
import { useChooseInstalled } from './choose.ts';
import { clearFailure, clearPastFailures, noteFailure } from './failures.ts';

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

/** Everything that can be done with a model of the list. The functions stay the same, so that rows need no new render. */
export interface Actions {
  /** Asks what must be asked, then installs or goes on where it stopped. */
  readonly install: (row: LibraryRow) => void;
  readonly pause: (id: string) => void;
  readonly cancel: (id: string) => void;
  readonly remove: (id: string) => void;
  readonly use: (id: string) => void;
  readonly inspect: (id: string) => void;
}

interface Wiring {
  readonly zoo: Zoo | undefined;
  readonly policy: InstallPolicy;
  readonly onUse: (id: string) => void;
  readonly onInspect: (id: string) => void;
}

/** The actions, the open question if there is one, and its answers. */
export function useActions({ zoo, policy, onUse, onInspect }: Wiring): {
  readonly actions: Actions;
  readonly question: Question | null;
  readonly agree: () => void;
  readonly decline: () => void;
} {
  const { library } = useServices();
  const choose = useChooseInstalled();
  const [question, setQuestion] = useState<Question | null>(null);

  useEffect(
    () =>
      library.subscribe(() => {
        clearPastFailures(library);
      }),
    [library],
  );

  const actions = useMemo((): Actions => {
    const attempt = (id: string, work: () => Promise<unknown>) => {
      clearFailure(id);
      work().catch((thrown: unknown) => {
        noteFailure(id, asAppError(thrown), library.state(id).state);
      });
    };
    return {
      install: (row) => {
        if (!row.plan.possible) return;
        const verdict = judgeInstall(row.plan.source.grade, 'catalogue', policy);
        // Whoever agreed once and paused is not asked again: the library knows to what.
        const goesOn = library.state(row.id).state === 'paused';
        if (verdict.action === 'ask' && !goesOn) setQuestion({ kind: 'consent', row, verdict });
        else attempt(row.id, () => begin({ library, zoo, policy, ask: setQuestion }, row, !goesOn));
      },
      pause: (id) => {
        library.pause(id);
      },
      cancel: (id) => {
        attempt(id, () => library.cancel(id));
      },
      remove: (id) => {
        attempt(id, () => library.remove(id));
      },
      use: (id) => {
        attempt(id, async () => {
          await choose(id);
          onUse(id);
        });
      },
      inspect: onInspect,
    };
  }, [library, zoo, policy, choose, onUse, onInspect]);

  const agree = () => {
    if (!question) return;
    setQuestion(null);
    const { row } = question;
    const work = async () => {
      const victims = question.kind === 'room' ? question.victims : [];
      for (const { entry } of victims) await library.remove(entry.id, 'evicted');
      const confirmed = question.kind === 'consent' || question.confirmed;
      return begin({ library, zoo, policy, ask: setQuestion }, row, confirmed);
    };
    work().catch((thrown: unknown) => {
      noteFailure(row.id, asAppError(thrown), library.state(row.id).state);
    });
  };

  return {
    actions,
    question,
    agree,
    decline: () => {
      setQuestion(null);
    },
  };
}

interface Begin {
  readonly library: Library;
  readonly zoo: Zoo | undefined;
  readonly policy: InstallPolicy;
  readonly ask: (question: Question) => void;
}

/** Installs where there is room and the policy lets it; asks the person about what stands in the way. */
async function begin(
  { library, zoo, policy, ask }: Begin,
  row: LibraryRow,
  confirmed: boolean,
): Promise<void> {
  if (!zoo || !row.plan.possible) return;
  const item = installable(zoo, row.model, row.plan.source);
  const isAsked = async (): Promise<boolean> => {
    const bytes = await library.missingBytes(item);
    const victims = bytes === null ? [] : await library.evictionPlan(bytes);
    if (bytes === null || victims.length === 0) return false;
    ask({ kind: 'room', row, bytes, victims, confirmed });
    return true;
  };
  if (await isAsked()) return;
  try {
    await library.install(item, { confirmed });
  } catch (thrown) {
    const { code } = asAppError(thrown);
    if (code === 'download/needs-consent')
      ask({ kind: 'consent', row, verdict: judgeInstall(item.grade, 'catalogue', policy) });
    // A size that nobody published is known once the download has begun, and room may end in the middle of it.
    else if (code !== 'store/quota' || !(await isAsked())) throw thrown;
  }
}
