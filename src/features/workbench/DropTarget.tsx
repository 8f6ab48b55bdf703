import { useEffect, useRef, useState, type ReactElement } from 'react';
import { closeDialogs } from '../../ui/dialogs.ts';
import {
  carriesFiles,
  kindOfDrop,
  kindOfPaste,
  picturesFrom,
  picturesPasted,
  takesText,
} from './intake.ts';
import { addPictures, remarkOn, type NewPicture } from './state/bench.ts';
import s from './DropTarget.module.css';

/**
 * Makes the whole window take dropped and pasted pictures; shows where they go while a drag is over it. What is no
 * picture gets a sentence (IntakeNote).
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
      const pictures = picturesFrom(event.dataTransfer?.files ?? [], 'file');
      if (pictures.length > 0) take(pictures);
      else remarkOn(kindOfDrop(event.dataTransfer));
    });
    on('paste', (event) => {
      if (takesText(event.target)) return;
      const pictures = picturesPasted(event.clipboardData);
      event.preventDefault();
      if (pictures.length > 0) take(pictures);
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

/** A dialog would hide what came: drops and pastes reach the page through it. */
function take(pictures: readonly NewPicture[]): void {
  closeDialogs();
  addPictures(pictures);
}
