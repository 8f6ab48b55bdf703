import { describe, expect, it } from 'vitest';
import { readHeader } from './header.ts';
import {
  animatedAvif,
  association,
  av1C,
  avif,
  box,
  clap,
  ftyp,
  fullBox,
  hdlr,
  ipma,
  ispe,
  meta,
  pixi,
  trak,
} from './testing/build-avif.ts';
import { be, bytes, patched } from './testing/bytes.ts';
import { codeOf, headerOf, refusal } from './testing/outcome.ts';

const CORRUPT = 'intake/corrupt-header';
const TRUNCATED = 'intake/truncated';
const size = ispe(40, 24);

describe('AVIF still', () => {
  it('takes the size of the primary item', () => {
    expect(headerOf(avif())).toEqual({
      format: 'avif',
      width: 40,
      height: 24,
      orientation: 1,
      frames: 1,
      animated: false,
      bitDepth: 8,
      colour: 'rgb',
      alpha: false,
    });
  });

  it('tells the primary item’s properties from those of others', () => {
    const properties = [ispe(8, 8), av1C(), ispe(300, 200)];
    const file = avif({ properties, ipma: ipma(association(7, 1, 2), association(1, 3, 0x82)) });
    expect(headerOf(file)).toMatchObject({ width: 300, height: 200 });
  });

  it('reads item numbers of 32 bits, property numbers of 15 bits, box sizes of 64 bits', () => {
    const wide = fullBox('ipma', 1, 1, be(1, 4), be(1, 4), [2], be(0x8001, 2), be(2, 2));
    expect(headerOf(avif({ properties: [size, av1C()], ipma: wide })).width).toBe(40);
    const large = bytes(be(1, 4), 'free', be(24, 8), new Uint8Array(8));
    expect(headerOf(bytes(ftyp(), large, meta())).width).toBe(40);
    expect(headerOf(bytes(ftyp(), meta(), be(0, 4), 'mdat', [1, 2])).width).toBe(40);
  });

  it.each([
    [8, 'rgb', 0x0c],
    [10, 'rgb', 0x4c],
    [12, 'rgb', 0x60],
    [8, 'grey', 0x1c],
  ])('reads %i bits %s', (bitDepth, colour, flags) => {
    const properties = [size, av1C(flags), pixi(bitDepth)];
    expect(headerOf(avif({ properties }))).toMatchObject({ bitDepth, colour });
  });

  it.each([
    [[1, 4, 2], undefined],
    [[1, 4, 2], 0],
    [[8, 5, 7], 1],
    [[3, 2, 4], 2],
    [[6, 7, 5], 3],
  ])('gives orientation %j for irot %s, without and with imir', (orientations, turns) => {
    orientations.forEach((orientation, mirror) => {
      const properties = [
        size,
        av1C(),
        ...(turns === undefined ? [] : [box('irot', [turns])]),
        ...(mirror === 0 ? [] : [box('imir', [mirror - 1])]),
      ];
      expect(headerOf(avif({ properties })).orientation).toBe(orientation);
    });
  });

  it.each(['urn:mpeg:mpegB:cicp:systems:auxiliary:alpha', 'urn:mpeg:hevc:2015:auxid:1'])(
    'finds alpha by %s',
    (urn) => {
      const properties = [size, av1C(), fullBox('auxC', 0, 0, `${urn}\0`)];
      const file = avif({ properties, ipma: ipma(association(1, 1, 2), association(2, 1, 2, 3)) });
      expect(headerOf(file).alpha).toBe(true);
    },
  );

  it('takes the codec of a grid from its tiles', () => {
    const file = avif({ properties: [size, av1C(0x4c)], ipma: ipma(association(1, 1)) });
    expect(headerOf(file)).toMatchObject({ width: 40, bitDepth: 10 });
  });

  it('accepts a crop mark that crops nothing, and refuses any other', () => {
    expect(headerOf(avif({ properties: [size, av1C(), clap(40, 24)] })).width).toBe(40);
    const error = refusal(() => headerOf(avif({ properties: [size, av1C(), clap(30, 24)] })));
    expect(error.code).toBe('intake/unsupported');
  });

  it.each([
    ['no meta box', CORRUPT, bytes(ftyp(), box('mdat', [1]))],
    ['two meta boxes', CORRUPT, bytes(ftyp(), meta(), meta())],
    ['metadata of something else', CORRUPT, avif({ handler: 'vide' })],
    ['no size', CORRUPT, avif({ properties: [av1C()] })],
    ['two sizes', CORRUPT, avif({ properties: [size, ispe(41, 24), av1C()] })],
    ['no codec', CORRUPT, avif({ properties: [size, box('hvcC', [1])] })],
    ['an unknown codec version', CORRUPT, avif({ properties: [size, av1C(0, 0x82)] })],
    ['12 bits that are not high', CORRUPT, avif({ properties: [size, av1C(0x20)] })],
    ['a codec box too short', CORRUPT, avif({ properties: [size, box('av1C', [0x81])] })],
    ['two bit depths', CORRUPT, avif({ properties: [size, av1C(), pixi(8, 8, 10)] })],
    ['no width', CORRUPT, avif({ properties: [ispe(0, 24), av1C()] })],
    ['a property that is not there', CORRUPT, avif({ ipma: ipma(association(1, 1, 9)) })],
    [
      'an item described twice',
      CORRUPT,
      avif({ ipma: ipma(association(1, 1), association(1, 3)) }),
    ],
    ['an item not described', CORRUPT, avif({ ipma: ipma(association(2, 1, 2, 3)) })],
    ['more entries than fit', CORRUPT, avif({ ipma: fullBox('ipma', 0, 0, be(2 ** 32 - 1, 4)) })],
    ['a second pitm', CORRUPT, avif({ extra: fullBox('pitm', 0, 0, be(2, 2)) })],
    ['a box larger than its parent', CORRUPT, avif({ extra: bytes(be(999, 4), 'free') })],
    ['a box of 4 bytes', CORRUPT, avif({ extra: bytes(be(4, 4), 'free') })],
    ['an open box inside another', CORRUPT, avif({ extra: bytes(be(0, 4), 'free') })],
    ['an ftyp of odd length', CORRUPT, bytes(be(17, 4), 'ftypavif', be(0, 4), 'x', meta())],
    ['an ftyp longer than the file', TRUNCATED, patched(ftyp('avif', 'mif1'), 0, be(99, 4))],
    ['a file that ends within meta', TRUNCATED, avif().subarray(0, 100)],
    ['a file that ends within mdat', TRUNCATED, avif().subarray(0, -1)],
    [
      'a 64-bit size of exabytes',
      TRUNCATED,
      bytes(ftyp(), be(1, 4), 'free', new Uint8Array(8).fill(255)),
    ],
  ])('refuses %s (%s)', (_what, code, file) => {
    expect(codeOf(file)).toBe(code);
  });

  it('gives up when meta comes after the visible part', () => {
    const file = bytes(ftyp(), box('mdat', new Uint8Array(500)), meta());
    expect(headerOf(file).width).toBe(40);
    for (const seen of [100, 560]) {
      const error = refusal(() => readHeader(file.subarray(0, seen), file.length));
      expect(error.code).toBe('intake/header-not-found');
    }
  });
});

describe('AVIF sequence', () => {
  it('takes frames from its track, alpha from another', () => {
    expect(headerOf(animatedAvif())).toMatchObject({ animated: true, frames: 3, alpha: false });
    const alpha = animatedAvif(trak({ version: 1, frames: 5 }), trak({ handler: 'auxv' }));
    expect(headerOf(alpha)).toMatchObject({ animated: true, frames: 5, alpha: true });
  });

  it('needs no still, and ignores tracks of other kinds', () => {
    const sound = box('trak', box('mdia', hdlr('soun')));
    const file = bytes(ftyp('avis'), box('moov', sound, trak({ width: 300, height: 200 })));
    expect(headerOf(file)).toMatchObject({ width: 300, height: 200, frames: 3 });
  });

  it.each([
    ['an animation of another size than the still', animatedAvif(trak({ width: 8000 }))],
    ['coded pictures of another size than the track', animatedAvif(trak({ codedWidth: 8000 }))],
    ['an alpha track of another size', animatedAvif(trak(), trak({ handler: 'auxv', height: 9 }))],
    ['no picture track', animatedAvif(trak({ handler: 'auxv' }))],
    ['another codec', animatedAvif(trak({ codec: 'hvc1' }))],
    ['no frames', animatedAvif(trak({ frames: 0 }))],
    ['more frames than fit', animatedAvif(trak({ frames: 1_000_000 }))],
    ['no moov box', bytes(ftyp('avis', 'avif'), meta())],
    ['a track without media', animatedAvif(box('trak'))],
  ])('refuses %s', (_what, file) => {
    expect(codeOf(file)).toBe(CORRUPT);
  });
});
