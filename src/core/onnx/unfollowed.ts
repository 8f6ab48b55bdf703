import type { Wiring } from './graph-order.ts';
import { escapedName } from './names.ts';
import { ruleOf } from './shapes/infer.ts';
import { fullShape, UNKNOWN } from './shapes/value.ts';
import type { Known } from './shapes/value.ts';

/** Enough for a sentence; a file may have any number. */
const MOST = 20;

/**
 * The operators that shape inference stopped at, each type once: nothing is known of what they give, though enough was
 * known of what they are given. Those behind them are not their own fault and are left out.
 */
export function unfollowedOperators({ nodes }: Wiring, known: Known): readonly string[] {
  const found = new Set<string>();
  for (const { node, inputs, outputs } of nodes) {
    if (found.size === MOST) break;
    if (known[outputs[0] ?? 0]?.shape || found.has(node.op)) continue;
    const given = inputs.filter((tensor) => tensor !== 0).map((tensor) => known[tensor] ?? UNKNOWN);
    // An open side may keep a rule from saying anything; where there is no rule, it is not the side's doing.
    const enough = ruleOf(node)
      ? given.every((value) => fullShape(value) !== null)
      : given.every(({ shape }) => shape !== null);
    if (enough) found.add(node.op);
  }
  return [...found].map((op) => escapedName(op));
}
