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
    badNames: examples(badNames(model, tensors)),
    sparseInitialisers: graph.sparseInitialisers + attributes.filter(({ sparse }) => sparse).length,
  };
}

/** Different ones, the first few, as they may be shown. */
function examples(names: readonly string[]): readonly string[] {
  const different = new Set(names);
  return [...different].slice(0, MOST_EXAMPLES).map((name) => escapedName(name));
}

/** Told one by one: a list of all would be as long as the file. */
function badNames(model: ModelProto, tensors: readonly TensorProto[]): readonly string[] {
  const { graph } = model;
  const bad: string[] = [];
  const look = (name: string) => {
    if (isBadName(name)) bad.push(name);
  };
  look(graph.name);
  for (const { domain } of model.opsets) look(domain);
  for (const { name } of tensors) look(name);
  for (const { name, shape } of [...graph.inputs, ...graph.outputs]) {
    look(name);
    for (const side of shape ?? []) if (typeof side === 'string') look(side);
  }
  for (const { name, op, domain, inputs, outputs, attributes } of graph.nodes) {
    look(name);
    look(op);
    look(domain);
    inputs.forEach(look);
    outputs.forEach(look);
    for (const attribute of attributes.keys()) look(attribute);
  }
  return bad;
}
