import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { models, temporary } from './testing/run.ts';

describe('keygen', () => {
  it.each([
    ['nothing', ''],
    ['spaces', '   '],
    ['other spaces', '\u00A0\u2003'],
    ['what has no width', '\u200B\u2060'],
    ['letters that are not drawn', '\u3164\u115F'],
    ['a pattern without dots', '\u2800'],
    ['a line feed', 'Example\nhospital'],
  ])('takes no name of %s', async (_what, name) => {
    const keys = join(temporary(), 'keys');
    const { code, out, err } = await models('keygen', '--out', keys, '--name', name);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('at least one that can be seen');
    expect(existsSync(keys)).toBe(false);
  });

  it.each(['Example hospital', '病院', '7', 'é', '🏥'])('takes the name %s', async (name) => {
    const { code, out } = await models('keygen', '--out', temporary(), '--name', name);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ name });
  });
});

describe('sign', () => {
  it('takes no key that is reached through the folder', async () => {
    const root = temporary();
    const keys = join(root, 'keys');
    const set = join(root, 'set');
    await models('keygen', '--out', keys);
    const name = readdirSync(keys)[0] ?? '';
    mkdirSync(set);
    writeFileSync(join(set, 'index.json'), JSON.stringify({ version: 1, models: [] }));
    symlinkSync(join(keys, name), join(set, 'link.key'));
    symlinkSync(keys, join(set, 'keys'));
    symlinkSync(set, join(root, 'alias'));
    for (const [folder, key] of [
      [set, join(set, 'link.key')],
      [set, join(set, 'keys', name)],
      [set, join(root, 'alias/link.key')],
      [join(root, 'alias'), join(set, 'link.key')],
    ] as const) {
      const { code, out, err } = await models('sign', folder, '--key', key);
      expect({ code, out }, key).toEqual({ code: 1, out: '' });
      expect(err, key).toContain('where visitors could fetch it');
    }
    expect(existsSync(join(set, 'index.json.sig'))).toBe(false);
    expect(await models('sign', set, '--key', join(keys, name))).toMatchObject({ code: 0 });
  });
});
