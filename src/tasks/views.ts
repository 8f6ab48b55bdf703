import { CLASSIFICATION_VIEW } from './classification/View.tsx';
import { DETECTION_VIEW } from './detection/View.tsx';
import type { TaskAnswer, TaskId } from './registry.ts';
import { TENSORS_VIEW } from './tensors/View.tsx';
import type { TaskView } from './view-types.ts';

type AnswerOf<Id extends TaskId> = Extract<TaskAnswer, { readonly task: Id }>;

/** How each task family looks. Kept apart from the registry, which the worker imports. */
const TASK_VIEWS = {
  classification: CLASSIFICATION_VIEW,
  detection: DETECTION_VIEW,
  tensors: TENSORS_VIEW,
} as const satisfies { [Id in TaskId]: TaskView<AnswerOf<Id>> };

/** The view that belongs to an answer. */
export function viewOf(answer: TaskAnswer): TaskView<TaskAnswer> {
  return TASK_VIEWS[answer.task];
}
