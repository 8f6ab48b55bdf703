/**
 * Characters that make a name look like another or disturb a terminal or a page: controls, separators, zero-width
 * characters, bidirectional marks and overrides (Unicode TR 36 and TR 39), and what was no UTF-8.
 */
const DISTURBING =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd]/gu;

/** Whether a name holds a character that has no place in one. */
export function isBadName(name: string): boolean {
  return name.search(DISTURBING) >= 0;
}

/** A name as it may be shown: disturbing characters as `\u{…}`, at most `length` characters. */
export function escapedName(name: string, length = 80): string {
  const cut = name.length > length ? `${name.slice(0, length)}…` : name;
  return cut.replace(DISTURBING, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

/** Free text as it may be shown: as {@link escapedName}, but lines and tabs stay. */
export function escapedText(text: string): string {
  return text.replace(DISTURBING, (character) =>
    /[\t\n\r]/.test(character) ? character : escapedName(character),
  );
}

/** “a”, “b”, “c” and more: as many names as a sentence bears. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `“${name}”`);
  return shown.join(', ') + (names.length > shown.length ? ' and more' : '');
}
