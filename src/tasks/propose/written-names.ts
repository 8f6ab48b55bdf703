import * as v from 'valibot';

/* Names of classes as programs write them down: JSON, or Python's own way to print a list or a dictionary. */

const listSchema = v.pipe(
  v.array(v.pipe(v.string(), v.trim(), v.regex(/^[^\p{Cc}\p{Bidi_Control}]+$/u))),
  v.minLength(1),
);

const namesSchema = v.union([
  v.pipe(v.string(), v.parseJson(), listSchema),
  v.pipe(
    v.string(),
    v.parseJson(),
    v.record(v.string(), v.string()),
    v.transform(inOrder),
    listSchema,
  ),
  v.pipe(v.string(), v.transform(pythonNames), listSchema),
]);

/** The names of `{"0": "person", "1": …}`; null unless the numbers count up from 0. */
function inOrder(names: Readonly<Record<string, string>>): unknown {
  const pairs = Object.entries(names);
  return pairs.every(([index], at) => index === String(at)) ? pairs.map(([, name]) => name) : null;
}

/** A quoted name, with its number before it in a dictionary. */
const ITEM = /(?:['"]?(\d{1,6})['"]?\s*:\s*)?(?:'([^'\\]*)'|"([^"\\]*)")\s*(?:,\s*|$)/gy;

/** `{0: 'person', 1: "bird's nest"}`, as Ultralytics’ exporter writes, or `['person', "bird's nest"]`. */
function pythonNames(text: string): unknown {
  const brackets = `${text.at(0) ?? ''}${text.at(-1) ?? ''}`;
  if (brackets !== '{}' && brackets !== '[]') return null;
  const body = text.slice(1, -1).trim();
  // Sticky: item by item from the bracket, never a search through a hostile text.
  const items = [...body.matchAll(ITEM)];
  const counted = items.every(
    ([, index], at) => index === (brackets === '{}' ? String(at) : undefined),
  );
  // Nothing but these items: what was not understood is not cut out in silence.
  const read = items.reduce((length, [item]) => length + item.length, 0);
  return counted && read === body.length
    ? items.map(([, , single, double]) => single ?? double)
    : null;
}

/**
 * The names in a list or a dictionary numbered from 0, in JSON or as Python prints it, over one line or several. Null
 * for any other text, also when a name is empty or holds control characters.
 */
export function writtenNames(text: string): readonly string[] | null {
  const parsed = v.safeParse(namesSchema, text.trim());
  return parsed.success ? parsed.output : null;
}
