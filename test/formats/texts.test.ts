import { describe, expect, it } from "vitest";
import { joinLines } from "../../src/formats/texts/lines.ts";
import { readSource } from "../../src/formats/texts/text.ts";
import type { Block } from "../../src/reader/index.ts";
import { pdfOf, scannedPdf } from "../support/pdf.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const short = (blocks: readonly Block[]): string[] => blocks.map(({ kind, text }) => `${kind}: ${text}`);
const blocksOf = async (text: string, name: string): Promise<string[]> =>
  short((await readSource(bytes(text), name)).blocks);

describe("plain text", () => {
  it("takes each line of a text of long lines for a paragraph", async () => {
    const long = "A line that goes on and on, as a program writes it that leaves breaking to the screen. "
      .repeat(2)
      .trim();
    expect(await blocksOf(`By Jane Example\n${long}\n${long}`, "a.txt")).toEqual([
      "paragraph: By Jane Example",
      `paragraph: ${long}`,
      `paragraph: ${long}`,
    ]);
  });

  it("joins lines broken by hand, with the words that were cut, and keeps items apart", async () => {
    const text =
      "A title\n\nThe first para-\ngraph goes on over\nthree lines of text.\n\n- one item\n- another item\n  that goes on\n\nA cease-\nfire is near.\r\n\r\nThe end.";
    expect(await blocksOf(text, "a.txt")).toEqual([
      "heading: A title",
      "paragraph: The first paragraph goes on over three lines of text.",
      "item: one item",
      "item: another item that goes on",
      "paragraph: A cease-fire is near.",
      "paragraph: The end.",
    ]);
  });

  it.each([
    ["UTF-8 with its mark", new Uint8Array([0xef, 0xbb, 0xbf, ...bytes("Words stand here, é.")])],
    ["UTF-16, little end first", new Uint8Array([0xff, 0xfe, ...Buffer.from("Words stand here, é.", "utf16le")])],
    ["UTF-16, big end first", new Uint8Array([0xfe, 0xff, ...Buffer.from("Words stand here, é.", "utf16le").swap16()])],
  ])("is read from %s", async (_, content) => {
    expect(short((await readSource(content, "a.txt")).blocks)).toEqual(["paragraph: Words stand here, é."]);
  });

  it("keeps a hyphen that the word has elsewhere", () => {
    expect(joinLines(["the kitchen-", "sink"], (word) => word === "kitchen-sink")).toBe("the kitchen-sink");
    expect(joinLines(["the kitch-", "en"])).toBe("the kitchen");
    expect(joinLines(["the Russia-", "Ukraine war"])).toBe("the Russia-Ukraine war");
  });
});

describe("Markdown", () => {
  it("gives headings, items, quotations, the words of links, and no tables, code or pictures", async () => {
    const text =
      "# Title\n\nA [link](https://x.example) and *stress* &amp; `code`.\n\n1. one\n2. two\n   - three\n\n> said so\n\n| a | b |\n|---|---|\n| c | d |\n\n```\ncode\n```\n\n![picture](x.png)\n";
    expect(await blocksOf(text, "a.md")).toEqual([
      "heading: Title",
      "paragraph: A link and stress & code.",
      "item: one",
      "item: two",
      "item: three",
      "quote: said so",
    ]);
  });

  it("takes title, author and date from the front matter", async () => {
    const source = await readSource(
      bytes("---\ntitle: T\nauthor: [A. One, B. Two]\ndate: 2024-05-06\n---\nSome words."),
      "a.md",
    );
    expect(source).toMatchObject({ title: "T", by: "A. One, B. Two", published: { text: "2024-05-06" } });
    expect(short(source.blocks)).toEqual(["paragraph: Some words."]);
  });

  it("keeps a front matter that is none in the text", async () => {
    expect(await blocksOf("---\n: [\n---\nSome words.", "a.md")).toContain("paragraph: Some words.");
  });
});

describe("HTML", () => {
  it("is read though its tags are wrong, and parts paragraphs at double breaks", async () => {
    const text =
      "<p>First <b>words<p>Second words &amp; more<ul><li>an item<li>another</ul><div>third<br><br>fourth</div></i>";
    expect(await blocksOf(text, "a.html")).toEqual([
      "paragraph: First words",
      "paragraph: Second words & more",
      "item: an item",
      "item: another",
      "paragraph: third",
      "paragraph: fourth",
    ]);
  });

  it("is told from its content where the name says nothing", async () => {
    expect(await blocksOf("<!DOCTYPE html><title>T</title><p>Words here.", "")).toEqual(["paragraph: Words here."]);
  });

  it("is read in the coding that it names", async () => {
    const page = Buffer.from('<meta charset="windows-1252"><p>Caf\u00e9 talks</p>', "latin1");
    expect(short((await readSource(page, "a.html")).blocks)).toEqual(["paragraph: Café talks"]);
  });

  it("keeps the text of pages that are laid out in tables", async () => {
    expect(
      await blocksOf("<table><tr><td>Long words of the article stand in this cell.</td></tr></table>", "a.html"),
    ).toEqual(["paragraph: Long words of the article stand in this cell."]);
  });

  it("runs no script and keeps none of its words", async () => {
    expect(
      (await blocksOf("<p>Words</p><script>globalThis.ran = 1; 'Russia attacked'</script>", "a.html")).join(),
    ).not.toContain("attacked");
    expect(globalThis).not.toHaveProperty("ran");
  });
});

describe("PDF", () => {
  it("gives paragraphs without running heads, with its headings and its cut words whole", async () => {
    const places =
      "Adana Bergen Calgary Dresden Exeter Fukuoka Gdansk Harare Izmir Jaffa Kassel Lublin Madras Nantes Odense Padua".split(
        " ",
      );
    const long = places
      .map((place) => `In ${place} the delegations negotiated throughout the afternoon about withdrawal.`)
      .join(" ");
    const source = await readSource(
      await pdfOf(`# A heading\n\n${long}\n\n${long}\n\nThe end came.`, { header: "Journal 7" }),
      "a.pdf",
    );
    expect(short(source.blocks)).toEqual([
      `heading: A heading`,
      `paragraph: ${long}`,
      `paragraph: ${long}`,
      "paragraph: The end came.",
    ]);
    expect(source.title).toBe("A heading");
  });
});

describe("what cannot be read", () => {
  const why = async (content: Uint8Array, name: string): Promise<string> =>
    readSource(content, name).then(
      () => "read",
      (error: Error) => error.message,
    );

  it.each([
    ["an empty file", bytes(""), "a.txt", "missing text: there are no words in it"],
    ["marks alone", bytes("--- 12 ..."), "a.txt", "missing text: there are no words in it"],
    ["zero bytes", new Uint8Array([65, 0, 66]), "a.txt", "invalid text: it is no text (it holds zero bytes)"],
    [
      "bytes that are no UTF-8",
      new Uint8Array([65, 0xff, 66]),
      "a.txt",
      "invalid text: it is not valid UTF-8; save it as UTF-8",
    ],
    ["a text called PDF", bytes("Some words"), "a.pdf", "invalid text: it is no PDF"],
    ["an empty PDF", bytes(""), "a.pdf", "invalid text: the file is empty"],
    [
      "a Word document",
      bytes("PK\u0003\u0004rest"),
      "a.docx",
      "invalid text: it is a packed file, such as a Word document; save it as PDF or text",
    ],
    [
      "a page without words",
      bytes("<html><body><img></body></html>"),
      "a.html",
      "missing text: there are no words in it",
    ],
    ["21 MB", new Uint8Array(21_000_000).fill(65), "a.txt", "invalid text: 21.0 MB is too large"],
  ])("%s", async (_, content, name, message) => expect(await why(content, name)).toBe(message));

  it("a PDF that is damaged, locked or scanned", async () => {
    expect(await why(bytes("%PDF-1.7 and nothing else"), "a.pdf")).toMatch(/^invalid text: the PDF is damaged/);
    expect(await why(await pdfOf("Some words.", { password: "secret" }), "a.pdf")).toBe(
      "invalid text: the PDF is locked with a password",
    );
    expect(await why(await scannedPdf(), "a.pdf")).toBe(
      "invalid text: the PDF has pictures of pages and no text (a scan?)",
    );
  });

  it.each([
    ["elements", "<div>".repeat(60_000), "a.html"],
    ["quotations", ">".repeat(30_000), "a.md"],
    ["lists", "- ".repeat(10_000), "a.md"],
  ])("%s nested without end are read or refused, and do not crash", async (_, text, name) => {
    expect(await why(bytes(`${text} words`), name)).toMatch(/^(read|invalid text|missing text)/);
  });
});
