import * as v from 'valibot';
import { isKeyText } from '../integrity/signature.ts';
import { LIMITS } from '../limits.ts';
import { parseAs } from './parse.ts';
import { relativePathSchema, textSchema } from './schema.ts';

/** `https://` with a plain host and maybe a port; plain HTTP on this machine only, for tests. */
const ORIGIN =
  /^(https:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?|http:\/\/(127\.0\.0\.1|localhost))(:\d{1,5})?$/;

/**
 * An origin that models may come from. Exact: no path, no wildcard, lower case, no default port. It goes into the
 * Content-Security-Policy as it is, so nothing else may fit.
 */
const originSchema = v.pipe(
  v.string(),
  v.maxLength(200),
  v.regex(ORIGIN, 'an exact origin like https://models.example.org is wanted'),
  v.check(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    'an exact origin as browsers write it is wanted, without a default port or a slash at the end',
  ),
);

const trustedKeySchema = v.strictObject({
  /** Shown as the one who vouches. */
  name: textSchema(80),
  publicKey: v.pipe(
    v.string(),
    v.check(isKeyText, 'a public key of 43 characters of base64url is wanted'),
  ),
});

/** `config.json`: what whoever serves the page decides. Only `version` and `manifests` must be there. */
export const configSchema = v.strictObject({
  version: v.literal(1),
  manifests: v.pipe(
    v.array(
      v.strictObject({
        /** Relative to the page: manifests come from the page's own origin. */
        url: v.pipe(relativePathSchema, v.endsWith('.json')),
        collection: v.picklist(['embedded', 'operator']),
        /** True refuses the manifest unless a trusted key signed it. */
        signed: v.optional(v.boolean(), false),
      }),
    ),
    v.minLength(1),
    v.maxLength(8),
  ),
  /** Origins beside the page's own that models may be downloaded from. */
  hosts: v.optional(v.pipe(v.array(originSchema), v.maxLength(LIMITS.configHosts)), []),
  trustedKeys: v.optional(v.pipe(v.array(trustedKeySchema), v.maxLength(LIMITS.trustedKeys)), []),
  /** `kiosk`: nothing is offered or installed but what a trusted key signed. */
  policy: v.optional(v.picklist(['standard', 'kiosk']), 'standard'),
});

export type Config = v.InferOutput<typeof configSchema>;
export type TrustedKey = v.InferOutput<typeof trustedKeySchema>;

/** @throws AppError `config/bad-config`, which names the field. */
export function parseConfig(json: unknown): Config {
  return parseAs(configSchema, json, 'config/bad-config', 'The configuration (config.json)');
}
