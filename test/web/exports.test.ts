import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { About } from "../../src/web/export/about.ts";
import { citationOf } from "../../src/web/export/citation.ts";
import { caseNameOf, commandOf } from "../../src/web/export/command.ts";
import { csvOf } from "../../src/web/export/csv.ts";
import { jsonOf } from "../../src/web/export/json.ts";
import { GALLERY, parseAddress } from "../../src/web/state/address.ts";

const ABOUT: About = {
  title: 'Talks: 55 %, "even" & {odd}',
  caseTitle: "A case, of two_sides",
  asOf: "2024-11-28",
  reading: "as coded",
  seed: 7,
  version: "0.1.0",
  hash: "ab".repeat(32),
  context: "100 draws.",
  because: "#/x?because=figure%3Aa",
  command: "parley assess x --seed 7",
  room: false,
};

describe("a figure as CSV", () => {
  const columns = [{ name: "Reading" }, { name: "median", unit: "probability" }, { name: "note" }];

  it("has what it is of in its first records, then a head with units, then raw numbers", () => {
    const csv = csvOf(
      {
        columns,
        rows: [
          ["as coded", 0.5512345, null],
          ["-", -2, "a\nb"],
        ],
      },
      ABOUT,
    );
    const records = parse(csv, { relax_column_count: false }) as string[][];
    const head = records.findIndex(([first]) => first === "Reading");
    expect(records[head]).toEqual(["Reading", "median (probability)", "note"]);
    expect(records.slice(head + 1)).toEqual([
      ["as coded", "0.5512345", ""],
      ["'-", "-2", "a\nb"],
    ]);
    const facts = Object.fromEntries(records.slice(0, head).map(([name, value]) => [name, value]));
    expect(facts).toMatchObject({
      "# figure": ABOUT.title,
      "# as of": "2024-11-28",
      "# seed": "7",
      "# case hash (SHA-256)": ABOUT.hash,
      "# command": ABOUT.command,
      "# status": "conditional model output, not a prediction",
    });
    expect(csv.split("\r\n").length).toBeGreaterThan(10);
  });

  it("gives back any text and number, and no text that a spreadsheet would run", () => {
    const cell = fc.oneof(
      fc.string(),
      fc.constantFrom("=1+1", "@SUM(A1)", "+1", "-1", "\t=1", " =1"),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 }), (rows) => {
        const csv = csvOf({ columns, rows }, ABOUT);
        const records = parse(csv, { record_delimiter: "\r\n" }) as string[][];
        const read = records.slice(-rows.length);
        rows.forEach((row, i) => {
          row.forEach((value, j) => {
            const text = read[i]?.[j] ?? "";
            if (typeof value === "number") expect(Number(text)).toBeCloseTo(value, 12);
            else expect([value, `'${value}`]).toContain(text);
            if (typeof value === "string") expect(text).not.toMatch(/^\s*[=+\-@]/);
          });
        });
      }),
    );
  });
});

describe("a figure as JSON", () => {
  it("holds raw numbers with units and all that must go with them", () => {
    const made = JSON.parse(jsonOf({ columns: [{ name: "p", unit: "probability" }], rows: [[0.25]] }, ABOUT));
    expect(made).toMatchObject({
      format: "parley-figure-1",
      case: { hash: ABOUT.hash, asOf: "2024-11-28" },
      seed: 7,
      command: ABOUT.command,
      columns: [{ name: "p", unit: "probability" }],
      rows: [[0.25]],
      redacted: false,
    });
  });
});

describe("the command of a figure", () => {
  it("is the view as options, quoted for a shell", () => {
    const address = parseAddress("#/x/terms?reading=its+own&asof=2024-11-28&seed=3&off=a,b&set=war.pace%3D1+to+2");
    expect(commandOf(address, "x")).toBe(
      "parley assess x --reading 'its own' --as-of 2024-11-28 --set claims.a.status=rejected --set claims.b.status=rejected --set 'war.pace=1 to 2' --seed 3",
    );
    expect(commandOf(GALLERY, "it's; rm -rf $HOME")).toBe("parley assess 'it'\\''s; rm -rf $HOME' --seed 1");
    expect(commandOf(GALLERY, "-x.yaml")).toBe("parley assess ./-x.yaml --seed 1");
    expect(commandOf({ ...GALLERY, reading: "a\nb" }, "x")).not.toContain("\n");
  });

  it("names a bundled case by its id, one's own by its file or folder", () => {
    expect(caseNameOf("cuba-1962", "case.yaml")).toBe("cuba-1962");
    expect(caseNameOf("my-mine", "mine.yaml")).toBe("mine.yaml");
    expect(caseNameOf("my-folder", "case.yaml")).toBe("folder");
  });
});

describe("the citation of a figure", () => {
  const day = new Date("2026-03-04T12:00:00Z");

  it("says what, from which case, version, view and day", () => {
    const text = citationOf(ABOUT, "text", day);
    for (const part of [
      ABOUT.title,
      ABOUT.caseTitle,
      "Parley 0.1.0",
      "as coded",
      "seed 7",
      "abababababab",
      "2026-03-04",
    ])
      expect(text).toContain(part);
  });

  it("is BibTeX whose braces pair and whose signs are escaped", () => {
    const text = citationOf(ABOUT, "bibtex", day);
    expect(text).toMatch(/^@misc\{parley-abababababab-7,\n/);
    expect(text).toContain('title = {{Talks: 55 \\%, "even" \\& odd}}');
    expect(text).toContain("two\\_sides");
    expect(text.split("{").length).toBe(text.split("}").length);
  });

  it("is CSL-JSON", () => {
    const [item] = JSON.parse(citationOf(ABOUT, "csl", day));
    expect(item).toMatchObject({ type: "figure", title: ABOUT.title, issued: { "date-parts": [[2026, 3, 4]] } });
  });
});
