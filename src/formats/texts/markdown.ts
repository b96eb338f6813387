import type { Token, Tokens } from "marked";
import { Lexer } from "marked";
import { parse } from "yaml";
import { parseDate } from "../../core/dates/index.ts";
import type { Block, SourceText } from "../../reader/index.ts";

/**
 * Markdown (CommonMark with GitHub's tables and strike-outs) as paragraphs: its title, author and date from the front
 * matter, each item of a list on its own, quotations marked, and tables, code and pictures left out.
 */
export function readMarkdown(text: string): SourceText {
  const { meta, body } = frontMatter(text.replaceAll(/\r\n?/g, "\n"));
  const blocks: Block[] = [];
  collect(new Lexer({ gfm: true }).lex(body), blocks);
  const first = blocks[0]?.kind === "heading" ? blocks[0].text : undefined;
  const dateText = String(meta["date"] ?? meta["published"] ?? "").slice(0, 10);
  return {
    title: word(meta["title"]) ?? first,
    by: word(meta["author"] ?? meta["by"] ?? meta["authors"]),
    publisher: word(meta["publisher"] ?? meta["site"]),
    published: parseDate(dateText),
    url: word(meta["url"] ?? meta["link"]),
    blocks,
  };
}

function word(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.every((each) => typeof each === "string") ? value.join(", ") : undefined;
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/** The YAML between two lines of three hyphens at the head; what is no YAML is left in the text. */
function frontMatter(text: string): { readonly meta: Readonly<Record<string, unknown>>; readonly body: string } {
  const end = text.startsWith("---\n") ? text.indexOf("\n---\n", 3) : -1;
  if (end < 0 || end > 20_000) return { meta: {}, body: text };
  try {
    const meta: unknown = parse(text.slice(4, end + 1), { schema: "failsafe", maxAliasCount: 0, logLevel: "silent" });
    if (typeof meta === "object" && meta !== null && !Array.isArray(meta)) {
      return { meta: meta as Record<string, unknown>, body: text.slice(end + 5) };
    }
  } catch {
    // It was no front matter: the text is read as it stands.
  }
  return { meta: {}, body: text };
}

function collect(tokens: readonly Token[], blocks: Block[], quote = false): void {
  for (const token of tokens) {
    if (token.type === "heading") push(blocks, "heading", inline((token as Tokens.Heading).tokens));
    else if (token.type === "paragraph" || token.type === "text") {
      push(blocks, quote ? "quote" : "paragraph", inlineOf(token));
    } else if (token.type === "blockquote") collect((token as Tokens.Blockquote).tokens, blocks, true);
    else if (token.type === "list") for (const item of (token as Tokens.List).items) collectItem(item, blocks);
    else if (token.type === "html") push(blocks, "paragraph", withoutTags((token as Tokens.HTML).text));
  }
}

/** An item: its own words as one block, then the lists and paragraphs inside it. */
function collectItem(item: Tokens.ListItem, blocks: Block[]): void {
  let first = true;
  for (const token of item.tokens) {
    if (first && (token.type === "text" || token.type === "paragraph")) {
      push(blocks, "item", inlineOf(token));
      first = false;
    } else collect([token], blocks);
  }
}

function push(blocks: Block[], kind: Block["kind"], text: string): void {
  const trimmed = text.trim();
  if (trimmed !== "") blocks.push({ kind, text: trimmed });
}

function inlineOf(token: Token): string {
  const inner = (token as { tokens?: Token[] }).tokens;
  return inner === undefined ? (token as Tokens.Text).text : inline(inner);
}

/** The words of a line without its marks: a link is its text, a picture nothing. */
function inline(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === "br") return " ";
      if (token.type === "image" || token.type === "html") return "";
      if (token.type === "escape" || token.type === "codespan") return entities((token as Tokens.Escape).text);
      const inner = (token as { tokens?: Token[] }).tokens;
      return inner === undefined ? entities((token as Tokens.Text).text ?? "") : inline(inner);
    })
    .join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  ndash: "–",
  mdash: "—",
  hellip: "…",
  euro: "€",
  pound: "£",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  copy: "©",
  eacute: "é",
  ouml: "ö",
  uuml: "ü",
  auml: "ä",
};

function entities(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function withoutTags(html: string): string {
  return html.startsWith("<!--") ? "" : entities(html.replaceAll(/<[^<>]{0,2000}>/g, " "));
}
