import { escapedName } from './names.ts';
import type { GraphProto } from './proto/model-proto.ts';
import { ruleOf } from './shapes/infer.ts';
import { fullShape, UNKNOWN } from './shapes/value.ts';
import type { Value } from './shapes/value.ts';

/** Enough for a sentence; a file may have any number. */
const MOST = 20;

/**
 * The operators that shape inference stopped at, each type once: nothing is known of what they give, though enough was
 * known of what they are given. Those behind them are not their own fault and are left out.
 */
export function unfollowedOperators(
  { nodes }: GraphProto,
  known: ReadonlyMap<string, Value>,
): readonly string[] {
  const found = new Set<string>();
  for (const node of nodes) {
    const [first = ''] = node.outputs;
    if (found.size === MOST || known.get(first)?.shape || found.has(node.op)) continue;
    const given = node.inputs
      .filter((name) => name !== '')
      .map((name) => known.get(name) ?? UNKNOWN);
    // An open side may keep a rule from saying anything; where there is no rule, it is not the side's doing.
    const enough = ruleOf(node)
      ? given.every((value) => fullShape(value) !== null)
      : given.every(({ shape }) => shape !== null);
    if (enough) found.add(node.op);
  }
  return [...found].map((op) => escapedName(op));
}
