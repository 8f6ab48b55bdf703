import { asAppError } from '../../core/errors.ts';
import { noteOfRefusal, requireConsent } from './notes.ts';
import type { LibraryParts } from './parts.ts';
import { isRefusedUnread } from './refused-unread.ts';
import { leave, setReason } from './settle.ts';
import { requireInstallRoom } from './space.ts';
import type { Installable } from './types.ts';

/** What an install that may begin goes by. */
export interface Permit {
  /** The policy asked and the person agreed. */
  readonly consent: boolean;
  /** Allowed origins beside the page's own. */
  readonly hosts: readonly string[];
  /** Bytes that have yet to come; null where nobody has said. */
  readonly missing: number | null;
}

/**
 * Asks configuration, policy and room about an install, once. What stands in the way becomes the reason of a paused
 * one: where it would go on by itself, it is not said to wait for the network then.
 * @param agreed the person agreed to it.
 * @throws AppError `download/needs-consent`, `download/refused-by-policy`, `store/quota`, or that the configuration
 * cannot be read.
 */
export async function permit(
  parts: LibraryParts,
  item: Installable,
  agreed: boolean,
): Promise<Permit> {
  try {
    const { policy, hosts } = await parts.dependencies.rules();
    const consent = requireConsent(item, policy, agreed);
    // What is refused unread needs no room, and nothing is to go for it.
    const isUnread = await isRefusedUnread(parts, item, hosts);
    return { consent, hosts, missing: isUnread ? 0 : await requireInstallRoom(parts, item) };
  } catch (thrown) {
    const error = asAppError(thrown);
    if (error.code === 'download/refused-by-policy') {
      await parts.ledger.append(noteOfRefusal(item, error));
      await leave(parts, item.id);
    }
    setReason(parts, item.id, error);
    throw error;
  }
}
