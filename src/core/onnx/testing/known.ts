import { checkOrder } from '../graph-order.ts';
import { readModel } from '../proto/model-proto.ts';
import { inferShapes } from '../shapes/infer.ts';
import { UNKNOWN } from '../shapes/value.ts';
import type { Value } from '../shapes/value.ts';

/** What is inferred of every tensor of a file, by name. @throws AppError `gate/…` */
export function knownByName(bytes: Uint8Array): ReadonlyMap<string, Value> {
  const model = readModel(bytes);
  const wiring = checkOrder(model.graph);
  const known = inferShapes(bytes, model, wiring);
  const names = [...wiring.numbers].filter(([name]) => name !== '');
  return new Map(names.map(([name, tensor]) => [name, known[tensor] ?? UNKNOWN]));
}
