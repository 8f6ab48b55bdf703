/** A copy of plain data in which the value at a dotted path is another one, or is left out (`undefined`). */
export function changed(data: unknown, path: string, value: unknown): unknown {
  const copy: unknown = structuredClone(data);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const holder = keys.reduce<unknown>((node, key) => (isNode(node) ? node[key] : undefined), copy);
  if (!isNode(holder)) return copy;
  if (value === undefined) Reflect.deleteProperty(holder, last);
  else holder[last] = value;
  return copy;
}

/** The dotted paths of everything inside plain data: objects, lists and values. */
export function pathsOf(data: unknown): string[] {
  if (!isNode(data)) return [];
  return Object.entries(data).flatMap(([key, value]) => [
    key,
    ...pathsOf(value).map((path) => `${key}.${path}`),
  ]);
}

function isNode(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
