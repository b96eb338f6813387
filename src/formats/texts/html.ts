import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import { parseDate } from "../../core/dates/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import type { Block, SourceText } from "../../reader/index.ts";

/** What is read of a node of a document, in linkedom as in a browser. */
interface Node {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<Node>;
}
interface Element extends Node {
  getAttribute(name: string): string | null;
  querySelectorAll(selector: string): Iterable<Element>;
  querySelector(selector: string): Element | null;
  remove(): void;
}

/** Elements and tags in them that are no part of what a page says, wherever they stand. */
const CLUTTER =
  "title, script, style, noscript, template, svg, math, canvas, iframe, object, video, audio, form, button, select, nav, aside, " +
  "footer, dialog, [hidden], [aria-hidden=true], [role=navigation], [role=complementary], [role=banner], [role=contentinfo], " +
  "[role=dialog], [role=search]";

/** Most elements of a page; a long report has a tenth of that. */
const MAX_ELEMENTS = 200_000;
/** Deepest nesting that is followed; what is deeper no person wrote, and takes parsers a time that grows as its square. */
const MAX_DEPTH = 500;
/** The main element is taken for the article where it holds at least this part of what Readability finds. */
const ENOUGH = 0.5;

/**
 * The article of a web page as paragraphs: what a page has around it (navigation, banners, notes on cookies, asides,
 * footers) is left out, its author and date are read from what the page says of itself.
 *
 * The article is the page's one `article` or `main` element, else what Mozilla's Readability takes for it.
 *
 * @throws ParleyError where the page is too large or nested too deeply to be a text.
 */
export function readHtml(html: string): SourceText {
  try {
    const found = read(html);
    return found;
  } catch (error) {
    if (error instanceof RangeError)
      throw ParleyError.of("text-unreadable", { why: "its elements are nested too deeply" });
    throw error;
  }
}

function read(html: string): SourceText {
  if (depthOf(html) > MAX_DEPTH) throw ParleyError.of("text-unreadable", { why: "its elements are nested too deeply" });
  const whole = /<html[\s>]/i.test(html.slice(0, 20_000))
    ? html
    : `<!doctype html><html><head></head><body>${html}</body></html>`;
  const { document } = parseHTML(whole) as unknown as { document: Element };
  const elements = [...document.querySelectorAll("*")].length;
  if (elements > MAX_ELEMENTS) throw ParleyError.of("text-unreadable", { why: "it has too many elements" });
  const meta = metaOf(document);
  for (const each of [...document.querySelectorAll(CLUTTER)]) each.remove();
  const main = onlyOne(document, "article") ?? onlyOne(document, "main, [role=main]");
  const copy = (parseHTML(whole) as unknown as { document: Element }).document;
  const article = main === undefined || letters(main) < 3000 ? readability(copy) : undefined;
  const enough = main !== undefined && letters(main) >= ENOUGH * (article === undefined ? 0 : letters(article));
  const root = enough ? main : (article ?? document.querySelector("body") ?? document);
  const blocks = withCells(root);
  const first = blocks[0]?.kind === "heading" ? blocks[0].text : undefined;
  return { ...meta, title: meta.title ?? first, blocks };
}

/** Tags that hold nothing, or that end where the next of their kind begins. */
const FLAT = new Set(
  "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody tfoot option".split(
    " ",
  ),
);

/** How deep a page's tags are nested, by counting them; attributes and scripts may add a little. */
function depthOf(html: string): number {
  let [depth, deepest] = [0, 0];
  for (const [, end, name = ""] of html.matchAll(/<(\/?)([a-z][a-z0-9]{0,20})/gi)) {
    if (FLAT.has(name.toLowerCase())) continue;
    depth = end === "/" ? Math.max(0, depth - 1) : depth + 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function readability(document: Element): Element | undefined {
  for (const each of [...document.querySelectorAll(CLUTTER)]) each.remove();
  const options = {
    charThreshold: 200,
    serializer: (element: unknown) => element as Element,
    maxElemsToParse: MAX_ELEMENTS,
  };
  try {
    return new Readability(document as never, options).parse()?.content ?? undefined;
  } catch (error) {
    if (error instanceof RangeError) throw error;
    // A page that Readability cannot take apart is read whole.
    return undefined;
  }
}

function onlyOne(document: Element, selector: string): Element | undefined {
  const [first, ...others] = [...document.querySelectorAll(selector)];
  return others.length === 0 ? first : undefined;
}

function letters(node: Node): number {
  return (node.textContent ?? "").trim().length;
}

function metaOf(document: Element): Omit<SourceText, "blocks"> {
  const content = (...names: string[]): string | undefined => {
    for (const name of names) {
      const text = document
        .querySelector(`meta[property="${name}"], meta[name="${name}"]`)
        ?.getAttribute("content")
        ?.trim();
      if (text !== undefined && text !== "" && text.length <= 500) return text;
    }
    return undefined;
  };
  const published =
    content(
      "article:published_time",
      "citation_publication_date",
      "citation_date",
      "dc.date",
      "DC.date.issued",
      "dcterms.date",
      "date",
      "pubdate",
      "datePublished",
    ) ??
    /"datePublished"\s*:\s*"([^"]{4,40})"/.exec(jsonLd(document))?.[1] ??
    document.querySelector("time[datetime]")?.getAttribute("datetime") ??
    "";
  const author = content("author", "citation_author", "dc.creator", "DC.creator", "parsely-author", "article:author");
  const url = document.querySelector("link[rel=canonical]")?.getAttribute("href") ?? content("og:url");
  const heading = document.querySelector("h1")?.textContent?.replaceAll(/\s+/g, " ").trim();
  const title =
    content("og:title", "citation_title", "dc.title", "DC.title") ??
    (heading || document.querySelector("title")?.textContent?.trim());
  return {
    title: title === undefined || title === "" ? undefined : title.slice(0, 500),
    by: author !== undefined && !/^https?:/.test(author) ? author : undefined,
    publisher: content("og:site_name", "citation_publisher", "dc.publisher"),
    published: parseDate(isoDay(published)),
    url: url !== undefined && url !== null && /^https?:\/\//.test(url) ? url : undefined,
  };
}

function jsonLd(document: Element): string {
  return [...document.querySelectorAll('script[type="application/ld+json"]')]
    .map(({ textContent }) => (textContent ?? "").slice(0, 50_000))
    .join("\n");
}

/** The calendar date of a time stamp, as its author wrote it; no time zone is reckoned with. */
function isoDay(stamp: string): string {
  return (
    /^(\d{4})[-/](\d{2})(?:[-/](\d{2}))?/
      .exec(stamp)
      ?.slice(1)
      .filter((part) => part !== undefined)
      .join("-") ?? ""
  );
}

const BREAKS = new Set(
  (
    "P DIV SECTION ARTICLE MAIN HEADER UL OL LI DL DT DD BLOCKQUOTE PRE FIGURE FIGCAPTION TABLE THEAD TBODY TR TD TH HR " +
    "H1 H2 H3 H4 H5 H6 ADDRESS DETAILS SUMMARY BODY CENTER"
  ).split(" "),
);

/** The blocks of a tree; the cells of tables count as paragraphs where they hold most of the text, as on older pages. */
function withCells(root: Node): Block[] {
  const blocks = blocksOf(root, "caption");
  const size = (kinds: readonly Block["kind"][]): number =>
    blocks.reduce((total, { kind, text }) => total + (kinds.includes(kind) ? text.length : 0), 0);
  return size(["caption"]) > size(["paragraph", "item", "quote"]) ? blocksOf(root, "paragraph") : blocks;
}

/** Collects the text of a tree into blocks, in document order. */
function blocksOf(root: Node, cell: Block["kind"]): Block[] {
  const blocks: Block[] = [];
  let text = "";
  const flush = (kind: Block["kind"]): void => {
    const trimmed = text.replaceAll(/\s+/g, " ").trim();
    if (trimmed !== "") blocks.push({ kind, text: trimmed });
    text = "";
  };
  const walk = (node: Node, kind: Block["kind"], depth: number): void => {
    if (depth > MAX_DEPTH) throw ParleyError.of("text-unreadable", { why: "its elements are nested too deeply" });
    let afterBreak = false;
    for (const child of node.childNodes) {
      if (child.nodeType === 3) {
        if ((child.textContent ?? "").trim() !== "") afterBreak = false;
        text += child.textContent ?? "";
        continue;
      }
      if (child.nodeType !== 1) continue;
      const name = child.nodeName.toUpperCase();
      if (name === "BR") {
        // Two breaks in a row part paragraphs on older pages.
        if (afterBreak) flush(kind);
        else text += " ";
        afterBreak = true;
        continue;
      }
      afterBreak = false;
      if (name === "SUP" && /^\[?\d{1,3}\]?$/.test((child.textContent ?? "").trim())) continue;
      if (!BREAKS.has(name)) {
        walk(child, kind, depth + 1);
        continue;
      }
      flush(kind);
      const inner = kindOf(name, kind, cell);
      walk(child, inner, depth + 1);
      flush(inner);
    }
  };
  walk(root, "paragraph", 0);
  flush("paragraph");
  return blocks;
}

function kindOf(name: string, outer: Block["kind"], cell: Block["kind"]): Block["kind"] {
  if (/^H[1-6]$/.test(name) || name === "DT" || name === "SUMMARY") return "heading";
  if (name === "LI") return "item";
  if (name === "BLOCKQUOTE") return "quote";
  if (name === "FIGCAPTION" || name === "FIGURE") return "caption";
  if (name === "TH" || name === "TD") return cell;
  return outer === "item" || outer === "quote" || outer === "caption" ? outer : "paragraph";
}
