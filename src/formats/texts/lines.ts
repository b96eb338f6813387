/** Words that are written with a hyphen wherever they stand; the rest of a word cut at a line's end is joined. */
const HYPHENATED =
  /^(?:self|non|anti|pro|pre|post|ex|semi|half|cease|long|short|well|high|low|one|two|three|four|five|six|seven|eight|nine|ten|co|cross|all|large|small|so|then|power|war|peace|decision|north|south|east|west|[a-z])$/i;

/**
 * Joins the lines of a paragraph. A word cut by a hyphen at a line's end is made whole; a hyphen that belongs to the
 * word stays where its first part is one that takes a hyphen, or where the word stands with it elsewhere in the text.
 */
export function joinLines(lines: readonly string[], whole: (word: string) => boolean = () => false): string {
  // Parts and not one growing text: a text of a million cut words would be copied a million times.
  const parts: string[] = [];
  for (const line of lines) {
    const next = line.trim();
    if (next === "") continue;
    const last = parts.at(-1) ?? "";
    const cut = /(\p{L}+)[-\u00ad\u2010]$/u.exec(last.slice(-40));
    if (cut === null) parts.push(parts.length === 0 ? next : ` ${next}`);
    else {
      const [first = "", second = ""] = [cut[1], /^\p{L}+/u.exec(next)?.[0]];
      const keep = !/^\p{Ll}/u.test(next) || HYPHENATED.test(first) || whole(`${first}-${second}`);
      if (last.endsWith("\u00ad") || !keep) parts[parts.length - 1] = last.slice(0, -1);
      parts.push(next);
    }
  }
  return parts.join("");
}

/** The mark before an item of a list and what follows it; undefined where there is none. */
export function itemOf(line: string): string | undefined {
  const match = /^\s*(?:[-*•‣▪◦–]|\(?\d{1,3}[.)]|\(?[a-z][.)]|\(?[ivx]{1,4}[.)])\s+(\S.*)$/u.exec(line);
  return match?.[1];
}

/** Whether a line that stands alone is a heading: short, without a stop, and neither a byline nor a date. */
export function isHeading(line: string): boolean {
  const text = line.trim();
  if (text.length > 110 || !/^["“'‘(]?[\p{Lu}\p{N}]/u.test(text) || /[.,;:!?…]["”’)]?$/u.test(text)) return false;
  if (/[.!?]["”’)]? \S/u.test(text.replaceAll(/\b(?:vs|St|Dr|Mr|Mrs|U\.S|U\.K|U\.N|No)\./g, ""))) return false;
  if (/^(by|author|authors|written by|published|posted|updated|photo|image|source|editor|note|copyright)\b/i.test(text))
    return false;
  if (/[©|@]/.test(text) || /\b(19|20)\d\d$/.test(text)) return false;
  return text.split(/\s+/).length <= 16;
}
