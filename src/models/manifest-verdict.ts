import type { AppError, ErrorCode } from '../core/errors.ts';
import type { Signer } from '../core/manifest/signed.ts';
import { foundFile, type FoundFile } from './found-file.ts';

/** What was found about a manifest, one entry of it, the configuration or the library's catalogue: for the ledger. */
export interface ManifestVerdict {
  /** The file's address, or the id of the entry that was refused. */
  readonly subject: string;
  /** Absolute URL that it came from; empty where it has none. */
  readonly url: string;
  /** The file itself, or the one that a refused entry names; null where neither is known. */
  readonly file: FoundFile | null;
  /** Whose signature holds; null where none does. */
  readonly signer: Signer | null;
  /** Why it was refused; null when it was taken. */
  readonly code: ErrorCode | null;
}

/** Is told what was found. */
export type VerdictListener = (verdict: ManifestVerdict) => void;

/** Entries that one verdict names. */
const MOST_NAMES = 10;

/** Refusals of a file that was read, or of an entry of it; other problems (no connection, say) are failures. */
const REFUSAL = /^(?:(?:config|integrity|manifest)\/|store\/bad-counter$)/;

/**
 * The verdicts behind the problems of a catalogue: one for each manifest and code, however many entries it is about.
 * A problem that is no verdict (no connection, say) has none.
 */
export function refusalsOf(problems: readonly AppError[]): readonly ManifestVerdict[] {
  const groups = new Map<string, { readonly first: AppError; readonly names: string[] }>();
  for (const problem of problems) {
    const { code, details } = problem;
    if (!REFUSAL.test(code)) continue;
    const key = `${code} ${String(details['manifest'] ?? '')}`;
    const group = groups.get(key) ?? { first: problem, names: [] };
    group.names.push(String(details['id'] ?? ''));
    groups.set(key, group);
  }
  return [...groups.values()].map(({ first, names }) => {
    const url = urlOf(first);
    return {
      subject: listed(names) || url,
      url,
      file: foundFile(first) ?? (names.length === 1 ? namedFile(first) : null),
      signer: null,
      code: first.code,
    };
  });
}

/** The file that a refused entry names: it was not fetched, but a digest may be what refused it. */
function namedFile({ details: { sha256, bytes } }: AppError): FoundFile | null {
  return typeof sha256 === 'string' && typeof bytes === 'number' ? { sha256, bytes } : null;
}

function urlOf({ details }: AppError): string {
  return String(details['manifest'] ?? details['url'] ?? '');
}

/** “a, b and 3 more”; empty when none has a name. */
function listed(names: readonly string[]): string {
  const shown = names.filter(Boolean).slice(0, MOST_NAMES);
  const more = names.length - shown.length;
  if (shown.length === 0) return '';
  return shown.join(', ') + (more > 0 ? ` and ${String(more)} more` : '');
}
