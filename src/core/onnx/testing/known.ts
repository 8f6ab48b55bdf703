import { checkOrder } from '../graph-order.ts';
import { readModel } from '../proto/model-proto.ts';
import type { NameTable } from '../proto/name-table.ts';
import { inferShapes } from '../shapes/infer.ts';
import { UNKNOWN } from '../shapes/value.ts';
import type { Value } from '../shapes/value.ts';

/** What is inferred of every name of a file; nothing of those that no tensor has. @throws AppError `gate/…` */
export function knownByName(bytes: Uint8Array): ReadonlyMap<string, Value> {
  const model = readModel(bytes);
  const known = inferShapes(bytes, model, checkOrder(model.graph));
  const numbers = numbersByName(model.graph.names);
  numbers.delete('');
  return new Map([...numbers].map(([name, number]) => [name, known[number] ?? UNKNOWN]));
}

/** The numbers of all names of a file. */
export function numbersByName(names: NameTable): Map<string, number> {
  const numbers = Array.from({ length: names.count }, (_, number) => number);
  return new Map(numbers.map((number) => [names.text(number), number]));
}
