import { useEffect, useMemo } from 'react';
import { asAppError } from '../../../core/errors.ts';
import { judgeInstall, type InstallPolicy } from '../../../core/integrity/provenance.ts';
import type { InstalledModel, Library } from '../../../models/library/types.ts';
import { installable } from '../../../models/zoo/installable.ts';
import type { Zoo } from '../../../models/zoo/schema.ts';
import { NONE } from '../../none.ts';
import { useServices } from '../../services.ts';
import type { LibraryRow } from '../rows.ts';
import { useChooseInstalled } from './choose.ts';
import { clearFailure, clearPastFailures, noteFailure } from './failures.ts';
import { ask, settle, useQuestion, type Question } from './questions.ts';

/** By then an install for which something went has taken that room, in ms. */
const ROOM_TAKEN_MS = 500;

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
  readonly question: Question | undefined;
  readonly agree: () => void;
  readonly decline: () => void;
} {
  const { library } = useServices();
  const choose = useChooseInstalled();
  const question = useQuestion();

  useEffect(
    () =>
      library.subscribe(() => {
        clearPastFailures(library);
      }),
    [library],
  );

  // What would have to go may have gone for another install, or in another tab: then it is reckoned anew.
  useEffect(() => {
    if (question?.kind !== 'room') return;
    const { row, victims, confirmed } = question;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      if (victims.every(({ entry }) => library.state(entry.id).state === 'installed')) return;
      timer ??= setTimeout(() => {
        settle(question);
        attemptIn(library)(row.id, () => begin({ library, zoo, policy }, row, { confirmed }));
      }, ROOM_TAKEN_MS);
    };
    look();
    const stop = library.subscribe(look);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [question, library, zoo, policy]);

  const actions = useMemo((): Actions => {
    const attempt = attemptIn(library);
    return {
      install: (row) => {
        if (!row.plan.possible) return;
        const verdict = judgeInstall(row.plan.source.grade, 'catalogue', policy);
        // Whoever agreed once and paused is not asked again: the library knows to what.
        const goesOn = library.state(row.id).state === 'paused';
        if (verdict.action === 'ask' && !goesOn) ask({ kind: 'consent', row, verdict });
        else attempt(row.id, () => begin({ library, zoo, policy }, row, { confirmed: !goesOn }));
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

  return {
    actions,
    question,
    agree: () => {
      if (!question) return;
      settle(question);
      const { row } = question;
      const leave =
        question.kind === 'consent'
          ? { confirmed: true }
          : { confirmed: question.confirmed, victims: question.victims };
      attemptIn(library)(row.id, () => begin({ library, zoo, policy }, row, leave));
    },
    decline: () => {
      if (question) settle(question);
    },
  };
}

/** Does what was asked for; a failure is noted with the model. */
function attemptIn(library: Library): (id: string, work: () => Promise<unknown>) => void {
  return (id, work) => {
    clearFailure(id);
    work().catch((thrown: unknown) => {
      noteFailure(id, asAppError(thrown), library.state(id).state);
    });
  };
}

interface Begin {
  readonly library: Pick<Library, 'install' | 'missingBytes' | 'evictionPlan' | 'remove'>;
  readonly zoo: Zoo | undefined;
  readonly policy: InstallPolicy;
}

/** What the person has agreed to. */
interface Leave {
  /** The evidence, or nobody has to ask. */
  readonly confirmed: boolean;
  /** These may go to make room. */
  readonly victims?: readonly InstalledModel[];
}

/**
 * Installs, and asks the person about what stands in the way. Nothing goes before the library has said that room is
 * all that is missing: evidence, policy and source come first.
 */
export async function begin(
  wiring: Begin,
  row: LibraryRow,
  { confirmed, victims: agreed = NONE }: Leave,
): Promise<void> {
  const { library, zoo, policy } = wiring;
  if (!zoo || !row.plan.possible) return;
  const item = installable(zoo, row.model, row.plan.source);
  try {
    await library.install(item, { confirmed });
    return;
  } catch (thrown) {
    const { code } = asAppError(thrown);
    if (code === 'download/needs-consent') {
      ask({ kind: 'consent', row, verdict: judgeInstall(item.grade, 'catalogue', policy) });
      return;
    }
    // Without the network neither comes what is wanted nor what went for it.
    if (code !== 'store/quota' || !navigator.onLine) throw thrown;
    // Reckoned anew each time: the question may have waited, and others made room or took it.
    const bytes = (await library.missingBytes(item)) ?? 0;
    const victims = await library.evictionPlan(bytes);
    if (victims.length === 0) throw thrown;
    const mayGo = new Set(agreed.map(({ entry }) => entry.id));
    if (!victims.every(({ entry }) => mayGo.has(entry.id))) {
      ask({ kind: 'room', row, bytes, victims, confirmed });
      return;
    }
    for (const { entry } of victims) await library.remove(entry.id, 'evicted');
  }
  await begin(wiring, row, { confirmed });
}
