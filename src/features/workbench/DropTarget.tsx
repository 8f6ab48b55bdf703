import { useEffect, type ReactElement } from 'react';
import { carriesFiles, kindOfDrop, kindOfPaste, takesText } from './intake.ts';
import { remarkOn } from './state/bench.ts';
import { takeFiles } from './take-files.ts';
import { useDragOver } from '../../ui/useDragOver.ts';
import s from './DropTarget.module.css';

/**
 * Makes the whole window take dropped and pasted pictures and models; shows where they go while a drag is over it.
 * What is no file gets a sentence (IntakeNote).
 */
export function DropTarget(): ReactElement | null {
  const [over, drag] = useDragOver();

  useEffect(() => {
    const listening = new AbortController();
    const on = <K extends keyof WindowEventMap>(
      type: K,
      handle: (event: WindowEventMap[K]) => void,
    ) => {
      window.addEventListener(type, handle, { signal: listening.signal });
    };
    on('dragenter', (event) => {
      if (carriesFiles(event.dataTransfer)) drag('enter');
    });
    on('dragleave', (event) => {
      if (carriesFiles(event.dataTransfer)) drag('leave');
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
      drag('end');
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
  }, [drag]);

  return over ? (
    <div className={s['overlay']} data-testid="drop-overlay">
      <p className={s['text']}>Drop to examine</p>
    </div>
  ) : null;
}
