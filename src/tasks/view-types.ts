import type { CSSProperties, ReactElement } from 'react';
import type { Box } from '../core/geometry/boxes.ts';
import type { Size } from '../core/image/types.ts';

/** What an answer is shown with. */
export interface AnswerProps<Answer> {
  readonly answer: Answer;
  /** The upright picture's size: the pixels that boxes refer to. */
  readonly size: Size;
  /** Score at which boxes are shown, 0..1. Families without a threshold ignore it. */
  readonly threshold: number;
  readonly onThreshold: (threshold: number) => void;
  /** Index of the pointed-out item of the answer, shared by picture and list. */
  readonly highlight: number | null;
  readonly onHighlight: (index: number | null) => void;
}

/**
 * How a task family looks: the page's counterpart of its TaskFamily. Methods, not properties, so that a family's
 * view can be used through the union of all answers once the registry has picked it by `answer.task`.
 */
export interface TaskView<Answer> {
  /** Threshold before the person moves it. */
  initialThreshold(answer: Answer): number;
  /** The result in one sentence, for the status line and for screen readers. */
  sentence(answer: Answer, threshold: number): string;
  /** What holds for every answer of the family, said where the model brings no caution of its own. */
  readonly caution: string | null;
  /** The answer as text and figures. */
  Reading(props: AnswerProps<Answer>): ReactElement;
  /** What is drawn over the picture. */
  Overlay(props: AnswerProps<Answer>): ReactElement | null;
  /** Where in the picture an item is, for the rulers. */
  extent(answer: Answer, index: number): Box | null;
}

/** Custom properties for a `style` attribute set through the CSSOM (an inline style in HTML is refused by the CSP). */
export function vars(values: Readonly<Record<`--${string}`, string | number>>): CSSProperties {
  return values;
}
