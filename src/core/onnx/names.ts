/**
 * Characters that cannot be seen, that look like a space, or that disturb a terminal or a page: controls, formats
 * (bidirectional ones too), separators but the space itself, whatever fonts show as nothing, private ones (Unicode
 * TR 36 and TR 39), and U+FFFD, which stands for what was no UTF-8. Letters that look like others are not among them.
 */
const DISTURBING =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufffc\ufffd]|(?! )\p{Zs}/gu;

/** Whether a name holds a character that has no place in one. */
export function isBadName(name: string): boolean {
  for (let at = 0; at < name.length; at += 1) {
    const code = name.charCodeAt(at);
    // The letters of nearly all names need no look at what Unicode says of them.
    if (code < 0x20 || code > 0x7e) return name.search(DISTURBING) >= 0;
  }
  return false;
}

/** A name as it may be shown: disturbing characters as `\u{…}`, at most `length` characters. */
export function escapedName(name: string, length = 80): string {
  const cut = name.length > length ? `${name.slice(0, length)}…` : name;
  return cut.replace(DISTURBING, escaped);
}

/** Free text as it may be shown: as {@link escapedName}, but lines and tabs stay. */
export function escapedText(text: string): string {
  return text.replace(DISTURBING, (character) =>
    /[\t\n\r]/.test(character) ? character : escaped(character),
  );
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** “a”, “b”, “c” and more: as many names as a sentence bears. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `“${name}”`);
  return shown.join(', ') + (names.length > shown.length ? ' and more' : '');
}
