import { Trash2 } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Box } from '../../core/geometry/boxes.ts';
import type { Size } from '../../core/image/types.ts';
import type { RunReport } from '../../engine/protocol.ts';
import { viewOf } from '../../tasks/views.ts';
import { vars, type AnswerProps } from '../../tasks/view-types.ts';
import type { TaskAnswer } from '../../tasks/registry.ts';
import { BitmapCanvas } from '../../ui/BitmapCanvas.tsx';
import { Button } from '../../ui/Button.tsx';
import { Ruler } from '../../ui/Ruler.tsx';
import { useElementSize } from '../../ui/useElementSize.ts';
import { describePicture } from './describe.ts';
import { removePicture, type Picture } from './state/bench.ts';
import { usePreview } from './state/previews.ts';
import s from './Stage.module.css';

interface StageProps {
  readonly picture: Picture;
  readonly report: RunReport | null;
  /** Set when there is a report. */
  readonly answerProps: AnswerProps<TaskAnswer> | null;
  /** What stands in the picture's place when it was refused before it was decoded. */
  readonly refusal: ReactElement | null;
}

/** The picture between its rulers, with what the model found drawn over it. */
export function Stage({ picture, report, answerProps, refusal }: StageProps): ReactElement {
  const preview = usePreview(picture.id);
  return (
    <figure className={s['stage']}>
      <figcaption className={s['caption']}>
        <span className={s['name']}>{picture.name}</span>
        <span className={s['facts']}>
          {report ? describePicture(report, picture.blob.size) : ''}
        </span>
        <Button
          kind="icon"
          aria-label={`Remove ${picture.name}`}
          title="Remove"
          data-focus="remove"
          onClick={() => {
            removePicture(picture.id);
          }}
        >
          <Trash2 aria-hidden="true" />
        </Button>
      </figcaption>
      {preview ? (
        <Bench
          name={picture.name}
          preview={preview}
          size={report?.size ?? { width: preview.width, height: preview.height }}
          exact={report !== null}
          answerProps={answerProps}
        />
      ) : (
        <div className={s['empty']}>{refusal}</div>
      )}
    </figure>
  );
}

interface BenchProps {
  readonly name: string;
  readonly preview: ImageBitmap;
  /** The picture's size, or the preview's while that is all we know. */
  readonly size: Size;
  /** True when `size` is the picture's own, so that the rulers may speak of pixels. */
  readonly exact: boolean;
  readonly answerProps: AnswerProps<TaskAnswer> | null;
}

function Bench({ name, preview, size, exact, answerProps }: BenchProps): ReactElement {
  const [frame, shown] = useElementSize();
  const view = answerProps && viewOf(answerProps.answer);
  const box: Box | null =
    view && answerProps.highlight !== null
      ? view.extent(answerProps.answer, answerProps.highlight)
      : null;
  // A tiny picture is looked at pixel by pixel, not blurred up.
  const magnified = shown.width > 0 && shown.width / preview.width >= 3;
  return (
    <div className={s['bench']}>
      <div className={s['frame']} style={vars({ '--w': size.width, '--h': size.height })}>
        <div className={s['rulerX']}>
          <Ruler
            axis="x"
            length={exact ? size.width : 0}
            pixels={shown.width}
            extent={box ? [box[0], box[2]] : undefined}
          />
        </div>
        <div className={s['rulerY']}>
          <Ruler
            axis="y"
            length={exact ? size.height : 0}
            pixels={shown.height}
            extent={box ? [box[1], box[3]] : undefined}
          />
        </div>
        <div className={s['picture']} ref={frame} data-magnified={magnified}>
          <BitmapCanvas bitmap={preview} label={`Picture ${name}`} className={s['canvas']} />
          {view && <view.Overlay {...answerProps} />}
        </div>
      </div>
    </div>
  );
}
