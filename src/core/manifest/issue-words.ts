import type * as v from 'valibot';

type Issue = v.BaseIssue<unknown>;

/**
 * What is wrong with a value, to follow where it is: “must not be empty”. For issues whose schema has no sentence of
 * its own.
 */
export function issueWords(issue: Issue): string {
  if (issue.kind === 'schema') return schemaWords(issue);
  const wanted = String(issue.requirement);
  switch (issue.type) {
    case 'non_empty':
      return 'must not be empty';
    case 'min_length':
      return issue.requirement === 1
        ? 'must not be empty'
        : `must have at least ${wanted} ${partsOf(issue)}`;
    case 'max_length':
      return `must have at most ${wanted} ${partsOf(issue)}`;
    case 'min_value':
      return `must be at least ${wanted}`;
    case 'max_value':
      return `must be at most ${wanted}`;
    case 'gt_value':
      return `must be more than ${wanted}`;
    case 'integer':
    case 'safe_integer':
      return 'must be a whole number';
    case 'finite':
      return 'must be a finite number';
    case 'url':
      return 'must be a whole address (URL)';
    case 'starts_with':
      return `must begin with “${wanted}”`;
    case 'ends_with':
      return `must end with “${wanted}”`;
    case 'regex':
      return 'has characters or a form that is not accepted';
    default:
      return 'is not what is wanted there';
  }
}

/** The wrong kind of value, or a field too many or too few. */
function schemaWords(issue: Issue): string {
  if (issue.expected === 'never') {
    return issue.path?.at(-1)?.type === 'array' ? 'is one too many' : 'is not a known field';
  }
  if (issue.received === 'undefined') return 'is missing';
  switch (issue.type) {
    case 'literal':
    case 'picklist':
    case 'variant':
      return `must be ${oneOf(issue.expected ?? '')}`;
    default:
      return `must be ${KINDS.get(issue.type) ?? 'of another kind'}, and ${foundWords(issue)}`;
  }
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ['string', 'a text'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['tuple', 'a list'],
  ['strict_tuple', 'a list'],
  ['object', 'an object'],
  ['strict_object', 'an object'],
  ['record', 'an object'],
]);

function foundWords({ input }: Issue): string {
  if (input === null) return 'is null';
  if (Array.isArray(input)) return 'is a list';
  const kind = KINDS.get(typeof input);
  return typeof input === 'boolean' ? `is ${String(input)}` : `is ${kind ?? 'something else'}`;
}

function partsOf({ input }: Issue): string {
  return typeof input === 'string' ? 'characters' : 'items';
}

/** `("a" | "b" | 1)` as “"a", "b" or 1”. */
function oneOf(expected: string): string {
  const values = expected.replace(/^\(|\)$/g, '').split(' | ');
  const last = values.pop() ?? '';
  return values.length === 0 ? last : `${values.join(', ')} or ${last}`;
}
