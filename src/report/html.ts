import { raw as rawHtml, html as tag } from "hono/html";

/** HTML whose values were escaped; safe to put into other HTML. */
export type Html = ReturnType<typeof rawHtml>;
type Part = string | number | boolean | null | undefined | Html | readonly (Html | string)[];

/** A template whose values are escaped unless they are HTML themselves; lists are joined. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  // The library's tag is asynchronous only for asynchronous values, and there are none.
  return tag(strings, ...parts.map((part) => (Array.isArray(part) ? joined(part) : part))) as Html;
}

/** Text that is HTML already, such as a drawn chart. */
export const raw = (text: string): Html => rawHtml(text);

export const EMPTY = raw("");

function joined(parts: readonly (Html | string)[]): Html {
  return raw(parts.map((part) => (typeof part === "string" ? String(html`${part}`) : String(part))).join(""));
}

/** An id for an anchor, made of any text. */
export function anchor(text: string): string {
  return text.replaceAll(/[^a-zA-Z0-9_-]+/g, "-");
}
