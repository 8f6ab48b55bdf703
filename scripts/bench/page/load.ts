import * as Comlink from 'comlink';
import { AppError } from '../../../src/core/errors.ts';
import type { Golden } from '../../../src/core/manifest/schema.ts';
import { download } from '../../../src/models/download.ts';
import { discardStored, keepStored, readStored } from '../../../src/models/store.ts';
import { loadVerified, type PinnedAsset } from '../../../src/models/verify.ts';
import { goldenInput } from '../../../src/tasks/shared/golden-input.ts';
import type { LoadSamples, LoadSource, RunPlan } from '../samples.ts';
import { findModel, pinnedModel } from './models.ts';
import { inTurn } from './pairs.ts';
import { startRaw } from './raw.ts';

/** The input that the engine warms a model up with. */
const NOISE: Golden = { generator: 'lcg-u8', seed: 1, runtime: 'none', outputs: [] };

type Bytes = Uint8Array<ArrayBuffer>;

/** How the two sides get the model's bytes; `before` is not timed. */
interface Loader {
  readonly before: () => Promise<void>;
  readonly unverified: () => Promise<Bytes>;
  readonly verified: () => Promise<Bytes>;
  /** The least there is; null where that is `unverified`. */
  readonly bare: (() => Promise<Bytes>) | null;
}

/**
 * The same bytes from the same place without and with verification, then a session of them. Both sides do all the
 * same work but the digest, and the same worker creates the session with the same options. What all of our way
 * costs beside a mere `fetch` is measured on its own.
 */
export async function measureLoad(source: LoadSource, plan: RunPlan): Promise<LoadSamples> {
  const model = await findModel(plan.modelId);
  const asset = pinnedModel(model);
  const { input } = model.entry;
  const raw = await startRaw();
  const { data, dims } = goldenInput(NOISE, input);
  await raw.setInput({ name: input.name, data, dims });
  const { before, unverified, verified, bare } =
    source === 'store' ? stored(asset) : downloaded(asset);

  const timed = (load: () => Promise<Bytes>) => async () => {
    // Both sides start from a settled store: nothing of an earlier load is still being written.
    await loadVerified(asset);
    await untilStored(asset);
    await before();
    const started = performance.now();
    const bytes = await load();
    const loaded = performance.now();
    await raw.open(Comlink.transfer(bytes, [bytes.buffer]));
    const opened = performance.now();
    await raw.run();
    const ran = performance.now();
    await raw.close();
    return { bytes: loaded - started, ready: opened - started, warm: ran - started };
  };
  const { a, b } = await inTurn(plan, timed(unverified), timed(verified));
  const rough = bare ? await inTurn(plan, timed(bare), timed(verified)) : null;
  const pick = (part: 'bytes' | 'ready' | 'warm') => ({
    a: a.map((times) => times[part]),
    b: b.map((times) => times[part]),
  });
  return {
    bytes: pick('bytes'),
    ready: pick('ready'),
    warm: pick('warm'),
    bare: rough && {
      a: rough.a.map(({ ready }) => ready),
      b: rough.b.map(({ ready }) => ready),
    },
  };
}

/** From the page's store, as on every visit but the first. */
function stored(asset: PinnedAsset): Loader {
  return {
    before: () => Promise.resolve(),
    unverified: async () => {
      const bytes = await readStored(asset.sha256);
      if (!bytes) throw new AppError('app/bench-store', 'The store has lost the model.');
      return bytes;
    },
    verified: () => fromStore(asset),
    bare: null,
  };
}

/** Over the network, the HTTP cache warm. Both sides look into the store first and keep a copy there. */
function downloaded(asset: ReturnType<typeof pinnedModel>): Loader {
  return {
    before: () => discardStored(asset.sha256),
    unverified: async () => {
      if (await readStored(asset.sha256)) {
        throw new AppError('app/bench-store', 'The store still has the model.');
      }
      const bytes = await download(asset.url, { maxBytes: asset.bytes + 1 });
      void keepStored(asset.sha256, bytes); // as `loadVerified` does, which waits for it neither
      return bytes;
    },
    verified: () => verifiedFrom('network', asset),
    bare: async () => new Uint8Array(await (await fetch(asset.url)).arrayBuffer()),
  };
}

/** Waits for the copy that a verified load keeps, whether or not the load itself waits for it. */
async function untilStored({ sha256 }: PinnedAsset): Promise<void> {
  const givenUp = performance.now() + 5000;
  while (!(await readStored(sha256))) {
    if (performance.now() > givenUp) {
      throw new AppError('app/bench-store', 'The browser does not keep the model.');
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A verified load that must find its bytes in the store. */
export function fromStore(asset: PinnedAsset): Promise<Bytes> {
  return verifiedFrom('cache', asset);
}

async function verifiedFrom(place: 'cache' | 'network', asset: PinnedAsset): Promise<Bytes> {
  const { bytes, verification } = await loadVerified(asset);
  if (verification.from === place) return bytes;
  throw new AppError('app/bench-store', `The bytes came from the ${verification.from}.`);
}
