import * as Comlink from 'comlink';
import { AppError } from '../../../src/core/errors.ts';
import { judgePicture } from '../../../src/core/image/policy.ts';
import { decodePicture } from '../../../src/engine/client/decode.ts';
import { createEngine } from '../../../src/engine/client/engine.ts';
import { SessionHost } from '../../../src/engine/client/session-host.ts';
import { Stopwatch } from '../../../src/engine/client/stopwatch.ts';
import type { CatalogModel } from '../../../src/models/types.ts';
import { loadVerified } from '../../../src/models/verify.ts';
import type { TaskAnswer } from '../../../src/tasks/registry.ts';
import { prepareInput } from '../../../src/tasks/shared/prepare-input.ts';
import type { PathKind, PathSamples, RunPlan } from '../samples.ts';
import { findModel, pinnedModel } from './models.ts';
import { inTurn } from './pairs.ts';
import { startRaw } from './raw.ts';

/** One answer of ours, timed from the page. */
interface OurRun {
  readonly answer: TaskAnswer;
  readonly threads: number;
  /** Everything but the decoding. */
  readonly ms: number;
  readonly preprocess: number;
  readonly run: number;
  readonly postprocess: number;
  readonly decode: number | null;
}

/** A raw `session.run` on a tensor made beforehand, in turn with our path to the same answer. */
export async function measurePath(kind: PathKind, plan: RunPlan): Promise<PathSamples> {
  const model = await findModel(plan.modelId);
  const picture = await (await fetch(plan.picture)).blob();
  const ours = kind === 'submit' ? submitting(picture, model) : await calling(picture, model);
  const raw = await openRaw(picture, model);
  const { a, b } = await inTurn(plan, () => raw.run(), ours);
  const parts = {
    preprocess: b.map(({ preprocess }) => preprocess),
    run: b.map(({ run }) => run),
    postprocess: b.map(({ postprocess }) => postprocess),
    boundary: b.map(({ ms, preprocess, run, postprocess }) => ms - preprocess - run - postprocess),
  };
  return {
    a: a.map(({ ms }) => ms),
    b: b.map(({ ms }) => ms),
    parts,
    decode: b.flatMap(({ decode }) => decode ?? []),
    threads: b[0]?.threads ?? 0,
    answer: sameAnswer(a[0]?.top, b[0]?.answer),
  };
}

/** As the app does it: `engine.submit(…)` until its answer, less the decode stage. */
function submitting(picture: Blob, model: CatalogModel): () => Promise<OurRun> {
  const engine = createEngine();
  return async () => {
    const started = performance.now();
    const report = await engine.submit({ picture, model, backend: 'wasm' }).done;
    const total = performance.now() - started;
    const { decode, preprocess, run, postprocess } = report.times;
    return {
      answer: report.answer,
      threads: report.backend.threads,
      ms: total - (decode ?? 0),
      preprocess: preprocess ?? NaN,
      run: run ?? NaN,
      postprocess: postprocess ?? NaN,
      decode,
    };
  };
}

/** The same from decoded pixels on: the call into the engine worker and back, without a decoder beside it. */
async function calling(picture: Blob, model: CatalogModel): Promise<() => Promise<OurRun>> {
  const sessions = new SessionHost();
  const { backend } = await sessions.prepare(model, 'wasm', {
    signal: new AbortController().signal,
    stopwatch: new Stopwatch(),
    onProgress: () => undefined,
  });
  const image = await decodeOnce(picture);
  return async () => {
    const copy = { ...image, data: image.data.slice() }; // the call takes its pixels away
    const started = performance.now();
    const result = await sessions.run(model, copy);
    return {
      answer: result.answer,
      threads: backend.threads,
      ms: performance.now() - started,
      preprocess: result.preprocessMs,
      run: result.runMs,
      postprocess: result.postprocessMs,
      decode: null,
    };
  };
}

async function openRaw(picture: Blob, model: CatalogModel) {
  const { input } = model.entry;
  const raw = await startRaw();
  const { bytes } = await loadVerified(pinnedModel(model));
  await raw.open(Comlink.transfer(bytes, [bytes.buffer]));
  const { data, dims } = prepareInput(await decodeOnce(picture), input);
  await raw.setInput({ name: input.name, data, dims });
  return raw;
}

async function decodeOnce(picture: Blob) {
  const header = judgePicture(new Uint8Array(await picture.arrayBuffer()), picture.size);
  const { image, preview } = await decodePicture(picture, header, new AbortController().signal);
  preview.close();
  return image;
}

/** Both sides must have computed the same thing, or comparing their times means nothing. */
function sameAnswer(top: number | undefined, answer: TaskAnswer | undefined): string {
  const best = answer?.task === 'classification' ? answer.classes[0] : undefined;
  if (best && best.index === top) return best.label;
  throw new AppError(
    'app/bench-disagreement',
    `The raw run says class ${String(top)}, the engine ${String(best?.index)}: they do not compute the same.`,
  );
}
