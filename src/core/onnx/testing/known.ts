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
  const { inputs, initialisers, nodes } = model.graph;
  const given = [...inputs, ...initialisers].map(({ name }) => name);
  const names = [...given, ...nodes.flatMap(({ outputs }) => outputs)].filter((one) => one !== '');
  return new Map(names.map((name) => [name, known[wiring.numbers.get(name) ?? 0] ?? UNKNOWN]));
}
