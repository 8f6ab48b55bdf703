const ANY = '?'.charCodeAt(0);

/**
 * True when the bytes at `at` are those of `signature`: Latin-1, in which `?` stands for any byte. False also
 * when they are not all there; never looks beyond the end.
 */
export function matches(head: Uint8Array, signature: string, at = 0): boolean {
  if (at + signature.length > head.length) return false;
  for (let i = 0; i < signature.length; i++) {
    const wanted = signature.charCodeAt(i);
    if (wanted !== ANY && head[at + i] !== wanted) return false;
  }
  return true;
}
