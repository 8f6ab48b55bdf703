import { isAllowed } from './net.ts';
import type { LibraryParts } from './parts.ts';
import type { Installable } from './types.ts';

/**
 * Whether an install is refused before a byte of it is asked for: it was withdrawn, or its host is not allowed.
 * @param hosts allowed origins beside the page's own.
 */
export async function isRefusedUnread(
  { records, dependencies: { net } }: LibraryParts,
  { claim, url }: Installable,
  hosts: readonly string[],
): Promise<boolean> {
  if (claim.kind === 'sha256' && (await records.isRevoked(claim.sha256))) return true;
  return !isAllowed(url, hosts, net.pageOrigin);
}
