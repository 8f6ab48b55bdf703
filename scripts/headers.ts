import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '../src/core/errors.ts';
import { parseConfig, type Config } from '../src/core/manifest/config.ts';

/**
 * The response headers the app is built for. One source for the development server, `npm start`, the e2e server
 * and `public/_headers` (a test keeps that file equal). They depend on the configuration: its `hosts` are the only
 * other origins that the page may connect to.
 */
type HeaderConfig = Pick<Config, 'hosts'>;

/**
 * - Nothing but the page's own origin, and connections to the hosts that models may come from; `wasm-unsafe-eval`
 *   compiles WebAssembly and nothing else. It must be on worker responses too, so it goes on everything.
 * - Trusted Types: `app` makes worker URLs on the page, `default` only exists inside the engine worker, where
 *   onnxruntime-web starts its own threads.
 * @param config parsed: its schema keeps anything but plain origins out of the policy.
 */
export function contentSecurityPolicy({ hosts }: HeaderConfig): string {
  return [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    ["connect-src 'self'", ...hosts].join(' '),
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "style-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types app default',
  ].join('; ');
}

/** COOP + COEP give cross-origin isolation, without which WebAssembly has no threads. */
export function securityHeaders(config: HeaderConfig): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(config),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy':
      'camera=(), clipboard-read=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
}

/** File names under here carry a hash of their content: they never change. */
export const IMMUTABLE_PATH = '/assets/';
export const IMMUTABLE_CACHE = 'public, max-age=31536000, immutable';
/** Everything else is asked for again each time (cheap: an ETag comparison). */
export const REVALIDATE_CACHE = 'no-cache';

/** The text of `_headers` beside the page, as static hosts (Netlify, Cloudflare Pages) read it. */
export function headersFile(config: HeaderConfig): string {
  const lines = (headers: Readonly<Record<string, string>>) =>
    Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`);
  return [
    '# Made by `npm run headers` from scripts/headers.ts and config.json; a test keeps them equal.',
    '/*',
    // No Cache-Control here: hosts join the rules that match, and their default is to ask again each time.
    ...lines(securityHeaders(config)),
    `${IMMUTABLE_PATH}*`,
    ...lines({ 'Cache-Control': IMMUTABLE_CACHE }),
    '',
  ].join('\n');
}

/** The folder whose `config.json` the build takes over. */
export const PUBLIC = resolve(import.meta.dirname, '../public');

/**
 * The configuration in a folder of the app.
 * @throws AppError `config/bad-config`, also when the file cannot be read.
 */
export function readConfig(folder: string): Config {
  const file = join(folder, 'config.json');
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError(
      'config/bad-config',
      `${file} cannot be read as JSON (${why}). Put it right and try again.`,
      { cause },
    );
  }
  return parseConfig(json);
}
