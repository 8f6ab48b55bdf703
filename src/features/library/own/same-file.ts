/** A model that is offered or installed. */
export interface Present {
  readonly id: string;
  readonly title: string;
  /** SHA-256 of its file. */
  readonly sha256: string;
}

/** Says which models have the very same bytes, those of one title with their ids; null when none has. */
export function sameFile(sha256: string, present: readonly Present[]): string | null {
  const titles = new Map(
    present.filter((model) => model.sha256 === sha256).map(({ id, title }) => [id, title]),
  );
  if (titles.size === 0) return null;
  const all = [...titles.values()];
  const names = [...titles]
    .map(([id, title]) => {
      const alone = all.indexOf(title) === all.lastIndexOf(title);
      return alone ? `“${title}”` : `“${title}” (${id})`;
    })
    .join(' and ');
  return `This file is already here as ${names}. Keeping it once more takes no more room: it adds another way to use the same bytes.`;
}
