/**
 * The response headers the app is built for. One source for the development server, `npm start`, the e2e server
 * and `public/_headers` (a test keeps that file equal).
 *
 * - The CSP allows nothing but the page's own origin; `wasm-unsafe-eval` compiles WebAssembly and nothing else.
 *   It must be on worker responses too, so it goes on everything.
 * - Trusted Types: `app` makes worker URLs on the page, `default` only exists inside the engine worker, where
 *   onnxruntime-web starts its own threads.
 * - COOP + COEP give cross-origin isolation, without which WebAssembly has no threads.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
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

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'camera=(), clipboard-read=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** File names under here carry a hash of their content: they never change. */
export const IMMUTABLE_PATH = '/assets/';
export const IMMUTABLE_CACHE = 'public, max-age=31536000, immutable';
/** Everything else is asked for again each time (cheap: an ETag comparison). */
export const REVALIDATE_CACHE = 'no-cache';

/** The text of `public/_headers`, as static hosts (Netlify, Cloudflare Pages) read it. */
export function headersFile(): string {
  const lines = (headers: Readonly<Record<string, string>>) =>
    Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`);
  return [
    '# Made by `npm run headers` from scripts/headers.ts; a test keeps the two equal.',
    '/*',
    // No Cache-Control here: hosts join the rules that match, and their default is to ask again each time.
    ...lines(SECURITY_HEADERS),
    `${IMMUTABLE_PATH}*`,
    ...lines({ 'Cache-Control': IMMUTABLE_CACHE }),
    '',
  ].join('\n');
}
