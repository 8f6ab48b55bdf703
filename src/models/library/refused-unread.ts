import { isAllowed } from './net.ts';
import type { LibraryParts } from './parts.ts';
import type { Installable } from './types.ts';

/** Whether an install is refused before a byte of it is asked for: it was withdrawn, or its host is not allowed. */
export async function isRefusedUnread(parts: LibraryParts, item: Installable): Promise<boolean> {
  const { claim } = item;
  if (claim.kind === 'sha256' && (await parts.records.isRevoked(claim.sha256))) return true;
  return !(await isHostAllowed(parts, item));
}

/** Whether the configuration lets files come from where this one would. */
export async function isHostAllowed(
  { dependencies: { net, rules } }: LibraryParts,
  { url }: Installable,
): Promise<boolean> {
  return isAllowed(url, (await rules()).hosts, net.pageOrigin);
}
