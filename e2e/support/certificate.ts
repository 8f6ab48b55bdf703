import { generateKeyPairSync, sign } from 'node:crypto';

/*
 * A certificate for the tests' own hosts, made when they start. The catalogue's addresses are https:// and nothing
 * else, so a host of model files has to speak it; no key lies in the repository.
 */

/** ASN.1's types that a certificate is made of. */
const TAG = { integer: 2, bits: 3, oid: 6, utf8: 12, time: 23, sequence: 0x30, set: 0x31 } as const;

/** A value as DER: tag, length, content (X.690). */
function der(tag: keyof typeof TAG, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const bytes = length < 128 ? [] : length < 256 ? [length] : [length >> 8, length & 255];
  const head = bytes.length === 0 ? [length] : [0x80 + bytes.length, ...bytes];
  return Buffer.concat([Buffer.from([TAG[tag], ...head]), content]);
}

const COMMON_NAME = der('oid', Buffer.from('550403', 'hex'));
/** ecdsa-with-SHA256 (RFC 5758). */
const ALGORITHM = der('sequence', der('oid', Buffer.from('2a8648ce3d040302', 'hex')));

function pem(label: string, content: Buffer): string {
  const lines = content.toString('base64').replace(/.{64}/g, '$&\n');
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}

/** A self-signed certificate (RFC 5280, version 1) and its key, both as PEM. Browsers have to be told to take it. */
export function selfSigned(name: string): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const who = der(
    'sequence',
    der('set', der('sequence', COMMON_NAME, der('utf8', Buffer.from(name)))),
  );
  const validity = der(
    'sequence',
    ...['200101000000Z', '491231000000Z'].map((time) => der('time', Buffer.from(time))),
  );
  const toSign = der(
    'sequence',
    der('integer', Buffer.from([1])),
    ALGORITHM,
    who,
    validity,
    who,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = der('bits', Buffer.from([0]), sign('sha256', toSign, privateKey));
  return {
    key: pem('PRIVATE KEY', privateKey.export({ type: 'pkcs8', format: 'der' })),
    cert: pem('CERTIFICATE', der('sequence', toSign, ALGORITHM, signature)),
  };
}
