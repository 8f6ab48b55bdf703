import type { CommonEntry } from '../core/manifest/schema.ts';
import type { InputGeometry } from '../core/geometry/boxes.ts';
import type { OutputTensors, TaskFamily } from './types.ts';
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
import { postprocessTensors } from './tensors/postprocess.ts';
import { tensorsOutputSchema, type TensorsAnswer, type TensorsOutput } from './tensors/schema.ts';

/** Every task family: its manifest contract and its answer. A new family is one folder, a line here and one in {@link TASKS}. */
interface Families {
  classification: { output: ClassificationOutput; answer: ClassificationAnswer };
  detection: { output: DetectionOutput; answer: DetectionAnswer };
  tensors: { output: TensorsOutput; answer: TensorsAnswer };
}

export type TaskId = keyof Families;

/** What a run answers, told apart by `task`. */
export type TaskAnswer = Families[TaskId]['answer'];

/** A model's declaration, parsed: the common part and its task's own output contract. */
type EntryOf<Id extends TaskId> = {
  [K in Id]: CommonEntry & { readonly task: K; readonly output: Families[K]['output'] };
}[Id];
export type ModelEntry = EntryOf<TaskId>;

export const TASKS: {
  readonly [Id in TaskId]: TaskFamily<Id, Families[Id]['output'], Families[Id]['answer']>;
} = {
  classification: {
    id: 'classification',
    title: 'Classification',
    outputSchema: classificationOutputSchema,
    outputNames: ({ scores }) => [scores],
    avoidGpuBecause: () => null,
    postprocess: postprocessClassification,
  },
  detection: {
    id: 'detection',
    title: 'Detection',
    outputSchema: detectionOutputSchema,
    outputNames: ({ ids, scores, boxes }) => [ids, scores, boxes],
    avoidGpuBecause: () =>
      'this model ends in NonMaxSuppression, which onnxruntime-web computes unreliably on WebGPU',
    postprocess: postprocessDetection,
  },
  tensors: {
    id: 'tensors',
    title: 'Raw outputs',
    outputSchema: tensorsOutputSchema,
    outputNames: ({ outputs }) => outputs,
    avoidGpuBecause: () => null,
    postprocess: postprocessTensors,
  },
};

/** True for the ids of {@link TASKS}. */
export function isTaskId(id: string): id is TaskId {
  return Object.hasOwn(TASKS, id);
}

/** The graph outputs a model must have. */
export function outputNames<Id extends TaskId>({ task, output }: EntryOf<Id>): readonly string[] {
  return TASKS[task].outputNames(output);
}

/** Why `auto` should not put a model on the GPU, or null; see {@link TaskFamily.avoidGpuBecause}. */
export function avoidGpuBecause<Id extends TaskId>({ task, output }: EntryOf<Id>): string | null {
  return TASKS[task].avoidGpuBecause(output);
}

/**
 * The answer of a model from its raw outputs.
 * @throws AppError `engine/bad-output`.
 */
export function postprocess<Id extends TaskId>(
  { task, output }: EntryOf<Id>,
  outputs: OutputTensors,
  labels: readonly string[],
  geometry: InputGeometry,
): TaskAnswer {
  return TASKS[task].postprocess(outputs, output, labels, geometry);
}
