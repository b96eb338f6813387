import { type MouseEvent, useEffect, useRef } from "react";
import type { Assessment } from "../../assess/index.ts";
import { runningHead } from "../../report/index.ts";
import { STYLES } from "../../report/styles.ts";
import { reportWords } from "../words/report.ts";

/** The report's own sheet for a tree of its own: on paper, so in light colours whatever the page has. */
const SHEET = STYLES.replace(/@media \(prefers-color-scheme: dark\) \{\s*:root \{[^}]*\}\s*\}/, "")
  .replaceAll(":root", ":host")
  .replaceAll(/(^|[{}]\s*)html \{/g, "$1:host {")
  .replaceAll(/(^|[{}]\s*)body \{/g, "$1.body {")
  .replace("color-scheme: light dark", "color-scheme: light")
  .replaceAll(/@page \{[^}]*\}/g, "");

/**
 * The report as its file shows it, in a tree of its own: neither its styles nor the page's reach over. The policy of the page
 * forbids styles in markup, so its sheet is made as an object and its few style attributes are set one by one.
 */
export function ReportPreview({ html, assessment }: { readonly html: string; readonly assessment: Assessment }) {
  const host = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(SHEET);
    root.adoptedStyleSheets = [sheet];
    const body = document.createElement("div");
    body.className = "body";
    body.append(...markupOf(html));
    root.replaceChildren(body);
  }, [html]);
  useEffect(() => {
    // What a sheet of paper has at its head belongs to the page, not to a part of it.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`@media print { ${runningHead(assessment)} @page { margin: 18mm 16mm; } }`);
    document.adoptedStyleSheets.push(sheet);
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    };
  }, [assessment]);
  // biome-ignore lint/a11y/useKeyWithClickEvents: links inside are links; the click is only led to its place.
  return <section className="report-preview" aria-label={reportWords.preview} ref={host} onClick={follow} />;
}

/** The body of a report, which Parley wrote and escaped; there is no script in it, and parsed so none would run. */
function markupOf(html: string): readonly Node[] {
  const body = html.slice(html.indexOf("<body>") + "<body>".length, html.lastIndexOf("</body>"));
  // A quotation mark in a text is written as an entity, so these are attributes.
  // The page around it has a main part already.
  const inert = body.replaceAll(' style="', ' data-style="').replaceAll(/<(\/?)main\b/g, "<$1div");
  const parsed = new DOMParser().parseFromString(inert, "text/html");
  const nodes = [...document.importNode(parsed.body, true).childNodes];
  for (const node of nodes) {
    if (!(node instanceof Element)) continue;
    for (const part of [node, ...node.querySelectorAll<HTMLElement | SVGElement>("[data-style]")]) {
      const style = part.getAttribute("data-style");
      if (style === null || !(part instanceof HTMLElement || part instanceof SVGElement)) continue;
      part.style.cssText = style;
      part.removeAttribute("data-style");
    }
  }
  return nodes;
}

/** A link inside the report leads to its place in the preview; the address of the page is the workbench's. */
function follow(event: MouseEvent<HTMLElement>): void {
  const link = event.nativeEvent.composedPath().find((each) => each instanceof HTMLAnchorElement);
  const hash = link?.getAttribute("href") ?? "";
  if (!hash.startsWith("#")) return;
  event.preventDefault();
  const place = event.currentTarget.shadowRoot?.getElementById(hash.slice(1));
  for (let part = place ?? null; part !== null; part = part.parentElement) {
    if (part instanceof HTMLDetailsElement) part.open = true;
  }
  place?.scrollIntoView();
}
