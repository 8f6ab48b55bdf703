/** SHA-256 as 64 lower-case hexadecimal digits, by SubtleCrypto (secure contexts only). */
export function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return digestHex('SHA-256', bytes);
}

/** SHA-1 as 40 lower-case hexadecimal digits: only to compare with what was published, it is no defence by itself. */
export function sha1Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return digestHex('SHA-1', bytes);
}

async function digestHex(algorithm: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest(algorithm, bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
