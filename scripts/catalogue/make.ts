import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { zooSchema, type Zoo, type ZooModel } from '../../src/models/zoo/schema.ts';
import { accuracyOf } from './accuracy.ts';
import { classify } from './classify.ts';
import { gluonContract, modelZooContract } from './contracts.ts';
import { DATASETS } from './datasets.ts';
import { modelZooFiles, onnxFile, paramsFile } from './files.ts';
import { parseTsv } from './tsv.ts';

/*
 * `npm run catalogue`: writes public/library/zoo.json from the facts about GluonCV's model zoo and the ONNX Model Zoo
 * in ../shared, and from the label lists beside it. The same input gives the same bytes.
 */

const ROOT = resolve(import.meta.dirname, '../..');
const SHARED = resolve(ROOT, '../shared');
const LABELS = resolve(ROOT, 'public/library/labels');
export const ZOO_FILE = resolve(ROOT, 'public/library/zoo.json');

/** False on a machine without the sources; the file in the project is used as it is there. */
export const hasSources = (): boolean => existsSync(resolve(SHARED, 'gluoncv/zoo.json'));

const listSchema = v.array(
  v.object({
    name: v.string(),
    family: v.string(),
    params_key: v.nullable(v.string()),
    params_sha1: v.nullable(v.string()),
    onnx: v.nullable(v.string()),
    onnx_input: v.nullish(v.string(), null),
  }),
);

const read = (file: string) => readFileSync(resolve(SHARED, file), 'utf8');

/** Makes the catalogue from the sources. */
export function makeZoo(): Zoo {
  const list = v.parse(listSchema, JSON.parse(read('gluoncv/zoo.json')));
  const store = parseTsv(read('models/gluoncv_model_store.tsv'));
  const accuracies = parseTsv(read('models/gluoncv_accuracy.tsv'));
  const modelZoo = parseTsv(read('models/onnx_model_zoo_mxnet.tsv'));
  const groups = new Map(list.map(({ name, family }) => [name, family]));
  const contracts: Record<string, Zoo['contracts'][string]> = Object.fromEntries([
    modelZooContract(),
  ]);

  const models = list.map((raw): ZooModel => {
    const { name } = raw;
    const kind = classify(name, raw.family, (base) => groups.get(base));
    const accuracy = accuracyOf(name, raw.params_sha1?.slice(0, 8) ?? null, accuracies);
    const onnx = onnxFile(raw.onnx, raw.onnx_input, kind.task);
    if (onnx?.contract) {
      contracts[onnx.contract] = gluonContract(
        kind.task,
        onnx.input.map((side) => side ?? 1),
      )[1];
    }
    const params = paramsFile(raw.params_key, store);
    const files = modelZooFiles(name, modelZoo);
    return {
      name,
      family: kind.family,
      task: kind.task,
      dataset: kind.dataset,
      metrics: [...accuracy.metrics],
      headline: accuracy.headline,
      measured: accuracy.measured,
      labels: kind.labels,
      onnx,
      params,
      modelZoo: files,
      grade: files.length > 0 ? 'B' : onnx ? 'D' : params ? 'C' : null,
      kind: kind.kind,
    };
  });

  return v.parse(zooSchema, {
    version: 1,
    sources: {
      gluoncv: sourceOf('models/gluoncv_model_store.tsv', /dmlc\/gluon-cv@[0-9a-f]{40}/),
      modelZoo: sourceOf('models/onnx_model_zoo_mxnet.tsv', /onnx\/models@[0-9a-f]{40}/),
    },
    licence: 'Apache-2.0',
    datasets: DATASETS,
    labels: labelLists(),
    contracts: Object.fromEntries(Object.entries(contracts).sort(([a], [b]) => (a < b ? -1 : 1))),
    models,
  });
}

/** Repository and commit that a table says it was read from. */
function sourceOf(file: string, pattern: RegExp): string {
  return pattern.exec(read(file))?.[0] ?? 'unknown';
}

function labelLists(): Zoo['labels'] {
  const files = readdirSync(LABELS).filter((file) => file.endsWith('.txt'));
  return Object.fromEntries(
    files.sort().map((file) => {
      const bytes = readFileSync(resolve(LABELS, file));
      return [
        file.replace(/\.txt$/, ''),
        {
          file: `library/labels/${file}`,
          bytes: bytes.length,
          sha256: createHash('sha256').update(bytes).digest('hex'),
          classes: bytes.toString('utf8').trimEnd().split('\n').length,
        },
      ];
    }),
  );
}

/** JSON with one model a line, so that a change of one shows as a change of one. */
export function zooText({ models, ...rest }: Zoo): string {
  const head = JSON.stringify(rest, null, 1).replace(/\n}$/, '');
  const lines = models.map((model) => JSON.stringify(model)).join(',\n');
  return `${head},\n "models": [\n${lines}\n]}\n`;
}

if (process.argv[1] === import.meta.filename) {
  const zoo = makeZoo();
  const text = zooText(zoo);
  writeFileSync(ZOO_FILE, text);
  console.log(`${String(zoo.models.length)} models, ${String(text.length)} characters`);
}
