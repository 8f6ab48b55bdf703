import * as v from 'valibot';
import { GRADES } from '../../core/integrity/provenance.ts';
import { ZOO_TASKS } from '../../models/zoo/schema.ts';
import { EVERYTHING, SIZE_BANDS, SORTS, type Query, type SizeBand, type Sort } from './filter.ts';

/*
 * The part of the library's address behind “?”: what is searched and shown, so that it can be shared, and comes back
 * with the browser's “back”. Whatever is not understood counts for nothing.
 */

/** What an address of the library says. */
export interface LibraryAddress {
  /** Null when it says nothing about search, filters or order. */
  readonly query: Query | null;
  /** The model whose details are shown. */
  readonly about: string | null;
}

const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as K[];

const percent = v.pipe(
  v.string(),
  v.regex(/^\d{1,3}(\.\d{1,6})?$/),
  v.transform(Number),
  v.maxValue(100),
);

const tick = v.pipe(
  v.literal('1'),
  v.transform((): boolean => true),
);

const text = v.pipe(v.string(), v.maxLength(200));

/** A parameter that may be left out. */
const orNull = <S extends v.GenericSchema>(schema: S) => v.fallback(v.nullable(schema), null);

const schema = v.object({
  q: v.fallback(text, EVERYTHING.search),
  task: orNull(v.picklist(ZOO_TASKS)),
  data: orNull(text),
  grade: orNull(v.picklist([...GRADES, 'none'])),
  size: orNull(v.picklist(keysOf<SizeBand>(SIZE_BANDS))),
  from: orNull(percent),
  to: orNull(percent),
  installable: v.fallback(tick, false),
  installed: v.fallback(tick, false),
  sort: v.fallback(v.picklist(keysOf<Sort>(SORTS)), EVERYTHING.sort),
  // Whatever can be read: of a model that the catalogue does not have, the page says so by this name.
  about: orNull(v.pipe(v.string(), v.regex(/^(?=.*\S)\P{C}{1,200}$/u))),
});

/** Reads an address. @param search the part behind “?”, as it stands there. */
export function parseAddress(search: string): LibraryAddress {
  const given = new URLSearchParams(search);
  const { about, ...said } = v.parse(schema, Object.fromEntries(given));
  const query: Query = {
    search: said.q,
    task: said.task,
    dataset: said.data,
    grade: said.grade,
    size: said.size,
    atLeast: said.from,
    atMost: said.to,
    onlyInstallable: said.installable,
    onlyInstalled: said.installed,
    sort: said.sort,
  };
  const saysSomething = Object.keys(said).some((name) => given.has(name));
  return { query: saysSomething ? query : null, about };
}

/** The address of a view, without “?”; empty when it is the plain library. */
export function addressOf(query: Query, about: string | null): string {
  const params = new URLSearchParams();
  const set = (name: string, value: string | number | null) => {
    if (value !== null && value !== '') params.set(name, String(value));
  };
  set('q', query.search.trim().slice(0, 200));
  set('task', query.task);
  set('data', query.dataset);
  set('grade', query.grade);
  set('size', query.size);
  set('from', query.atLeast);
  set('to', query.atMost);
  set('installable', query.onlyInstallable ? 1 : null);
  set('installed', query.onlyInstalled ? 1 : null);
  set('sort', query.sort === EVERYTHING.sort ? null : query.sort);
  set('about', about);
  return params.toString();
}
