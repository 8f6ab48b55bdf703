import { FileInput } from 'lucide-react';
import { useId, type DragEvent, type ReactElement, type RefObject } from 'react';
import { limitOf } from '../../../core/limits.ts';
import { Button, buttonClass } from '../../../ui/Button.tsx';
import { formatBytes } from '../../../ui/format.ts';
import { Mark } from '../../../ui/Mark.tsx';
import { useDragOver } from '../../../ui/useDragOver.ts';
import s from './FileStep.module.css';

interface FileStepProps {
  /** The file in work; null before one was chosen. */
  readonly file: File | null;
  readonly busy: boolean;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly onFile: (file: File) => void;
  /** Absent where there is nothing to discard, or not now. */
  readonly onDiscard?: (() => void) | undefined;
}

/**
 * Where a model file is dropped or picked. A file dropped here is a model, whatever its name; of several, the page's
 * own drop target tells models from pictures.
 */
export function FileStep({ file, busy, input, onFile, onDiscard }: FileStepProps): ReactElement {
  const id = useId();
  const [over, drag] = useDragOver();

  const mine = (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      className={s['zone']}
      data-over={over}
      onDragEnter={(event) => {
        mine(event);
        drag('enter');
      }}
      onDragLeave={(event) => {
        mine(event);
        drag('leave');
      }}
      onDragOver={mine}
      onDrop={(event) => {
        drag('end');
        const [dropped, another] = event.dataTransfer.files;
        if (another) return;
        mine(event);
        if (dropped) onFile(dropped);
      }}
    >
      <input
        ref={input}
        id={id}
        className="visually-hidden"
        type="file"
        accept=".onnx"
        disabled={busy}
        data-testid="model-file-input"
        onChange={(event) => {
          const [picked] = event.target.files ?? [];
          event.target.value = ''; // the same file may be picked again
          if (picked) onFile(picked);
        }}
      />
      <p className={s['text']}>
        {file ? (
          <>
            <span className={s['name']} data-testid="own-file">
              {file.name}
            </span>{' '}
            <span className={s['soft']}>{formatBytes(file.size)}</span>
          </>
        ) : (
          'Drop an ONNX file here.'
        )}
      </p>
      <label
        htmlFor={id}
        className={`${buttonClass(file ? 'normal' : 'primary')} ${s['pick'] ?? ''}`}
      >
        <FileInput aria-hidden="true" />
        {file ? 'Choose another file' : 'Choose a file'}
      </label>
      {onDiscard && (
        <Button kind="plain" data-testid="discard-own" onClick={onDiscard}>
          Discard
        </Button>
      )}
      <p className={s['hint']} role="status">
        {busy ? (
          <span className={s['busy']}>
            <Mark busy />
            Reading it byte by byte; nothing in it is executed.
          </span>
        ) : file ? null : (
          `It stays on this device. At most ${formatBytes(limitOf('modelBytes'))}; it is read and judged before anything else happens.`
        )}
      </p>
    </div>
  );
}
