import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALL_LIMITS, type Limit } from '../src/core/limit-notes.ts';
import { limitsTable, README, tableIn, withTable } from './limits-table.ts';

const ODD: Limit = {
  name: 'labelsBytes',
  value: 2048,
  unit: 'bytes',
  what: 'Odd | thing',
  why: 'Because.',
};

describe('the table of limits', () => {
  it('stands in the README exactly as it is made (else: npm run limits)', () => {
    expect(tableIn(readFileSync(README, 'utf8'))).toBe(limitsTable());
  });

  it('has a line for every limit', () => {
    const lines = limitsTable().split('\n');
    expect(lines).toHaveLength(2 + ALL_LIMITS.length);
    const named = lines.map((line) => line.split('|')[1]?.trim());
    expect(named.slice(2)).toEqual(ALL_LIMITS.map(({ what }) => what));
  });

  it('aligns its columns and escapes what would end a cell', () => {
    expect(limitsTable([ODD]).split('\n')).toEqual([
      '| What         | Limit | Why      |',
      '| ------------ | ----- | -------- |',
      '| Odd \\| thing | 2 KiB | Because. |',
    ]);
  });
});

describe('the markers', () => {
  const text = 'Before\n\n<!-- limits:start -->\n\nold\n\n<!-- limits:end -->\n\nAfter\n';

  it('enclose what is replaced; the rest stays', () => {
    const replaced = withTable(text, 'new');
    expect(replaced).toBe(text.replace('old', 'new'));
    expect(withTable(replaced, 'new')).toBe(replaced);
    expect(tableIn(replaced)).toBe('new');
  });

  it('are missed when they are not there', () => {
    expect(tableIn('Before, after')).toBeNull();
    expect(tableIn('<!-- limits:start --> and no end')).toBeNull();
    expect(() => withTable('Before, after', 'new')).toThrow(
      expect.objectContaining({ code: 'app/no-markers' }),
    );
  });
});
