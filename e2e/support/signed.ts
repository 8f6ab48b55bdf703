import type { BrowserContext } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { generateKeyPair, type KeyPair } from '../../src/core/integrity/signature.ts';
import { signManifest } from '../../src/core/manifest/signed.ts';
import { modelHostOrigin } from './model-host.ts';

const MANIFEST = resolve(import.meta.dirname, '../../public/models/index.json');

/** What an operator signs and serves. */
export interface SignedSite {
  /** Whose signature it is; a new pair where absent. */
  readonly keys?: KeyPair;
  readonly policy?: 'standard' | 'kiosk';
  readonly sequence?: number;
  /** A moment in UTC; never where absent. */
  readonly expires?: string;
  readonly revoked?: readonly string[];
  /** Changes the entries before they are signed. */
  readonly entries?: ((entries: readonly ManifestEntry[]) => readonly object[]) | undefined;
  /** Changes the manifest after it was signed. */
  readonly change?: ((manifest: string) => string) | undefined;
}

/** As much of an entry as the tests look at. */
export interface ManifestEntry {
  readonly id: string;
  readonly file: string;
  readonly input: object;
}

/** Serves the page's own manifest as one that an operator signed, to every tab. @returns the keys. */
export async function serveSigned(context: BrowserContext, site: SignedSite): Promise<KeyPair> {
  const { policy = 'standard', sequence = 1, revoked = [], expires, entries } = site;
  const keys = site.keys ?? (await generateKeyPair());
  const own = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { models: readonly ManifestEntry[] };
  const models = entries?.(own.models) ?? own.models;
  const manifest = JSON.stringify({ ...own, models, sequence, expires, revoked });
  const signature = await signManifest(new TextEncoder().encode(manifest), keys.privateKey);
  const config = {
    version: 1,
    manifests: [{ url: 'models/index.json', collection: 'embedded', signed: true }],
    trustedKeys: [{ name: 'Test clinic', publicKey: keys.publicKey }],
    hosts: [modelHostOrigin],
    policy,
  };
  await context.route('**/config.json', (route) => route.fulfill({ json: config }));
  const body = site.change?.(manifest) ?? manifest;
  await context.route('**/models/index.json', (route) => route.fulfill({ body }));
  await context.route('**/models/index.json.sig', (route) => route.fulfill({ json: signature }));
  return keys;
}
