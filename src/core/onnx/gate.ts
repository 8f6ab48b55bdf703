import type { ErrorCode, ErrorDetails } from '../errors.ts';
import { grouped, inMiB } from '../image/intake-error.ts';
import { limitOf } from '../limits.ts';
import { tooManyNodes } from './gate-error.ts';
import { listed } from './names.ts';
import { aboutMiB } from './numbers.ts';
import { takesAnySize } from './open-size.ts';
import { mainOpset } from './shapes/infer.ts';
import type { GateReason, GateVerdict, ModelInspection } from './types.ts';

/**
 * What onnxruntime-web 1.30 loads, found by loading a model of each version: operator sets 1 to 26, file format up to
 * IR 13. Below operator set 7 it promises nothing (onnxruntime/docs/Versioning.md).
 */
const OLDEST_OPSET = 7;
const NEWEST_OPSET = 26;
const NEWEST_IR = 13;

/**
 * Decides whether a model that could be read may be stored and run: one self-contained graph of standard operators
 * whose cost is known before it runs and which fits in memory. Everything that speaks against it is named, not only
 * the first.
 */
export function judgeModel(inspection: ModelInspection): GateVerdict {
  const reasons = [
    ...shapeOfFile(inspection),
    ...executable(inspection),
    ...size(inspection),
    ...names(inspection),
  ];
  return { accepted: reasons.length === 0, reasons, warnings: warnings(inspection) };
}

function counted(count: number, one: string, many: string): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

function reason(code: ErrorCode, sentence: string, details: ErrorDetails = {}): GateReason {
  return { code, sentence, details };
}

function* shapeOfFile({ inputs, outputs, layers }: ModelInspection): Generator<GateReason> {
  if (inputs.length === 0) {
    yield reason(
      'gate/no-input',
      'The model has no input, so a picture cannot reach it. Export it again with its input.',
    );
  }
  if (outputs.length === 0) {
    yield reason(
      'gate/no-output',
      'The model has no output, so it answers nothing. Export it again with its outputs.',
    );
  }
  if (layers.length === 0) {
    yield reason(
      'gate/no-operators',
      'The model has no operators; it would do nothing. Choose another file.',
    );
  }
}

function* executable({ findings }: ModelInspection): Generator<GateReason> {
  const { externalData, customDomains, unknownOperators, controlFlow } = findings;
  const { functions, trainingInfo } = findings;
  if (externalData.length > 0) {
    yield reason(
      'gate/external-data',
      `The model keeps tensors in other files (${listed(externalData)}). Only one self-contained file can be verified; ` +
        'save it with its weights inside.',
      { tensors: externalData.length },
    );
  }
  if (customDomains.length > 0) {
    yield reason(
      'gate/custom-domain',
      `The model uses operators of domains that are not ONNX’s own (${listed(customDomains)}). ` +
        'Export it with standard operators only, without the optimisations of one runtime; a quantised network in QDQ form.',
      { domains: customDomains.join(' ') },
    );
  }
  if (unknownOperators.length > 0) {
    yield reason(
      'gate/unknown-operator',
      `The model uses operators that ONNX does not define (${listed(unknownOperators)}); only those that it does are accepted. ` +
        'Export it again with standard operators only; if it was damaged, download it again.',
      { operators: unknownOperators.join(' ') },
    );
  }
  if (controlFlow.length > 0) {
    yield reason(
      'gate/control-flow',
      `The model decides while it runs what is executed (${listed(controlFlow)}), so its cost cannot be known before. ` +
        'Export it without loops and branches: a detector, for instance, without what prepares pictures and selects boxes.',
      { operators: controlFlow.join(' ') },
    );
  }
  if (functions > 0) {
    yield reason(
      'gate/functions',
      `The model defines ${counted(functions, 'operator', 'operators')} of its own. Export it with its functions inlined.`,
      { functions },
    );
  }
  if (trainingInfo) {
    yield reason(
      'gate/training-info',
      'The model carries instructions for training. Export it for inference.',
    );
  }
  if (findings.sparseInitialisers > 0) {
    yield reason(
      'gate/sparse-initialisers',
      `The model has ${counted(findings.sparseInitialisers, 'sparse tensor', 'sparse tensors')}, of any size when unpacked. Export it with dense weights.`,
      { tensors: findings.sparseInitialisers },
    );
  }
}

function* size(inspection: ModelInspection): Generator<GateReason> {
  const { layers, fileBytes, activationBytes, findings } = inspection;
  const most = limitOf('modelNodes');
  if (layers.length > most) {
    const { code, message, details } = tooManyNodes(layers.length, most);
    yield reason(code, message, details);
  }
  const claimed = findings.claimedInitialiserBytes;
  // Asked this way round, what is no number is refused too.
  if (!(claimed <= fileBytes)) {
    yield reason(
      'gate/initialisers-too-large',
      `The model's tensors claim ${aboutMiB(claimed)}, but the file has ${inMiB(fileBytes)}. It is damaged or made to exhaust memory; ` +
        'download or export it again.',
      { claimed, fileBytes },
    );
  }
  const limit = limitOf('activationBytes');
  if (activationBytes !== null && !(activationBytes <= limit)) {
    yield reason(
      'gate/activations-too-large',
      `One run would need ${aboutMiB(activationBytes)} for intermediate results; at most ${inMiB(limit)} are accepted. ` +
        (takesAnySize(inspection)
          ? 'Choose a smaller size for its pictures, or export it for a smaller input.'
          : 'Export it for a smaller input.'),
      { activationBytes, limit },
    );
  }
}

function* names({ findings: { badNames } }: ModelInspection): Generator<GateReason> {
  if (badNames.length === 0) return;
  yield reason(
    'gate/bad-names',
    `The model has names with invisible or misleading characters (${listed(badNames)}). Rename them and export it again.`,
    { names: badNames.length },
  );
}

function warnings(inspection: ModelInspection): readonly GateReason[] {
  const { weights, unknownShapes, unfollowed, layers, irVersion } = inspection;
  const found: GateReason[] = [];
  const { nan, infinite, values } = weights;
  if (nan + infinite > 0) {
    const sentence = `Of ${grouped(values)} weights, ${counted(nan, 'is', 'are')} not a number and ${counted(infinite, 'is', 'are')} infinite; its answers may be worthless.`;
    found.push(reason('gate/odd-weights', sentence, { nan, infinite, values }));
  }
  if (unknownShapes > 0) {
    const why =
      unfollowed.length > 0
        ? `is not known, because ${takesAnySize(inspection) ? 'the size of its input is open and ' : ''}${listed(unfollowed)} could not be followed`
        : 'is known only when it runs';
    const sentence = `The size of ${grouped(unknownShapes)} of ${grouped(layers.length)} layers ${why}; cost and memory are estimated from the others.`;
    found.push(reason('gate/unknown-shapes', sentence, { unknownShapes, layers: layers.length }));
  }
  const opset = mainOpset(inspection.opsets);
  if (opset > NEWEST_OPSET || irVersion > NEWEST_IR) {
    const sentence = `The model is of operator set ${String(opset)} and format ${String(irVersion)}; the runtime knows up to ${String(NEWEST_OPSET)} and ${String(NEWEST_IR)} and will probably not load it.`;
    found.push(reason('gate/newer-than-runtime', sentence, { opset, irVersion }));
  }
  if (opset < OLDEST_OPSET) {
    const sentence = `The model is of operator set ${String(opset)}; the runtime promises to run ${String(OLDEST_OPSET)} and later only.`;
    found.push(reason('gate/old-opset', sentence, { opset }));
  }
  return found;
}
