import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseZoo } from '../../models/zoo/load.ts';
import { EVERYTHING, select } from './filter.ts';
import { toRows } from './rows.ts';
import { matches, plainText } from './search.ts';

const FILE = resolve(import.meta.dirname, '../../../public/library/zoo.json');
const ROWS = toRows(parseZoo(JSON.parse(readFileSync(FILE, 'utf8'))));

const found = (search: string) => {
  const isFound = matches(search);
  return ROWS.filter(({ searched }) => isFound(searched)).map(({ id }) => id);
};

describe('searching the real catalogue', () => {
  it.each([
    ['ResNet-50', 'resnet50_v1'],
    ['resnet 50', 'resnet50_v1'],
    ['resnet50 v1d', 'resnet50_v1d'],
    ['SSD-512', 'ssd_512_mobilenet1.0_voc'],
    ['ssd 512 mobilenet', 'ssd_512_mobilenet1.0_voc'],
    ['SSD_512_MobileNet-1.0', 'ssd_512_mobilenet1.0_voc'],
    ['mobilenet 1.0 mask r-cnn', 'mask_rcnn_fpn_syncbn_mobilenet1_0_coco'],
    ['DeepLabV3', 'deeplab_resnet101_voc'],
    ['deeplab v3', 'deeplab_resnet101_voc'],
    ['deeplab-v3b', 'deeplab_v3b_plus_wideresnet_citys'],
    ['yolo v3', 'yolo3_darknet53_coco'],
    ['YOLO-3', 'yolo3_darknet53_coco'],
    ['Faster R-CNN', 'faster_rcnn_resnet50_v1b_coco'],
    ['faster–rcnn coco', 'faster_rcnn_resnet50_v1b_coco'],
    ['R(2+1)D', 'r2plus1d_resnet50_kinetics400'],
    ['wide resnet 16-10', 'cifar_wideresnet16_10'],
    ['image net 1k alexnet', 'alexnet'],
    ['object detection', 'ssd_300_vgg16_atrous_coco'],
    ['inception V3', 'inceptionv3'],
    ['squeezenet 1.1', 'squeezenet1.1'],
  ])('“%s” finds %s', (search, name) => {
    expect(found(search)).toContain(name);
  });

  it('finds no more than what is meant', () => {
    expect(found('ResNet-50').every((id) => /resnet_?50/.test(id))).toBe(true);
    expect(found('SSD-512').every((id) => id.startsWith('ssd_512'))).toBe(true);
    expect(found('deeplab v3').every((id) => id.startsWith('deeplab'))).toBe(true);
    expect(found('resnet 18').filter((id) => !/resnet\D*18/.test(id))).toEqual([]);
    expect(found('resnet 50 unicorn')).toEqual([]);
  });

  const first = (search: string, count: number) =>
    select(ROWS, { ...EVERYTHING, search }, () => false)
      .slice(0, count)
      .map(({ id }) => id);

  it.each([
    ['RESNET50_V1', ['resnet50_v1', 'resnet50_v1_int8']],
    ['ResNet-50', ['resnet50_v1', 'resnet50_v1_int8']],
    ['ssd 512 vgg', ['ssd_512_vgg16_atrous_coco']],
    ['VGG-16', ['vgg16', 'vgg16_bn']],
    ['wide resnet', ['cifar_wideresnet16_10']],
  ])('puts what is called or begins like “%s” first', (search, names) => {
    expect(first(search, names.length)).toEqual(names);
  });

  it('puts every model first that is searched by its name', () => {
    for (const { id } of ROWS) expect(first(id, 1)).toEqual([id]);
  });

  it('takes a search of nothing but signs for none', () => {
    expect(found(' - _ . ')).toHaveLength(ROWS.length);
  });

  it('finds every model by its name, however it is spelled', () => {
    const separator = fc.constantFrom('', '-', '_', ' ', '.', ' - ', '–');
    const spelled = fc.constantFrom(...ROWS.map(({ id }) => id)).chain((id) => {
      const parts = id.split(/[_.]|(?<=\D)(?=\d)|(?<=\d)(?=\D)/);
      return fc
        .tuple(
          fc.array(separator, { minLength: parts.length, maxLength: parts.length }),
          fc.boolean(),
        )
        .map(([between, upper]) => {
          const text = parts.reduce((before, part, index) => {
            // Two numbers that touch would be another number.
            const touch = /\d$/.test(before) && /^\d/.test(part);
            const sign = between[index] ?? '';
            return before + (touch && sign === '' ? '_' : sign) + part;
          });
          return { id, text: upper ? text.toUpperCase() : text };
        });
    });
    fc.assert(
      fc.property(spelled, ({ id, text }) => {
        expect(found(text)).toContain(id);
      }),
      { numRuns: 400 },
    );
  });
});

describe('plainText', () => {
  it.each([
    ['ResNet-50_v1', 'resnet50v1'],
    ['wideresnet16_10', 'wideresnet16 10'],
    ['Ｒ–５０', 'r50'],
    ['--', ''],
  ])('%s → %s', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  it('changes nothing that it made itself', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const plain = plainText(text);
        expect(plainText(plain)).toBe(plain);
      }),
    );
  });
});
