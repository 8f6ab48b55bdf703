import { useEffect, useRef, useState, type ReactElement } from 'react';
import { carriesFiles, kindOfDrop, kindOfPaste, takesText } from './intake.ts';
import { remarkOn } from './state/bench.ts';
import { takeFiles } from './take-files.ts';
import s from './DropTarget.module.css';

/**
 * Makes the whole window take dropped and pasted pictures and models; shows where they go while a drag is over it.
 * What is no file gets a sentence (IntakeNote).
 */
export function DropTarget(): ReactElement | null {
  const [over, setOver] = useState(false);
  // Entering a child comes before leaving its parent: only the balance says whether the drag is outside.
  const depth = useRef(0);

  useEffect(() => {
    const listening = new AbortController();
    const on = <K extends keyof WindowEventMap>(
      type: K,
      handle: (event: WindowEventMap[K]) => void,
    ) => {
      window.addEventListener(type, handle, { signal: listening.signal });
    };
    on('dragenter', (event) => {
      if (!carriesFiles(event.dataTransfer)) return;
      depth.current += 1;
      setOver(true);
    });
    on('dragleave', (event) => {
      if (!carriesFiles(event.dataTransfer)) return;
      depth.current = Math.max(0, depth.current - 1);
      setOver(depth.current > 0);
    });
    on('dragover', (event) => {
      // Links and text as well: only what may be dropped comes to `drop`, where it gets its sentence.
      event.preventDefault();
      // Of a link, the browser picks an effect that its source allows.
      if (event.dataTransfer && carriesFiles(event.dataTransfer)) {
        event.dataTransfer.dropEffect = 'copy';
      }
    });
    on('drop', (event) => {
      // A dropped link would otherwise take the page, and with it the bench, away.
      event.preventDefault();
      depth.current = 0;
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) void takeFiles(files, 'file');
      else remarkOn(kindOfDrop(event.dataTransfer));
    });
    on('paste', (event) => {
      if (takesText(event.target)) return;
      const files = [...(event.clipboardData?.files ?? [])];
      event.preventDefault();
      if (files.length > 0) void takeFiles(files, 'paste');
      else remarkOn(kindOfPaste(event.clipboardData));
    });
    return () => {
      listening.abort();
    };
  }, []);

  return over ? (
    <div className={s['overlay']} data-testid="drop-overlay">
      <p className={s['text']}>Drop to examine</p>
    </div>
  ) : null;
}
