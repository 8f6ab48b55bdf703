import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseMetrics, accuracyOf } from './accuracy.ts';
import { gluonName, parseShape } from './files.ts';
import { hasSources, makeZoo, ZOO_FILE, zooText } from './make.ts';
import { parseTsv } from './tsv.ts';

const value = (text: string) => parseMetrics(text).map(({ name, value: number }) => [name, number]);

describe('the published accuracies', () => {
  it.each([
    ['Top-1=70.93; Top-5=89.92', [['top-1', 70.93], ['top-5', 89.92]]], // prettier-ignore
    ['Pretrained=ImageNet; Segments=3; Top-1=55.2', [['top-1', 55.2]]],
    ['Method=FCN [2]; pixAcc=N/A; mIoU=86.2_', [['mIoU', 86.2]]],
    ['mAP(Orig/F)=26.6/28.1', [['mAP', 26.6], ['mAP with flip', 28.1]]], // prettier-ignore
    ['Acc (Vanilla/Mix-Up [13]_ )=92.1 / 92.9', [['accuracy', 92.1], ['accuracy with mix-up', 92.9]]], // prettier-ignore
    ['Sequence 09=0.021±0.012', [['drift, sequence 09', 0.021]]],
    ['Modality=Mono; Abs. Rel. Error=0.121; delta < 1.25=0.858', [['absolute relative error', 0.121], ['share within 1.25×', 0.858]]], // prettier-ignore
    ['Top-1=; Top-5=NA', []],
    ['', []],
  ])('reads “%s”', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  it('puts the masks before the boxes of a network that gives both', () => {
    const [first] = parseMetrics('Box AP=31.2/51.1/33.1; Segm AP=28.4/48.1/29.8');
    expect(first).toMatchObject({ name: 'mask AP', value: 28.4 });
  });

  const table = parseTsv(
    [
      '# a remark',
      'name\ttable\tvariant\thashtag\tall_metrics',
      'Net\tA\t\taaaaaaaa\tTop-1=1',
      'Net\tA\t\tbbbbbbbb\tTop-1=2',
      'net\tA_torch\t\tcccccccc\tTop-1=3',
      'yolo\tA\t(320x320)\t\tmAP=10',
      'yolo\tA\t(416x416)\t\tmAP=11',
    ].join('\n'),
  );

  it('takes the row of the published weights', () => {
    expect(accuracyOf('net', 'bbbbbbbb', table).metrics[0]?.value).toBe(2);
  });

  it('says so when the table measured other weights', () => {
    const { metrics, measured } = accuracyOf('net', 'cccccccc', table);
    expect(metrics[0]?.value).toBe(1);
    expect(measured).toContain('aaaaaaaa');
  });

  it('keeps each size of a network that has several', () => {
    const { metrics, headline, measured } = accuracyOf('yolo', 'dddddddd', table);
    expect(metrics.map(({ name }) => name)).toEqual(['mAP', 'mAP at 320 × 320']);
    expect([headline, measured]).toEqual(['mAP', 'on pictures of 416 × 416']);
  });
});

describe('files', () => {
  it.each([
    ['x/resnet50-v1-12.onnx', 'resnet50_v1'],
    ['x/resnet50-v1-12-int8.onnx', 'resnet50_v1'],
    ['x/mobilenetv2-7.onnx', 'mobilenetv2_1.0'],
    ['x/vgg16-bn-7.onnx', 'vgg16_bn'],
    ['x/squeezenet1.1-7.onnx', 'squeezenet1.1'],
    ['x/arcfaceresnet100-8.onnx', null],
    ['x/resnet50-v1-7.tar.gz', null],
  ])('%s belongs to %s', (path, name) => {
    expect(gluonName(path)).toBe(name);
  });

  it('reads shapes of both tables', () => {
    expect(parseShape('(1, 224, 224, 3)')).toEqual([1, 224, 224, 3]);
    expect(parseShape("['N', 3, 224, 224]")).toEqual([null, 3, 224, 224]);
  });
});

describe('the catalogue in the project', () => {
  it.skipIf(!hasSources())('is exactly what the generator makes (else: npm run catalogue)', () => {
    expect(readFileSync(ZOO_FILE, 'utf8')).toBe(zooText(makeZoo()));
  });
});
