import { escapedName, isBadName } from './names.ts';
import type { ModelProto } from './proto/model-proto.ts';
import type { NameTable } from './proto/name-table.ts';
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
  for (const { op, domain } of graph.nodes.types) {
    if (!isStandard(domain)) note(customDomains, domain);
    else if (!isDefined(domain, op)) note(unknownOperators, op);
    if (CONTROL_FLOW.has(op)) note(controlFlow, op);
  }
  for (const { node, attribute } of graph.nodes.special) {
    if (attribute.subgraph) note(controlFlow, graph.nodes.type(node).op);
    if (attribute.sparse) sparseInitialisers += 1;
  }
  const externalData = new Set<string>();
  let claimed = 0;
  for (const { external, name, claimedBytes } of tensors) {
    if (external) note(externalData, graph.names.text(name));
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
    badNames: examples(badNames(graph.names)),
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

/** Whatever goes by a name in the file has a number in its table, also where a later name takes an earlier one's place. */
function badNames(names: NameTable): ReadonlySet<string> {
  const bad = new Set<string>();
  for (const name of names.uncommon) {
    if (bad.size === MOST_EXAMPLES) break;
    const text = names.text(name);
    if (isBadName(text)) bad.add(text);
  }
  return bad;
}
