/**
 * Names what a file probably is that should have been something else: hosts answer missing files with a web page,
 * and Git hosts answer large ones with a pointer.
 * @returns words for a sentence, or null when there is no telling.
 */
export function describeWrongFile(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return 'an empty file';
  const start = new TextDecoder().decode(bytes.subarray(0, 512)).trimStart().toLowerCase();
  if (start.startsWith('<!doctype html') || start.startsWith('<html')) {
    return 'a web page (HTML), as servers send for a missing file or a login';
  }
  if (start.startsWith('version https://git-lfs')) return 'a Git LFS pointer, not the file itself';
  if (start.startsWith('<?xml')) return 'an XML error message';
  if (start.startsWith('{') || start.startsWith('[')) return 'a JSON text';
  if (start.startsWith('pk\u0003\u0004')) return 'a ZIP archive';
  return null;
}
