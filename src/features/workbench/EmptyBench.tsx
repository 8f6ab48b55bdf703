import type { ReactElement } from 'react';
import { ImagePlus } from 'lucide-react';
import { buttonClass } from '../../ui/Button.tsx';
import { FILE_INPUT_ID } from './ControlBar.tsx';
import { LensDiagram } from './LensDiagram.tsx';
import s from './EmptyBench.module.css';

/** The bench before the first picture: what to do, and the promise. */
export function EmptyBench(): ReactElement {
  return (
    <div className={s['drop']}>
      <div className={s['drawing']}>
        <LensDiagram />
      </div>
      <div className={s['words']}>
        <h2 className={s['title']}>Put a picture under the lens</h2>
        <p className={s['text']}>
          <span className={s['byMouse']}>
            Drop one anywhere on this page, paste it from the clipboard, or open a file.
          </span>
          <span className={s['byTouch']}>
            Take one with the camera or choose one from your photos.
          </span>{' '}
          A verified model examines it in your browser. Nothing leaves this device.
        </p>
        <p className={s['open']}>
          <label htmlFor={FILE_INPUT_ID} className={buttonClass('primary')}>
            <ImagePlus aria-hidden="true" />
            Choose a picture
          </label>
        </p>
      </div>
    </div>
  );
}
