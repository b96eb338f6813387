import { ParleyError } from "../../core/problems/index.ts";
import type { SourceText } from "../../reader/index.ts";
import { readMarkdown } from "./markdown.ts";
import { readPlain } from "./plain.ts";

/** Largest text, in bytes. */
export const MAX_TEXT_BYTES = 20_000_000;

type Format = "plain" | "markdown" | "html" | "pdf";

const BY_EXTENSION: Readonly<Record<string, Format>> = {
  txt: "plain",
  text: "plain",
  md: "markdown",
  markdown: "markdown",
  htm: "html",
  html: "html",
  xhtml: "html",
  pdf: "pdf",
};

/**
 * A text in plain form, Markdown, HTML or PDF as paragraphs. What it is is told by its name's ending, else by its
 * first characters.
 *
 * @throws ParleyError where it is too large, no text, or has no words.
 */
export async function readSource(bytes: Uint8Array, name = ""): Promise<SourceText> {
  if (bytes.length > MAX_TEXT_BYTES) unreadable(`${(bytes.length / 1e6).toFixed(1)} MB is too large`);
  const extension = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  const named = Object.hasOwn(BY_EXTENSION, extension) ? BY_EXTENSION[extension] : undefined;
  const pdf = startsWith(bytes, "%PDF-");
  if (named === "pdf" && !pdf) unreadable(bytes.length === 0 ? "the file is empty" : "it is no PDF");
  const source = pdf ? await pdfOf(bytes) : await textOf(bytes, named);
  if (!source.blocks.some(({ text }) => /\p{L}{2}/u.test(text))) throw ParleyError.of("text-empty", undefined);
  return source;
}

// PDF and HTML come with large libraries; whoever reads plain text does not wait for them.
async function pdfOf(bytes: Uint8Array): Promise<SourceText> {
  const { readPdf } = await import("./pdf.ts");
  return readPdf(bytes);
}

async function textOf(bytes: Uint8Array, named: Format | undefined): Promise<SourceText> {
  const text = decode(bytes, named === "html");
  const format = named ?? formatOf(text);
  if (format === "html") {
    const { readHtml } = await import("./html.ts");
    return readHtml(text);
  }
  if (format !== "markdown") return readPlain(text);
  try {
    return readMarkdown(text);
  } catch (error) {
    if (error instanceof RangeError) return unreadable("its lists or quotations are nested too deeply");
    throw error;
  }
}

/** What a text without a telling name is, by how it begins and what marks it holds. */
function formatOf(text: string): Format {
  const head = text.slice(0, 4000);
  if (/^\s*(<!doctype html|<html|<\?xml|<head|<body|<article|<div|<p[ >])/i.test(head)) return "html";
  const marks = [/^#{1,6} \S/m, /^---\n[\s\S]*?\n---\n/, /\]\(https?:/, /^\*\*\S/m, /^> \S/m].filter((mark) =>
    mark.test(head),
  );
  return marks.length > 0 ? "markdown" : "plain";
}

function startsWith(bytes: Uint8Array, mark: string): boolean {
  // Some programs write a few bytes before the mark; readers of PDF allow a kilobyte.
  const head = String.fromCharCode(...bytes.subarray(0, 1024));
  return head.includes(mark) && !/^\s*[<#]/.test(head);
}

/** The characters of a file: UTF-8, or UTF-16 with its mark; a web page may name another coding. */
function decode(bytes: Uint8Array, html: boolean): string {
  if (startsWith(bytes, "PK\u0003\u0004"))
    unreadable("it is a packed file, such as a Word document; save it as PDF or text");
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  if (bytes.includes(0)) unreadable("it is no text (it holds zero bytes)");
  const named = html
    ? /charset\s*=\s*["']?([\w-]{2,20})/i.exec(String.fromCharCode(...bytes.subarray(0, 2048)))?.[1]
    : undefined;
  try {
    return new TextDecoder(named ?? "utf-8", { fatal: true }).decode(bytes);
  } catch {
    return unreadable("it is not valid UTF-8; save it as UTF-8");
  }
}

function unreadable(why: string): never {
  throw ParleyError.of("text-unreadable", { why });
}
