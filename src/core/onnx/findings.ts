import { escapedName, isBadName } from './names.ts';
import type { ModelProto } from './proto/model-proto.ts';
import type { TensorProto } from './proto/tensor-proto.ts';
import { isDefined, isStandard } from './operators.ts';
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
  const customDomains = new Set<string>();
  const unknownOperators = new Set<string>();
  const controlFlow = new Set<string>();
  let { sparseInitialisers } = graph;
  for (const { op, domain, attributes } of graph.nodes) {
    if (!isStandard(domain)) customDomains.add(domain);
    else if (!isDefined(domain, op)) unknownOperators.add(op);
    if (CONTROL_FLOW.has(op)) controlFlow.add(op);
    for (const { subgraph, sparse } of attributes.values()) {
      if (subgraph) controlFlow.add(op);
      if (sparse) sparseInitialisers += 1;
    }
  }
  const externalData = new Set<string>();
  let claimed = 0;
  for (const { external, name, claimedBytes } of tensors) {
    if (external) externalData.add(name);
    else claimed += claimedBytes;
  }
  return {
    externalData: examples(externalData),
    customDomains: examples(customDomains),
    unknownOperators: examples(unknownOperators),
    controlFlow: examples(controlFlow),
    functions: model.functions,
    trainingInfo: model.trainingInfo,
    claimedInitialiserBytes: Math.min(claimed, Number.MAX_SAFE_INTEGER),
    badNames: examples(badNames(model, tensors)),
    sparseInitialisers,
  };
}

/** The first few, as they may be shown. */
function examples(names: ReadonlySet<string>): readonly string[] {
  return [...names].slice(0, MOST_EXAMPLES).map((name) => escapedName(name));
}

/** Told one by one: a list of all would be as long as the file. */
function badNames(model: ModelProto, tensors: readonly TensorProto[]): ReadonlySet<string> {
  const { graph } = model;
  const bad = new Set<string>();
  const look = (name: string) => {
    if (isBadName(name)) bad.add(name);
  };
  look(graph.name);
  for (const { domain } of model.opsets) look(domain);
  for (const { name } of tensors) look(name);
  for (const { name, shape } of [...graph.inputs, ...graph.outputs]) {
    look(name);
    for (const side of shape ?? []) if (typeof side === 'string') look(side);
  }
  const kinds = new Set<string>();
  // What a node reads is an input, an initialiser or what another node makes; kinds recur thousands of times.
  for (const { name, op, domain, outputs, attributes } of graph.nodes) {
    look(name);
    outputs.forEach(look);
    kinds.add(op).add(domain);
    for (const attribute of attributes.keys()) kinds.add(attribute);
  }
  kinds.forEach(look);
  return bad;
}
