import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commonEntrySchema } from '../src/core/manifest/schema.ts';

const GUIDE = readFileSync('docs/deploy.md', 'utf8');

describe('what the operator’s guide says of a manifest’s entry', () => {
  const fields = Object.entries(commonEntrySchema.entries);

  it('names as optional what the schema lets be left out, and nothing else', () => {
    const [, said = ''] = /\*\*Every field is required\*\* but ([^,]+),/.exec(GUIDE) ?? [];
    const named = [...said.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    const optional = fields.filter(([, { type }]) => type === 'optional').map(([name]) => name);
    expect(named).toEqual(optional);
    for (const name of optional) {
      expect(GUIDE).toMatch(new RegExp(`\\n\\| \`${name}\` .*May be left out`));
    }
  });

  it('has a row for every field', () => {
    const [, table = ''] = GUIDE.split('### The manifest');
    for (const [name] of fields) {
      expect(table).toMatch(new RegExp(`\\n\\| [^|]*\`${name}(\\.\\w+)?\``));
    }
  });
});
