import { describe, expect, it } from 'vitest';
import { parseManifest } from './manifest.ts';
import { rawEntry } from './testing/entries.ts';

const MiB = 1024 * 1024;
const URL_OF = 'https://host.test/app/models/index.json';
const signer = { name: 'Example hospital', keyId: '21fe31dfa154a261' };

const parse = (models: unknown[], more: object = {}, signedBy: typeof signer | null = null) =>
  parseManifest({ version: 1, models, ...more }, URL_OF, 'operator', signedBy);

describe('a chunk list', () => {
  const entry = (bytes: number, pieces: number, size = MiB) => ({
    ...rawEntry('a'),
    bytes,
    chunks: { bytes: size, sha256: Array.from({ length: pieces }, () => '0'.repeat(64)) },
  });
  const pathOf = (raw: unknown) => parse([raw]).problems[0]?.details['path'];

  it.each([
    [1, 1],
    [MiB, 1],
    [MiB + 1, 2],
    [512 * MiB, 512],
  ])('of a file of %i bytes has %i digests', (bytes, pieces) => {
    expect(parse([entry(bytes, pieces)]).models[0]?.entry.chunks?.sha256).toHaveLength(pieces);
    expect(pathOf(entry(bytes, pieces + 1))).toMatch(/^chunks/);
    expect(pathOf(entry(bytes, pieces - 1))).toMatch(/^chunks/);
  });

  it('is of pieces of 1 MiB, or is left out', () => {
    expect(pathOf(entry(10, 10, 1))).toBe('chunks.bytes');
    expect(pathOf({ ...rawEntry('a'), chunks: null })).toBe('chunks');
    expect(parse([rawEntry('a')]).models[0]?.entry).not.toHaveProperty('chunks');
  });
});

describe('a signer', () => {
  const revoked = ['a'.repeat(64)];

  it('makes every entry grade A, whatever it says of itself', () => {
    const { models } = parse([rawEntry('a'), rawEntry('b')], {}, signer);
    expect(models.map(({ grade }) => grade)).toEqual(['A', 'A']);
    expect(models[0]?.signer).toBe(signer);
  });

  it('is not made up by the manifest', () => {
    const claiming = { ...rawEntry('a'), evidence: { grade: 'A', statement: 'Trust me.' } };
    const { models, problems } = parse([claiming, { ...rawEntry('b'), signer }]);
    expect(models).toEqual([]);
    expect(problems.map(({ details }) => details['path'])).toEqual(['evidence.grade', 'signer']);
    expect(problems[0]?.message).toContain('cannot be claimed');
    expect(parse([claiming], {}, signer).models).toEqual([]);
  });

  it('revokes; a manifest without one does not', () => {
    expect(parse([], { revoked }, signer).revoked).toEqual(new Map([['a'.repeat(64), signer]]));
    expect(parse([], { revoked }).revoked.size).toBe(0);
  });
});
