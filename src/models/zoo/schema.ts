import * as v from 'valibot';
import { commonEntrySchema } from '../../core/manifest/schema.ts';

/*
 * `library/zoo.json`: what GluonCV's model zoo offers, as data. Written by `npm run catalogue`; read like anything
 * else that comes from outside.
 */

/** A short text without control characters. */
const text = (max: number) =>
  v.pipe(v.string(), v.nonEmpty(), v.maxLength(max), v.regex(/^[^\p{Cc}\p{Bidi_Control}]*$/u));

const key = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/));
const https = v.pipe(v.string(), v.url(), v.startsWith('https://'), v.maxLength(300));
const hex = (digits: number) =>
  v.pipe(v.string(), v.regex(new RegExp(`^[0-9a-f]{${String(digits)}}$`)));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
/** A tensor's sides; null where the file leaves one open. */
const shape = v.pipe(v.array(v.nullable(count)), v.minLength(1), v.maxLength(8));

/** What a model of the zoo is for. */
export const ZOO_TASKS = [
  'classification',
  'detection',
  'segmentation',
  'instance-segmentation',
  'pose',
  'action',
  'depth',
  'tracking',
] as const;

const metricSchema = v.strictObject({
  name: text(40),
  value: v.pipe(v.number(), v.finite()),
  /** `%`, a length, or null for a plain number. */
  unit: v.nullable(v.picklist(['%', 'm'])),
  better: v.picklist(['higher', 'lower']),
});

/** Weights of the ONNX Model Zoo: SHA-256 and size come from the Git LFS pointers of its repository. */
const modelZooFileSchema = v.strictObject({
  url: https,
  sha256: hex(64),
  bytes: count,
  opset: count,
  quantised: v.boolean(),
  input: shape,
  output: text(200),
  contract: key,
  /** Measured by the ONNX Model Zoo on this very file. */
  metrics: v.pipe(v.array(metricSchema), v.maxLength(8)),
});

const zooModelSchema = v.strictObject({
  /** GluonCV's name. */
  name: key,
  /** The architecture, as people call it. */
  family: text(40),
  task: v.picklist(ZOO_TASKS),
  dataset: v.nullable(key),
  /** Published by GluonCV; names are unique within a model. */
  metrics: v.pipe(v.array(metricSchema), v.maxLength(12)),
  /** Name of the metric to sort and plot by. */
  headline: v.nullable(text(40)),
  /** On what the metrics were measured, where that needs saying. */
  measured: v.nullable(text(160)),
  /** Names of the classes in `labels`. */
  labels: v.nullable(key),
  /** GluonCV's ready-made ONNX file; of its hash only the first 32 bits are published, its size is not. */
  onnx: v.nullable(
    v.strictObject({ url: https, sha1Prefix: hex(8), input: shape, contract: v.nullable(key) }),
  ),
  /** Weights in MXNet's own format, in a zip archive; the SHA-1 is that of the file inside. */
  params: v.nullable(v.strictObject({ url: https, sha1: hex(40) })),
  /** The ONNX Model Zoo's files of this network, the one to prefer first. */
  modelZoo: v.pipe(v.array(modelZooFileSchema), v.maxLength(8)),
  /** The best evidence there is for any file; null when nothing was published. */
  grade: v.nullable(v.picklist(['B', 'C', 'D'])),
  /** `template`: for a person's own classes, never trained; `int8`: an 8-bit graph that only MXNet runs. */
  kind: v.picklist(['network', 'template', 'int8']),
});

export const zooSchema = v.strictObject({
  version: v.literal(1),
  /** Repositories and commits that the facts were read from. */
  sources: v.strictObject({ gluoncv: text(100), modelZoo: text(100) }),
  /** Of the weights, as their publishers state it. */
  licence: text(120),
  datasets: v.record(key, v.strictObject({ title: text(40), terms: text(240) })),
  labels: v.record(
    key,
    v.strictObject({
      /** Relative to the page. */
      file: commonEntrySchema.entries.labels.entries.file,
      bytes: count,
      sha256: hex(64),
      classes: count,
    }),
  ),
  /** Input contracts by id; the tensor's name is the file's own. */
  contracts: v.record(key, v.omit(commonEntrySchema.entries.input, ['name'])),
  models: v.pipe(v.array(zooModelSchema), v.minLength(1), v.maxLength(2000)),
});

export type Zoo = v.InferOutput<typeof zooSchema>;
export type ZooModel = v.InferOutput<typeof zooModelSchema>;
export type ZooTask = ZooModel['task'];
export type Metric = v.InferOutput<typeof metricSchema>;
export type ModelZooFile = v.InferOutput<typeof modelZooFileSchema>;
export type ZooContract = Zoo['contracts'][string];
