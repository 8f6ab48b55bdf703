import { escapedName } from './names.ts';
import type { NodeTable } from './proto/node-table.ts';
import { ruleOf } from './shapes/infer.ts';
import { fullShape, UNKNOWN } from './shapes/value.ts';
import type { Known } from './shapes/value.ts';

/** Enough for a sentence; a file may have any number. */
const MOST = 20;

/**
 * The operators that shape inference stopped at, each type once: nothing is known of what they give, though enough was
 * known of what they are given. Those behind them are not their own fault and are left out.
 */
export function unfollowedOperators(nodes: NodeTable, known: Known): readonly string[] {
  const found = new Set<string>();
  for (let index = 0; index < nodes.count && found.size < MOST; index += 1) {
    const type = nodes.type(index);
    if (known[nodes.outputs.first(index)]?.shape || found.has(type.op)) continue;
    // An open side may keep a rule from saying anything; where there is no rule, it is not the side's doing.
    const hasRule = ruleOf(type) !== undefined;
    let enough = true;
    for (let at = nodes.inputs.start(index); at < nodes.inputs.end(index); at += 1) {
      const tensor = nodes.inputs.at(at);
      const value = known[tensor] ?? UNKNOWN;
      if (tensor !== 0 && (hasRule ? fullShape(value) : value.shape) === null) enough = false;
    }
    if (enough) found.add(type.op);
  }
  return [...found].map((op) => escapedName(op));
}
