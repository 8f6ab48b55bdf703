import { AppError } from '../../core/errors.ts';
import type { CommonEntry } from '../../core/manifest/schema.ts';
import type { ModelInspection, TensorInfo } from '../../core/onnx/types.ts';
import { knownWork } from '../../core/onnx/work.ts';
import type { ModelEntry } from '../../tasks/registry.ts';
import { MAX_OUTPUTS } from '../../tasks/tensors/schema.ts';
import type { VerifiedFile } from '../library/types.ts';
import type { ZooSource } from './plan.ts';
import type { Zoo, ZooModel } from './schema.ts';
import { datasetTitle, metricText, shapeText, TASK_TITLES } from './words.ts';

/** Shown boxes at first; GluonCV's own demos start here. */
const THRESHOLD = 0.5;

/** The list for networks whose outputs are shown as numbers. */
const UNNAMED = 'unnamed';

/**
 * Makes the declaration of a zoo's model from the catalogue's contract and what the verified file holds.
 *
 * Classifiers and detectors get their own task. Everything else that takes one picture is declared as `tensors`: its
 * outputs are shown as they are.
 * @throws AppError `gate/contract-mismatch` when the file's inputs or outputs are not those that were published.
 */
export function declareModel(
  zoo: Zoo,
  model: ZooModel,
  source: ZooSource,
  { sha256, bytes, inspection }: VerifiedFile,
): ModelEntry {
  const input = checkedInput(model, source, inspection);
  const labels = labelsOf(zoo, model);
  const dataset = model.dataset === null ? undefined : zoo.datasets[model.dataset];
  const common: CommonEntry = {
    id: model.name,
    title: model.name,
    summary: summaryOf(zoo, model, source),
    file: `${model.name}.onnx`,
    bytes,
    sha256,
    labels: { file: labels.file, bytes: labels.bytes, sha256: labels.sha256, format: 'plain' },
    card: null,
    input: { name: input.name, ...source.contract },
    ...knownWork(inspection),
    licence: zoo.licence,
    source: {
      title: source.host === 'model-zoo' ? 'ONNX Model Zoo' : 'GluonCV model zoo',
      url: source.url,
    },
    trainingData: dataset ? `${dataset.title}. ${dataset.terms}` : 'Not stated',
    evidence: { grade: gradeOf(source), statement: `Vouched for by ${source.vouchedBy}.` },
    caution: cautionOf(model, source),
    golden: null,
  };
  switch (model.task) {
    case 'classification':
      return {
        ...common,
        task: 'classification',
        output: { scores: scoresOf(model, inspection, labels.classes), activation: 'softmax' },
      };
    case 'detection':
      return { ...common, task: 'detection', output: boxesOf(model, inspection) };
    case 'segmentation':
    case 'instance-segmentation':
    case 'pose':
    case 'action':
    case 'depth':
    case 'tracking':
      return {
        ...common,
        task: 'tensors',
        output: { outputs: namesOf(model, inspection) },
      };
  }
}

/** The file's one picture input, of the published shape and in float32. */
function checkedInput(model: ZooModel, source: ZooSource, { inputs }: ModelInspection): TensorInfo {
  const [input] = inputs;
  const fits =
    inputs.length === 1 &&
    input?.elementType === 'float32' &&
    input.shape?.length === source.input.length &&
    input.shape.every((side, axis) => sameSide(side, source.input[axis] ?? null));
  if (fits) return input;
  throw mismatch(
    model,
    `one float32 input of ${shapeText(source.input)}`,
    inputs.length === 0 ? 'no input' : inputs.map(describe).join(' and '),
  );
}

/** A side that either the publication or the file leaves open fits every number. */
function sameSide(found: number | string | null, published: number | null): boolean {
  return published === null || typeof found !== 'number' || found === published;
}

/** The output with one score a class. */
function scoresOf(model: ZooModel, { outputs }: ModelInspection, classes: number): string {
  const scores = outputs.find(
    ({ shape }) => shape?.at(-1) === classes && shape.slice(1, -1).every((side) => side === 1),
  );
  if (scores) return scores.name;
  throw mismatch(
    model,
    `an output of ${String(classes)} scores`,
    outputs.map(describe).join(' and '),
  );
}

/**
 * GluonCV's three outputs of a detector with box selection in the graph. MXNet's exporter turns the order of
 * CenterNet's first two round.
 */
function boxesOf(
  model: ZooModel,
  { outputs }: ModelInspection,
): Extract<ModelEntry, { task: 'detection' }>['output'] {
  const [first, second, boxes] = outputs;
  const ofFour = boxes?.shape?.at(-1);
  if (
    !first ||
    !second ||
    !boxes ||
    outputs.length !== 3 ||
    (typeof ofFour === 'number' && ofFour !== 4)
  ) {
    throw mismatch(
      model,
      'three outputs: classes, scores and boxes of 4 numbers',
      outputs.map(describe).join(', '),
    );
  }
  const [ids, scores] = model.family === 'CenterNet' ? [second, first] : [first, second];
  return {
    ids: ids.name,
    scores: scores.name,
    boxes: boxes.name,
    nms: 'in-graph',
    threshold: THRESHOLD,
  };
}

/** Every output, as many as can be shown. */
function namesOf(model: ZooModel, { outputs }: ModelInspection): string[] {
  if (outputs.length >= 1 && outputs.length <= MAX_OUTPUTS) return outputs.map(({ name }) => name);
  throw mismatch(model, `1 to ${String(MAX_OUTPUTS)} outputs`, `${String(outputs.length)} outputs`);
}

function labelsOf(zoo: Zoo, model: ZooModel): Zoo['labels'][string] {
  const needed = model.task === 'classification' || model.task === 'detection';
  const labels = zoo.labels[model.labels ?? (needed ? '' : UNNAMED)];
  if (labels) return labels;
  throw new AppError(
    'gate/contract-mismatch',
    `The catalogue has no list of classes for ${model.name}, so its answers would have no names. It is not installed; choose another model.`,
    { details: { model: model.name } },
  );
}

function gradeOf({ grade }: ZooSource): CommonEntry['evidence']['grade'] {
  return grade === 'A' ? 'B' : grade; // an entry cannot claim A; the zoo's best is B
}

function summaryOf(zoo: Zoo, model: ZooModel, { metrics: [metric], host }: ZooSource): string {
  const data = datasetTitle(zoo, model);
  const what = `${model.family}. ${TASK_TITLES[model.task]}${data === null ? '' : ` on ${data}`}`;
  const whose = host === 'model-zoo' ? 'the ONNX Model Zoo' : 'GluonCV';
  return metric ? `${what}: ${metricText(metric)}, published by ${whose}.` : `${what}.`;
}

function cautionOf(model: ZooModel, { quantised }: ZooSource): string | null {
  if (quantised)
    return 'Rounded to 8 bits by its publisher; scores differ a little from the original’s.';
  switch (model.task) {
    case 'detection':
      // mx2onnx exports box_nms without its classes; CenterNet has no suppression to lose.
      return model.family === 'CenterNet'
        ? null
        : 'In the published file, boxes of different classes suppress each other: of two things that overlap, one may be missing.';
    case 'pose':
      return 'Expects one person who fills the picture. The outputs are heat maps, one a joint, and are shown as numbers.';
    case 'action':
      return 'Made for frames of a clip, here given a single picture. The outputs are shown as numbers.';
    case 'segmentation':
    case 'instance-segmentation':
    case 'depth':
    case 'tracking':
      return 'This version shows the outputs of such a network as numbers, not as a picture.';
    case 'classification':
      return null;
  }
}

function mismatch(model: ZooModel, wanted: string, found: string): AppError {
  return new AppError(
    'gate/contract-mismatch',
    `${model.name} was published with ${wanted}; the file has ${found === '' ? 'none' : found}. It is not installed; choose another model.`,
    { details: { model: model.name, wanted, found } },
  );
}

function describe({ name, elementType, shape }: TensorInfo): string {
  return `“${name}” (${elementType}, ${shape === null ? 'no shape' : shapeText(shape)})`;
}
