/** Texts of others, made fit to be shown and kept. */

const LONGEST_TITLE = 120;

/** Text on one line without control characters, nor those that no scenario file may hold. */
export function plain(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\uFFFE\uFFFF]/gu, " ").replace(/\s+/g, " ").trim();
}

/** A scenario's name as it is kept: plain, and no longer than a link carries. */
export function nameOf(text) {
  return Array.from(plain(text)).slice(0, LONGEST_TITLE).join("").trim();
}

/** A text within a sentence, cut where it is long. */
export function quoted(text) {
  const line = plain(text);
  return line.length > 40 ? line.slice(0, 40) + "…" : line;
}
