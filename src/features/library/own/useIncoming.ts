import { useCallback, useEffect, useRef } from 'react';
import type { Library } from '../../../models/library/types.ts';
import { remarkOn } from '../../workbench/state/bench.ts';
import { kindByName } from './file-kinds.ts';
import type { Surroundings } from './state/form.ts';
import { handLabels, setOpen, takeHanded, takeLabels, useHanded } from './state/handed.ts';
import { giveLabels, offerFile, takeFile, useOwnWork } from './state/work.ts';

interface Incoming {
  /** Takes a file that was dropped or chosen in the wizard itself. */
  readonly take: (file: File) => void;
  /** Looks at a file whatever was entered about the one before. */
  readonly replace: (file: File) => void;
}

/** Brings the files that come to the wizard, by whichever way, to where they belong. */
export function useIncoming(library: Library, { lists, taken }: Surroundings): Incoming {
  const surroundings = useRef<Surroundings>({ lists, taken });
  useEffect(() => {
    surroundings.current = { lists, taken };
  }, [lists, taken]);

  const offer = useCallback(
    (file: File) => {
      void offerFile(library, file, () => surroundings.current);
    },
    [library],
  );

  const handed = useHanded((state) => state.file);
  useEffect(() => {
    if (!handed) return;
    takeHanded();
    offer(handed);
  }, [handed, offer]);

  const labels = useHanded((state) => state.labels);
  const at = useOwnWork((state) => state.stage.at);
  const waiting = useOwnWork((state) => state.waiting);
  useEffect(() => {
    if (!labels) return;
    // Those that came with a model, or while one is read, are for that one. The model may have been taken just above.
    const now = useOwnWork.getState();
    if (now.stage.at === 'reading' || now.waiting) return;
    takeLabels();
    void giveLabels(labels).then(remarkOn);
  }, [labels, at, waiting]);

  useEffect(() => {
    setOpen(true);
    return () => {
      setOpen(false);
    };
  }, []);

  return {
    take: (file) => {
      const kind = kindByName(file.name);
      if (kind === 'weights') remarkOn('weights');
      else if (kind === 'labels') handLabels(file);
      else offer(file);
    },
    replace: (file) => {
      void takeFile(library, file, () => surroundings.current);
    },
  };
}
