import { useEffect, useRef } from 'react';
import type { Library } from '../../../models/library/types.ts';
import { dropRemark, remarkAlso, remarkOn } from '../../workbench/state/bench.ts';
import { kindByName } from './file-kinds.ts';
import type { Surroundings } from './state/form.ts';
import { handLabels, handOver, setOpen, takeHanded, useHanded } from './state/handed.ts';
import { giveLabels, offerFile, takeFile, type Came, type LabelsOutcome } from './state/work.ts';

interface Incoming {
  /** Takes a file that was dropped or chosen in the wizard itself. */
  readonly take: (file: File) => void;
  /** Looks at what came whatever was entered about the file before. */
  readonly replace: (came: Came) => void;
}

function tell(outcome: LabelsOutcome | null): void {
  if (outcome) remarkAlso(outcome);
}

/** Brings the files that come to the wizard, by whichever way, to where they belong. */
export function useIncoming(library: Library, { lists, taken }: Surroundings): Incoming {
  const surroundings = useRef<Surroundings>({ lists, taken });
  useEffect(() => {
    surroundings.current = { lists, taken };
  }, [lists, taken]);

  const file = useHanded((state) => state.file);
  const labels = useHanded((state) => state.labels);
  useEffect(() => {
    const { file: model, labels: text } = takeHanded();
    if (model) {
      void offerFile(library, { file: model, labels: text }, () => surroundings.current).then(tell);
    } else if (text) void giveLabels(text).then(tell);
  }, [library, file, labels]);

  useEffect(() => {
    setOpen(true);
    return () => {
      setOpen(false);
    };
  }, []);

  return {
    take: (came) => {
      const kind = kindByName(came.name);
      if (kind === 'weights') {
        remarkOn('weights');
        return;
      }
      dropRemark();
      if (kind === 'labels') handLabels(came);
      else handOver(came, false);
    },
    replace: (came) => {
      void takeFile(library, came, () => surroundings.current).then(tell);
    },
  };
}
