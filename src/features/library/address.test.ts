import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GRADES } from '../../core/integrity/provenance.ts';
import { ZOO_TASKS } from '../../models/zoo/schema.ts';
import { addressOf, parseAddress } from './address.ts';
import { EVERYTHING, SIZE_BANDS, SORTS, type Query, type SizeBand, type Sort } from './filter.ts';

const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as K[];
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const percent = fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10);

const queries: fc.Arbitrary<Query> = fc.record({
  search: fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => text.trim()),
  task: maybe(fc.constantFrom(...ZOO_TASKS)),
  dataset: maybe(fc.constantFrom('COCO', 'Pascal VOC & more', 'Kinetics-400')),
  grade: maybe(fc.constantFrom(...GRADES, 'none' as const)),
  size: maybe(fc.constantFrom(...keysOf<SizeBand>(SIZE_BANDS))),
  atLeast: maybe(percent),
  atMost: maybe(percent),
  onlyInstallable: fc.boolean(),
  onlyInstalled: fc.boolean(),
  sort: fc.constantFrom(...keysOf<Sort>(SORTS)),
});

describe('the address of the library', () => {
  it('brings back what was searched, filtered and sorted, and whose details were open', () => {
    const about = maybe(fc.constantFrom('alexnet', 'ssd_300_mobilenet0.25_voc'));
    fc.assert(
      fc.property(queries, about, (query, model) => {
        const address = addressOf(query, model);
        const isPlain = addressOf(query, null) === '';
        expect(parseAddress(address)).toEqual({ query: isPlain ? null : query, about: model });
      }),
    );
  });

  it('is empty for the plain library, and says nothing then', () => {
    expect(addressOf(EVERYTHING, null)).toBe('');
    expect(parseAddress('')).toEqual({ query: null, about: null });
    expect(parseAddress('about=alexnet')).toEqual({ query: null, about: 'alexnet' });
    expect(parseAddress('about=a%2Fb')).toEqual({ query: null, about: 'a/b' });
  });

  it.each([
    'task=nonsense',
    'grade=Z',
    'size=toString',
    'sort=__proto__',
    'from=-1',
    'from=1e9',
    'to=101',
    'to=',
    'installed=yes',
    `q=${'a'.repeat(201)}`,
  ])('takes nothing from “%s”', (search) => {
    expect(parseAddress(search).query).toEqual(EVERYTHING);
  });

  it.each(['about=', 'about=+', 'about=a%00', 'about=%0A', `about=${'a'.repeat(201)}`])(
    'names no model in “%s”',
    (search) => {
      expect(parseAddress(search)).toEqual({ query: null, about: null });
    },
  );

  it('takes what is sound beside what is not', () => {
    expect(parseAddress('q=ssd&task=x&unknown=1&sort=size').query).toEqual({
      ...EVERYTHING,
      search: 'ssd',
      sort: 'size',
    });
  });

  it('is read whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (search) => {
        const { query, about } = parseAddress(search);
        const address = addressOf(query ?? EVERYTHING, about);
        expect(addressOf(parseAddress(address).query ?? EVERYTHING, about)).toBe(address);
      }),
    );
  });
});
