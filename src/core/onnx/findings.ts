import { escapedName, isBadName } from './names.ts';
import type { ModelProto } from './proto/model-proto.ts';
import type { TensorProto } from './proto/tensor-proto.ts';
import { STANDARD_DOMAINS } from './shapes/infer.ts';
import type { ModelInspection } from './types.ts';

/** Examples kept of each finding; a refusal needs no more. */
const MOST_EXAMPLES = 20;

/** Operators that decide at run time what is executed, wherever their graph is written. */
const CONTROL_FLOW: ReadonlySet<string> = new Set(['If', 'Loop', 'Scan', 'SequenceMap']);

/** What a gate must know of a model beside its size: see `ModelInspection.findings`. */
export function findings(
  model: ModelProto,
  tensors: readonly TensorProto[],
): ModelInspection['findings'] {
  const { graph } = model;
  const domains = graph.nodes.map(({ domain }) => domain);
  const attributes = graph.nodes.flatMap((node) => [...node.attributes.values()]);
  const decides = graph.nodes.filter(
    ({ op, attributes: own }) =>
      CONTROL_FLOW.has(op) || [...own.values()].some(({ subgraph }) => subgraph),
  );
  const claimed = tensors
    .filter(({ external }) => !external)
    .reduce((sum, { claimedBytes }) => sum + claimedBytes, 0);
  return {
    externalData: examples(tensors.filter(({ external }) => external).map(({ name }) => name)),
    customDomains: examples(domains.filter((domain) => !STANDARD_DOMAINS.has(domain))),
    controlFlow: examples(decides.map(({ op }) => op)),
    functions: model.functions,
    trainingInfo: model.trainingInfo,
    claimedInitialiserBytes: Math.min(claimed, Number.MAX_SAFE_INTEGER),
    badNames: examples(allNames(model, tensors).filter(isBadName)),
    sparseInitialisers: graph.sparseInitialisers + attributes.filter(({ sparse }) => sparse).length,
  };
}

/** Different ones, the first few, as they may be shown. */
function examples(names: readonly string[]): readonly string[] {
  const different = new Set(names);
  return [...different].slice(0, MOST_EXAMPLES).map((name) => escapedName(name));
}

function allNames(model: ModelProto, tensors: readonly TensorProto[]): readonly string[] {
  const { graph } = model;
  return [
    graph.name,
    ...model.opsets.map(({ domain }) => domain),
    ...tensors.map(({ name }) => name),
    ...[...graph.inputs, ...graph.outputs].flatMap(({ name, shape }) => [
      name,
      ...(shape ?? []).filter((side) => typeof side === 'string'),
    ]),
    ...graph.nodes.flatMap(({ name, op, domain, inputs, outputs, attributes }) => [
      ...[name, op, domain, ...inputs, ...outputs],
      ...attributes.keys(),
    ]),
  ];
}
