import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { checkDossier, filesInMemory, readDossier } from "../../src/case/index.ts";
import { appendEntries } from "../../src/formats/append.ts";
import { draftsOf } from "../../src/formats/drafts.ts";
import { addToCase, namesOf } from "../../src/formats/into-case.ts";
import { readText } from "../../src/reader/index.ts";

const ENTRY = { text: "Fact: new", kind: "fact", about: ["russia", "ukraine"], status: "draft" };
const add = (text: string, section: string | undefined = "claims") =>
  appendEntries(text, section, { new: ENTRY }, "case.yaml");

/** What was taken out of the new text to give the old one: one row of characters, or an error. */
function inserted(before: string, after: string): string {
  let head = 0;
  while (head < before.length && before[head] === after[head]) head += 1;
  // Characters may be alike on both sides of the seam, so the seam is looked for from its far end back.
  for (let at = head; at >= 0; at -= 1) {
    const length = after.length - before.length;
    if (after.slice(0, at) + after.slice(at + length) === before) return after.slice(at, at + length);
  }
  throw new Error("more than an insertion");
}

describe("appendEntries", () => {
  it.each([
    [
      "at the end of its section",
      "claims:\n  a: {text: x}\n\n# next\nquestions:\n  q: {text: y}\n",
      "claims:\n  a: {text: x}\n  new:\n",
    ],
    ["below comments at its own depth", "claims:\n  a: {text: x}\n  # of a\nq: 1\n", "  # of a\n  new:\n"],
    ["above comments of the next section", "claims:\n  a: {text: x}\n# of q\nq: 1\n", "  a: {text: x}\n  new:\n"],
    ["behind a folded text", "claims:\n  a:\n    text: >-\n      x\n      y\nq: 1\n", "      y\n  new:\n"],
    ["behind a comment in the last line", "claims:\n  a: {text: x} # why", "# why\n  new:\n"],
    [
      "with four spaces where the file has four",
      "claims:\n    a:\n        text: x\n",
      "        text: x\n    new:\n        text:",
    ],
    ["below an empty section", "claims:\n  # none yet\nq: 1\n", "  # none yet\n  new:\n"],
    ["in a section of its own where it is missing", "parley: 1\n\ntitle: T", "title: T\n\nclaims:\n  new:\n"],
    ["before the mark that ends a document", "parley: 1\ntitle: T\n...\n", "title: T\nclaims:\n  new:\n"],
    ["with the line ends of the file", "claims:\r\n  a: {text: x}\r\n", "  a: {text: x}\r\n  new:\r\n    text:"],
  ])("adds %s", (_, text, expected) => {
    const after = add(text);
    expect(after).toContain(expected);
    expect(inserted(text, after)).toContain("new:");
    expect((parse(after) as { claims: object }).claims).toMatchObject({ new: ENTRY });
  });

  it("adds to a file that is the section", () => {
    expect(parse(appendEntries("a: {text: x}\n# end\n", undefined, { new: ENTRY }, "claims.yaml"))).toEqual({
      a: { text: "x" },
      new: ENTRY,
    });
  });

  it.each([
    "claims: {}\n",
    "claims: {a: {text: x}}\n",
    "claims: null\n",
    "a: &c {x: 1}\nclaims: *c\n",
    "{parley: 1, title: T}\n",
  ])("refuses %s", (text) => expect(() => add(text)).toThrow(/to which no lines can be added/));
});

/** The lines of a claim as people lay them out. */
const claim = fc.record({
  style: fc.constantFrom("flow", "block", "folded", "literal", "quoted", "comment"),
  indent: fc.constantFrom(2, 3, 4),
  after: fc.constantFrom("", "\n", "  # a remark\n", "\n\n"),
});

function claimLines(
  id: string,
  { style, indent, after }: { style: string; indent: number; after: string },
  margin: number,
): string {
  const [m, i] = [" ".repeat(margin), " ".repeat(margin + indent)];
  const body: Readonly<Record<string, string>> = {
    flow: `${m}${id}: {text: "It, holds: so", status: draft}\n`,
    block: `${m}${id}:\n${i}text: It holds\n${i}status: draft\n`,
    folded: `${m}${id}:\n${i}status: draft\n${i}text: >-\n${i}  It holds\n${i}  for long\n`,
    literal: `${m}${id}:\n${i}status: draft\n${i}text: |\n${i}  It holds\n\n${i}  # for long\n`,
    quoted: `${m}${id}:\n${i}status: draft\n${i}text: 'It''s so'   # said\n`,
    comment: `${m}# before ${id}\n${m}${id}:   # here\n${i}# inside\n${i}text: "It holds"\n${i}status: draft\n`,
  };
  return (body[style] ?? "") + (after.trim() === "" ? after : m + after.trimStart());
}

const SOURCES = "sources:\n  report:\n    title: A report   # kept\n    paragraphs: 9\n";

const layout = fc.record({
  claims: fc.array(claim, { maxLength: 4 }),
  margin: fc.constantFrom(1, 2, 4),
  order: fc.shuffledSubarray(["sources", "claims", "parties"], { minLength: 3 }),
  section: fc.constantFrom("here", "included section", "included file", "absent"),
  crlf: fc.boolean(),
  end: fc.constantFrom("", "\n", "\n# the end\n", "\n\n"),
  bom: fc.boolean(),
});

/** The files of a case in some layout. */
function filesOf(shape: typeof layout extends fc.Arbitrary<infer T> ? T : never): Record<string, string> {
  const { claims, margin, order, section, crlf, end, bom } = shape;
  const rows = (depth: number) => claims.map((each, index) => claimLines(`c-${index}`, each, depth)).join("");
  const parts: Record<string, string> = {
    sources: SOURCES,
    parties: "parties: {russia: {name: Russia}, ukraine: {name: Ukraine, aliases: [Kyiv]}} # both\n",
    claims:
      section === "here"
        ? `claims:\n${rows(margin)}`
        : section === "included file" && claims.length > 0
          ? "claims: {include: claims.yaml}\n"
          : "",
  };
  const include = section === "included section" ? "include: [more.yaml]\n" : "";
  const main = `# top\nparley: 1\ntitle: "T"\n${include}${order.map((name) => parts[name]).join("\n")}`;
  const lined = (text: string) => (bom ? "\ufeff" : "") + (crlf ? text.replaceAll("\n", "\r\n") : text);
  const files: Record<string, string> = { "case.yaml": lined(main.trimEnd() + end) };
  if (section === "included section") files["more.yaml"] = lined(`claims:\n${rows(margin)}`);
  if (section === "included file" && claims.length > 0) files["claims.yaml"] = lined(rows(0));
  return files;
}

describe("addToCase", () => {
  const text = {
    title: "A new text",
    blocks: [
      {
        kind: "paragraph" as const,
        text: 'Russia attacked Kyiv in May 2024. Ukraine rejects the plan: it "will not" # yield.',
      },
    ],
  };

  it("leaves every byte of a case where it was, and adds what was drafted", () => {
    fc.assert(
      fc.property(layout, (shape) => {
        const before = filesOf(shape);
        const files = filesInMemory(before);
        const { dossier, problems } = readDossier(files);
        if (dossier === undefined || problems.length > 0)
          throw new Error(`${problems[0]?.message}\n${JSON.stringify(before)}`);
        const { parties, sources, claims } = namesOf(dossier);
        const reading = readText(text, { parties });
        const drafts = draftsOf(reading, {
          title: "T",
          sources,
          claims,
          parties: new Set(parties.map(({ id }) => id)),
          keepText: true,
          digest: "0".repeat(16),
        });
        const changed = addToCase(files, dossier, drafts, true);
        for (const [path, after] of changed) {
          const old = before[path] ?? "";
          if (changed.size > 1 || path !== "case.yaml") inserted(old, after);
          // Every line that was there is there, in its order.
          const lines = after.split(/\r?\n/);
          let at = 0;
          for (const line of old.split(/\r?\n/)) {
            at = lines.indexOf(line, at);
            if (at < 0 && line !== "") throw new Error(`lost: ${line}`);
            at = Math.max(0, at + 1);
          }
          expect(after.includes("\r\n")).toBe(old.includes("\r\n"));
          if (old.includes("\r\n")) expect(after.replaceAll("\r\n", "")).not.toContain("\n");
        }
        const { dossier: now } = readDossier(filesInMemory({ ...before, ...Object.fromEntries(changed) }));
        if (now === undefined) throw new Error("not readable");
        expect(Object.keys(namesOf(now).claims)).toEqual([]);
        expect(namesOf(now).claims.size).toBe(claims.size + reading.candidates.length);
        expect(namesOf(now).sources.size).toBe(sources.size + 1);
        expect(checkDossier(now).filter(({ severity }) => severity === "error")).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("refuses a text from after the case's day, unless it says why it is used", () => {
    const files = filesInMemory({ "case.yaml": "parley: 1\ntitle: T\nasOf: 2024-01-01\n" });
    const { dossier } = readDossier(files);
    if (dossier === undefined) throw new Error("no case");
    const reading = readText({
      ...text,
      blocks: [{ kind: "paragraph", text: "PARIS, 5 May 2024 - France sent 30 tanks." }],
    });
    const options = { title: "T", parties: new Set<string>(), digest: "0".repeat(16) };
    expect(() => addToCase(files, dossier, draftsOf(reading, options), true)).toThrow(
      /published 2024-05-05, after the case's asOf/,
    );
    const marked = draftsOf(reading, { ...options, hindsight: "to compare" });
    expect(addToCase(files, dossier, marked, true).get("case.yaml")).toContain("hindsight: to compare");
  });
});
