import type { CommonEntry } from '../core/manifest/schema.ts';
import type { TaskFamily } from './types.ts';
import { postprocessClassification } from './classification/postprocess.ts';
import {
  classificationOutputSchema,
  type ClassificationAnswer,
  type ClassificationOutput,
} from './classification/schema.ts';
import { postprocessDetection } from './detection/postprocess.ts';
import {
  detectionOutputSchema,
  type DetectionAnswer,
  type DetectionOutput,
} from './detection/schema.ts';

/** Every task family: its manifest contract and its answer. A new family is one folder, one line here and one in {@link TASKS}. */
interface Families {
  classification: { output: ClassificationOutput; answer: ClassificationAnswer };
  detection: { output: DetectionOutput; answer: DetectionAnswer };
}

export type TaskId = keyof Families;

/** What a run answers, told apart by `task`. */
export type TaskAnswer = Families[TaskId]['answer'];

/** A model's declaration, parsed: the common part and its task's own output contract. */
export type ModelEntry = {
  [Id in TaskId]: CommonEntry & { readonly task: Id; readonly output: Families[Id]['output'] };
}[TaskId];

export const TASKS = {
  classification: {
    id: 'classification',
    title: 'Classification',
    outputSchema: classificationOutputSchema,
    postprocess: postprocessClassification,
  },
  detection: {
    id: 'detection',
    title: 'Detection',
    outputSchema: detectionOutputSchema,
    postprocess: postprocessDetection,
  },
} as const satisfies {
  [Id in TaskId]: TaskFamily<Id, Families[Id]['output'], Families[Id]['answer']>;
};

/** True for the ids of {@link TASKS}. */
export function isTaskId(id: string): id is TaskId {
  return Object.hasOwn(TASKS, id);
}
