import type { ModelZooFile, ZooModel, ZooTask } from '../../src/models/zoo/schema.ts';
import { parseMetrics } from './accuracy.ts';
import { gluonContract, modelZooContract } from './contracts.ts';
import type { Row } from './tsv.ts';

const ONNX_HOST = 'https://apache-mxnet.s3-us-west-2.amazonaws.com/';
const LFS_HOST = 'https://media.githubusercontent.com/media/onnx/models/main/';

/** "(1, 224, 224, 3)" or "['N', 3, 224, 224]" → sides; null for a symbolic one. */
export function parseShape(text: string): (number | null)[] {
  return text
    .replaceAll(/[()[\]\s]/g, '')
    .split(',')
    .map((side) => (/^\d+$/.test(side) ? Number(side) : null));
}

/** GluonCV's ready-made ONNX file; its name ends in eight digits of its SHA-1. */
export function onnxFile(
  path: string | null,
  input: string | null,
  task: ZooTask,
): ZooModel['onnx'] {
  const sha1Prefix = /-([0-9a-f]{8})\.onnx$/.exec(path ?? '')?.[1];
  if (path === null || input === null || sha1Prefix === undefined) return null;
  const shape = parseShape(input);
  const sides = shape.map((side) => side ?? 1);
  return {
    url: ONNX_HOST + path,
    sha1Prefix,
    input: shape,
    contract: shape.length === 4 ? gluonContract(task, sides)[0] : null,
  };
}

/** MXNet weights from GluonCV's table of checksums. */
export function paramsFile(key: string | null, store: readonly Row[]): ZooModel['params'] {
  const row = store.find(({ name, engine }) => name === key && engine === 'mxnet');
  return row?.['sha1'] && row['default_url']
    ? { url: row['default_url'], sha1: row['sha1'] }
    : null;
}

/** GluonCV's name of a file of the ONNX Model Zoo: `resnet50-v1-12.onnx` → `resnet50_v1`; null for no network of it. */
export function gluonName(path: string): string | null {
  const file = /\/([^/]+)-(\d+)(-int8|-qdq)?\.onnx$/.exec(path)?.[1];
  if (file === undefined || /^(arcface|ResNet101-DUC)/.test(file)) return null;
  return file === 'mobilenetv2' ? 'mobilenetv2_1.0' : file.replaceAll('-', '_');
}

/** The ONNX Model Zoo's files of a network: 32-bit before 8-bit, newer operators first; archives are left out. */
export function modelZooFiles(name: string, table: readonly Row[]): ModelZooFile[] {
  return table
    .filter(({ path = '' }) => path.endsWith('.onnx') && gluonName(path) === name)
    .map((row): ModelZooFile => {
      const { path = '', inputs = '', outputs = '' } = row;
      const opset = row['opset_manifest'] === '' ? row['opset_readme'] : row['opset_manifest'];
      return {
        url: LFS_HOST + path,
        sha256: row['sha256'] ?? '',
        bytes: Number(row['bytes']),
        opset: Number(opset),
        quantised: /-(int8|qdq)\.onnx$/.test(path),
        input: parseShape(inputs.slice(inputs.indexOf('['))),
        output: outputs.slice(0, outputs.indexOf(':')),
        contract: modelZooContract()[0],
        metrics: [...parseMetrics(row['accuracy_readme'] ?? '')],
      };
    })
    .sort(
      (a, b) =>
        Number(a.quantised) - Number(b.quantised) ||
        b.opset - a.opset ||
        a.url.localeCompare(b.url),
    );
}
