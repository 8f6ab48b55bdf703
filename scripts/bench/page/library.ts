import { AppError } from '../../../src/core/errors.ts';
import { knownWork } from '../../../src/core/onnx/work.ts';
import type { Installable, VerifiedFile } from '../../../src/models/library/types.ts';
import { readStored } from '../../../src/models/store.ts';
import type { ModelEntry } from '../../../src/tasks/registry.ts';
import type { LibraryFiles, LibraryPlan, LibrarySamples } from '../samples.ts';
import { fromStore } from './load.ts';
import { inTurn, repeated } from './pairs.ts';
import { APP_URL, library } from './store.ts';

/** A large model's way into the library, its loads from there, and the reading of a larger one. */
export async function measureLibrary(plan: LibraryPlan): Promise<LibrarySamples> {
  const { files, installs, inspections } = plan;
  const { backend } = await library.storage();
  if (backend !== 'opfs') {
    throw new AppError('app/bench-store', `The browser keeps files in “${backend}” only.`);
  }
  const item = installable(files);
  const installMs = await repeated(installs, () => timed(() => install(item)), {
    before: () => library.remove(item.id),
  });
  const asset = { ...files.model, what: item.title, url: item.url };
  const stored = () => timed(() => fromStore(asset));
  const load = await inTurn(plan, () => timed(() => fetched(item.url, 'no-store')), stored);
  const cached = await inTurn(plan, () => timed(() => fetched(item.url, 'default')), stored);
  const digest = await inTurn(plan, () => timed(() => readStored(asset.sha256)), stored);
  const file = await onDisk(files.inspected.path);
  const inspectMs = await repeated(inspections, () => timed(() => inspect(file, files)));
  await library.remove(item.id);
  return { load, cached, digest, install: installMs, inspect: inspectMs };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** The same bytes from the server, looked at by nobody. */
async function fetched(url: string, cache: RequestCache): Promise<ArrayBuffer> {
  return (await fetch(url, { cache })).arrayBuffer();
}

async function install(item: Installable): Promise<void> {
  await library.install(item, { confirmed: false });
}

async function inspect(file: Blob, { inspected }: LibraryFiles): Promise<void> {
  const { verdict, sha256 } = await library.inspect(file);
  if (verdict.accepted && sha256 === inspected.sha256) return;
  throw new AppError('app/bench-disagreement', 'The inspector did not take the file as it is.');
}

/** A file of the device, as a dropped one is. */
async function onDisk(path: string): Promise<File> {
  const root = await navigator.storage.getDirectory();
  const handle = await root.getFileHandle('bench-inspected.onnx', { create: true });
  const response = await fetch(new URL(path, APP_URL));
  await response.body?.pipeTo(await handle.createWritable());
  return handle.getFile();
}

function installable(files: LibraryFiles): Installable {
  return {
    id: 'bench-weights',
    title: 'Bench weights',
    url: new URL(files.model.path, APP_URL).href,
    bytes: files.model.bytes,
    claim: { kind: 'sha256', sha256: files.model.sha256, chunks: null },
    grade: 'B',
    vouchedBy: 'the bench',
    declare: (found) => declaration(files, found),
  };
}

function declaration(
  { model, labels, input, output, side }: LibraryFiles,
  { sha256, bytes, inspection }: VerifiedFile,
): ModelEntry {
  return {
    id: 'bench-weights',
    title: 'Bench weights',
    summary: 'Weights of a wanted size.',
    task: 'tensors',
    file: model.path,
    bytes,
    sha256,
    labels: { file: labels.path, bytes: labels.bytes, sha256: labels.sha256, format: 'synset' },
    card: null,
    input: {
      name: input,
      layout: 'NCHW',
      range: '0-1',
      channels: 'RGB',
      resize: { rule: 'squash', width: side, height: side, filter: 'bilinear' },
      normalise: null,
    },
    output: { outputs: [output] },
    ...knownWork(inspection),
    licence: 'Apache-2.0',
    source: { title: 'Made by the bench', url: null },
    trainingData: 'None',
    evidence: { grade: 'B', statement: 'Made by the bench.' },
    caution: null,
    golden: null,
  };
}
