import * as v from 'valibot';
import { LIMITS } from '../limits.ts';

/*
 * What a model declares about itself. The part every task shares is here; the `output` contract belongs to the
 * task family (tasks/<family>/schema.ts) and is parsed there.
 */

const sha256Schema = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{64}$/, 'a SHA-256 of 64 lower-case hexadecimal digits is wanted'),
);

/** A file beside the manifest: no scheme, no leading slash, no way up, no query. */
export const relativePathSchema = v.pipe(
  v.string(),
  v.maxLength(200),
  v.regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/,
    'a plain relative path is wanted',
  ),
);

/** A letter, digit, mark or symbol that is drawn; some are not, such as Hangul’s filler and Braille’s blank. */
const SEEN = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u;

/** Text shown to people: something to be seen, no control characters, bounded. */
export const textSchema = (max: number) =>
  v.pipe(
    v.string(),
    v.nonEmpty(),
    v.maxLength(max),
    // Bidirectional controls could make a title read as another one.
    v.regex(/^[^\p{Cc}\p{Bidi_Control}]*$/u, 'a text without control characters is wanted'),
    v.regex(SEEN, 'a text with a character that can be seen is wanted'),
  );

const httpsUrlSchema = v.pipe(v.string(), v.url(), v.startsWith('https://'), v.maxLength(500));

const sideSchema = v.pipe(v.number(), v.integer(), v.minValue(8), v.maxValue(4096));

/** Bytes of each piece that a manifest may give the digest of; the last piece is shorter. */
export const CHUNK_BYTES = 1024 * 1024;

/** SHA-256 of each piece of a file, so that a broken download repairs one piece and not the whole. */
const chunksSchema = v.strictObject({
  bytes: v.literal(CHUNK_BYTES),
  sha256: v.pipe(
    v.array(sha256Schema),
    v.minLength(1),
    v.maxLength(LIMITS.modelBytes / CHUNK_BYTES),
  ),
});

/** A moment in UTC, as `toISOString` writes it. */
const momentSchema = v.pipe(
  v.string(),
  v.maxLength(40),
  v.isoTimestamp('a moment like 2027-01-31T12:00:00.000Z is wanted'),
  v.check((text) => Number.isFinite(Date.parse(text)), 'a date that exists is wanted'),
);

/** A file named with its size and digest: nothing is used before both were checked. */
const pinnedFileSchema = (maxBytes: number) =>
  v.strictObject({
    file: relativePathSchema,
    bytes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxBytes)),
    sha256: sha256Schema,
  });

/**
 * Interpolation in OpenCV's sense, half-pixel centres, no antialias. `auto` is GluonCV's interp 9: bicubic when
 * both sides grow, area when both shrink, else bilinear.
 */
const filterSchema = v.picklist(['nearest', 'bilinear', 'bicubic', 'area', 'lanczos4', 'auto']);

/**
 * How a picture becomes the size the network wants.
 * - `squash`: straight to width × height, aspect not kept (CIFAR, SSD validation).
 * - `short-side-crop`: short side to `short`, long side truncated, then a centre crop of width × height
 *   (GluonCV presets/imagenet.py transform_eval).
 * - `short-within`: short side to `short` unless the long side would pass `max`; both rounded to `multiple`
 *   (GluonCV transforms/image.py resize_short_within). The input size depends on the picture.
 */
const resizeSchema = v.variant('rule', [
  v.strictObject({
    rule: v.literal('squash'),
    width: sideSchema,
    height: sideSchema,
    filter: filterSchema,
  }),
  v.strictObject({
    rule: v.literal('short-side-crop'),
    short: sideSchema,
    width: sideSchema,
    height: sideSchema,
    filter: filterSchema,
  }),
  v.strictObject({
    rule: v.literal('short-within'),
    short: sideSchema,
    max: sideSchema,
    multiple: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(128)),
    filter: filterSchema,
  }),
]);

/** JSON has no Infinity, but `1e999` is read as one. */
const finiteSchema = v.pipe(v.number(), v.finite());
const positiveSchema = v.pipe(finiteSchema, v.gtValue(0));
const tripleSchema = v.strictTuple([finiteSchema, finiteSchema, finiteSchema]);

/** The tensor the network takes. Value = (pixel / (range 0-1 ? 255 : 1) − mean) / std, channel by channel. */
const inputSchema = v.strictObject({
  name: textSchema(200),
  layout: v.picklist(['NCHW', 'NHWC']),
  range: v.picklist(['0-255', '0-1']),
  channels: v.picklist(['RGB', 'BGR']),
  resize: resizeSchema,
  /** In the order of `channels` and in units of `range`; null when the network does it itself. */
  normalise: v.nullable(
    v.strictObject({
      mean: tripleSchema,
      std: v.strictTuple([positiveSchema, positiveSchema, positiveSchema]),
    }),
  ),
});

/**
 * How strong the claim is that these bytes are what they are said to be.
 * A: a manifest signed by a key the operator trusts, which no manifest can claim for itself. B: a full SHA-256 from a source other than the download
 * host. C: a full SHA-1 published by GluonCV. D: only 32 bits of a hash. E: recorded at first use.
 */
const evidenceSchema = v.strictObject({
  grade: v.picklist(
    ['B', 'C', 'D', 'E'],
    'grade B, C, D or E is wanted; A comes from the signature of the whole manifest and cannot be claimed',
  ),
  statement: textSchema(600),
});

/**
 * A self-test: a generated input and what the reference runtime answered. `lcg-u8` fills the input tensor with
 * (state >>> 24), state ← state × 1664525 + 1013904223 (mod 2³²) from `seed` (Numerical Recipes, §7.1), in memory
 * order; values are 0..255, divided by 255 for a 0-1 range, then normalised as the contract says.
 */
const goldenSchema = v.strictObject({
  generator: v.literal('lcg-u8'),
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff)),
  runtime: textSchema(100),
  outputs: v.pipe(
    v.array(
      v.strictObject({
        name: textSchema(200),
        /** The first values of the output in memory order. */
        head: v.pipe(v.array(finiteSchema), v.minLength(1), v.maxLength(1000)),
        tolerance: positiveSchema,
      }),
    ),
    v.minLength(1),
    v.maxLength(8),
  ),
});

const plainEntrySchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'a lower-case model id is wanted')),
  title: textSchema(80),
  summary: textSchema(300),
  task: textSchema(64),
  ...pinnedFileSchema(LIMITS.modelBytes).entries,
  chunks: v.optional(chunksSchema),
  labels: v.strictObject({
    ...pinnedFileSchema(LIMITS.labelsBytes).entries,
    /** `plain`: a label a line; `synset`: `n02124075 Egyptian cat, …`, of which the first name is shown. */
    format: v.picklist(['plain', 'synset']),
  }),
  /** Markdown model card beside the manifest. */
  card: v.nullable(relativePathSchema),
  input: inputSchema,
  output: v.unknown(),
  /** Multiply-adds of one run, shown to the person; absent where they are not known. */
  multiplyAdds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  licence: textSchema(120),
  source: v.strictObject({ title: textSchema(300), url: v.nullable(httpsUrlSchema) }),
  trainingData: textSchema(300),
  evidence: evidenceSchema,
  /** Said beside every answer, e.g. that a model is not for diagnosis. */
  caution: v.nullable(textSchema(300)),
  golden: v.nullable(goldenSchema),
});

export const commonEntrySchema = v.pipe(
  plainEntrySchema,
  v.forward(
    v.partialCheck(
      [['bytes'], ['chunks']],
      ({ bytes, chunks }) =>
        chunks === undefined || chunks.sha256.length === Math.ceil(bytes / chunks.bytes),
      'as many digests as the file has pieces are wanted',
    ),
    ['chunks'],
  ),
);

/** `index.json`: what a folder of models contains. */
export const manifestSchema = v.strictObject({
  $schema: v.optional(v.string()),
  version: v.literal(1),
  /** Parsed one by one, so that one bad entry does not hide the others. */
  models: v.pipe(v.array(v.unknown()), v.maxLength(1000)),
  /** Counts up with every signing. This and what follows matters in a signed manifest only. */
  sequence: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
  issued: v.optional(momentSchema),
  /** From then on the whole manifest is refused. */
  expires: v.optional(momentSchema),
  /** SHA-256 of files that must not be used any more, whoever names them. For good. */
  revoked: v.optional(v.pipe(v.array(sha256Schema), v.maxLength(LIMITS.revokedDigests))),
});

export type Manifest = v.InferOutput<typeof manifestSchema>;

export type InputContract = v.InferOutput<typeof inputSchema>;
export type ResizeRule = v.InferOutput<typeof resizeSchema>;
export type ResizeFilter = v.InferOutput<typeof filterSchema>;
export type Evidence = v.InferOutput<typeof evidenceSchema>;
export type Golden = v.InferOutput<typeof goldenSchema>;
/** A model's declaration without its task's output contract. */
export type CommonEntry = Omit<v.InferOutput<typeof plainEntrySchema>, 'task' | 'output'>;
