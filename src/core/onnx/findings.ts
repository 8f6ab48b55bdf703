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
    if (!isStandard(domain)) note(customDomains, domain);
    else if (!isDefined(domain, op)) note(unknownOperators, op);
    if (CONTROL_FLOW.has(op)) note(controlFlow, op);
    for (const { subgraph, sparse } of attributes.values()) {
      if (subgraph) note(controlFlow, op);
      if (sparse) sparseInitialisers += 1;
    }
  }
  const externalData = new Set<string>();
  let claimed = 0;
  for (const { external, name, claimedBytes } of tensors) {
    if (external) note(externalData, name);
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

/** Adds one more example, while there are few. */
function note(examples: Set<string>, name: string): void {
  if (examples.size < MOST_EXAMPLES) examples.add(name);
}

/** As they may be shown. */
function examples(names: ReadonlySet<string>): readonly string[] {
  return [...names].map((name) => escapedName(name));
}

/** Told one by one: a list of all would be as long as the file. */
function badNames(model: ModelProto, tensors: readonly TensorProto[]): ReadonlySet<string> {
  const { graph } = model;
  const bad = new Set<string>();
  const look = (name: string) => {
    if (isBadName(name)) note(bad, name);
  };
  look(graph.name);
  for (const { domain } of model.opsets) look(domain);
  for (const { key } of model.metadata) look(key);
  for (const { name } of graph.declared) look(name);
  for (const { name } of tensors) look(name);
  for (const { name, shape } of [...graph.inputs, ...graph.outputs]) {
    look(name);
    for (const side of shape ?? []) if (typeof side === 'string') look(side);
  }
  // What a node reads is an input, an initialiser or what another node makes.
  for (const { name, op, domain, outputs, attributes } of graph.nodes) {
    look(name);
    look(op);
    look(domain);
    outputs.forEach(look);
    for (const attribute of attributes.values()) look(attribute.name);
  }
  return bad;
}
