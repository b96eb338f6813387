import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addedLines, type EntryDraft, emptyRecord, readRecord } from "../../src/assess/index.ts";

const NOW = "2024-12-02T09:30:00.000Z";
const CASE = "a".repeat(64);
const question = {
  id: "talks",
  text: "Will they talk?",
  hypotheses: ["yes", "no"],
  ordered: false,
  stays: "no",
  opened: "2024-11-28",
  closes: "2025-12-31",
};

const forecast = (by: string, yes: number, on = "2024-12-02"): EntryDraft => ({
  kind: "forecast",
  on,
  by,
  question,
  says: { yes, no: 1 - yes },
  case: CASE,
  seed: null,
  reading: null,
  because: null,
});
const resolution: EntryDraft = {
  kind: "resolution",
  on: "2024-12-02",
  by: "me",
  question,
  outcome: "yes",
  source: "a newspaper",
  because: null,
  case: CASE,
};

/** A record of some lines, each set added by a call of its own. */
function recordOf(...sets: readonly (readonly EntryDraft[])[]): string {
  return sets.reduce((text, drafts) => text + addedLines(readRecord(text, "r").record, drafts, NOW), "");
}
const codes = (text: string) => readRecord(text, "r.jsonl").problems.map(({ code, line }) => `${line} ${code}`);
const detail = (text: string) => readRecord(text, "r.jsonl").problems[0]?.message ?? "";

/** Sorted keys, as a second hand would write it. */
function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${sorted(each)}`).join(",")}}`;
}

describe("a record", () => {
  it("cannot have been written backwards", () => {
    const first = addedLines(emptyRecord("r"), [forecast("ada", 0.3)], NOW);
    const { record } = readRecord(first, "r");
    const back = first + addedLines(record, [forecast("ada", 0.9, "2024-12-01")], "2024-12-01T09:30:00.000Z");
    expect(codes(back)).toEqual(["2 record-line"]);
    expect(detail(back)).toContain("before a line that it follows");
  });

  it("gives back what was written, each line following the one above", () => {
    const text = recordOf([forecast("ada", 0.3), forecast("bob", 0.6)], [resolution]);
    const { record, problems } = readRecord(text, "r.jsonl");
    expect(problems).toEqual([]);
    expect(record.entries.map(({ by, kind, place }) => [by, kind, place.line])).toEqual([
      ["ada", "forecast", 1],
      ["bob", "forecast", 2],
      ["me", "resolution", 3],
    ]);
    expect(record.entries.map(({ follows }) => follows)).toEqual([
      [],
      [record.entries[0]?.hash],
      [record.entries[1]?.hash],
    ]);
    expect(record.tails).toEqual([record.entries[2]?.hash]);
  });

  it("has hashes that anybody can compute: SHA-256 of the line with sorted keys and without its hash", () => {
    for (const line of recordOf([forecast("ada", 0.3), resolution])
      .trim()
      .split("\n")) {
      const { hash, ...rest } = JSON.parse(line) as Record<string, unknown>;
      expect(hash).toBe(createHash("sha256").update(sorted(rest)).digest("hex"));
    }
  });

  it("begins empty, and takes blank lines, a byte order mark and the line ends of another system", () => {
    expect(readRecord("", "r")).toEqual({ record: emptyRecord("r"), problems: [] });
    const text = recordOf([forecast("ada", 0.3), forecast("bob", 0.6)]);
    expect(codes(`\ufeff${text.replaceAll("\n", "\r\n")}\r\n\r\n`)).toEqual([]);
  });

  it("notices any line that was changed, wherever it was", () => {
    const text = recordOf([forecast("ada", 0.3), forecast("bob", 0.6)], [resolution]);
    fc.assert(
      fc.property(fc.nat({ max: 2 }), fc.constantFrom("by", "on", "written", "case", "parley"), (row, key) => {
        const lines = text.trim().split("\n");
        const entry = JSON.parse(lines[row] ?? "") as Record<string, string>;
        const other: Record<string, string> = {
          by: "eve",
          on: "2024-12-01",
          written: "2024-12-03T00:00:00Z",
          case: "b".repeat(64),
          parley: "9.9.9",
        };
        lines[row] = JSON.stringify({ ...entry, [key]: other[key] });
        expect(codes(lines.join("\n"))[0]).toBe(`${row + 1} record-line`);
        expect(detail(lines.join("\n"))).toMatch(/changed after it was written/);
      }),
    );
  });

  it("notices a line that was taken out or moved, but for the last ones", () => {
    const [a = "", b = "", c = ""] = recordOf([forecast("ada", 0.3), forecast("bob", 0.6), resolution]).split("\n");
    expect(codes([b, c].join("\n"))).toEqual(["1 record-changed"]);
    expect(codes([a, c].join("\n"))).toEqual(["2 record-changed"]);
    expect(codes([b, a, c].join("\n"))).toContain("1 record-changed");
    expect(codes([a, b, b, c].join("\n"))).toEqual(["3 record-line"]);
    // Nothing follows the last line: only a copy, or git, shows that it is gone.
    expect(codes([a, b].join("\n"))).toEqual([]);
  });

  it("joins two histories after a merge with the next line", () => {
    const base = recordOf([forecast("ada", 0.3)]);
    const add = (draft: EntryDraft) => addedLines(readRecord(base, "r").record, [draft], NOW);
    const merged = base + add(forecast("bob", 0.6)) + add(forecast("cyd", 0.5));
    expect(readRecord(merged, "r").problems).toMatchObject([{ code: "record-forked", severity: "note" }]);
    const joined = merged + addedLines(readRecord(merged, "r").record, [resolution], NOW);
    expect(readRecord(joined, "r").problems).toEqual([]);
    expect(readRecord(joined, "r").record.entries.at(-1)?.follows).toHaveLength(2);
  });

  it.each([
    ["{", /the line ends in the middle/],
    ['{"format": nonsense}', /no JSON/],
    ["[1, 2]", /expected a JSON object/],
    ["null", /expected a JSON object/],
    ['{"format":"parley-record-1"}', /missing kind/],
    ['{"format":"parley-record-1","kind":"guess"}', /invalid kind: guess \(expected forecast or resolution\)/],
    ['{"format":"parley-record-2","kind":"forecast"}', /unknown format: parley-record-2/],
    ["{}", /unknown format: none/],
  ])("says of %s on which line it stands, and what is wrong", (line, message) => {
    const { problems } = readRecord(`${recordOf([forecast("ada", 0.3)])}${line}\n`, "r.jsonl");
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ file: "r.jsonl", line: 2, column: 1 });
    expect(problems[0]?.message).toMatch(message);
  });

  it("says what is wrong with the shape of a line", () => {
    const line = recordOf([forecast("ada", 0.3)]).trim();
    const changed = (change: object) => JSON.stringify({ ...(JSON.parse(line) as object), ...change });
    expect(detail(changed({ on: "yesterday" }))).toMatch(/invalid on: yesterday \(expected a day in ISO 8601/);
    expect(detail(changed({ says: { yes: 1.4, no: -0.4 } }))).toMatch(/invalid says.yes: 1.4 \(expected 0..1\)/);
    expect(detail(changed({ extra: 1 }))).toMatch(/unknown key extra/);
    expect(detail(changed({ by: undefined }))).toMatch(/missing by/);
    expect(detail(changed({ by: "a\u001b[31mb" }))).toMatch(/without control characters/);
    expect(detail(changed({ seed: 1.5 }))).toMatch(/invalid seed/);
  });

  it("tells of any text whether it is a record, and takes none that was cut or scrambled for one", () => {
    const text = recordOf([forecast("ada", 0.3), forecast("bob", 0.6)], [resolution]);
    const isOf = (entries: number, part: string) => {
      const { record, problems } = readRecord(part, "r");
      return problems.length === 0 && record.entries.length === entries;
    };
    const ends = [...text.matchAll(/\n/g)].map(({ index }) => index);
    fc.assert(
      fc.property(fc.nat({ max: text.length - 1 }), (length) => {
        // A cut leaves a record only between lines, with or without the newline.
        const lines = ends.findIndex((end) => length === end || length === end + 1);
        expect(isOf(length === 0 ? 0 : lines + 1, text.slice(0, length))).toBe(length === 0 || lines >= 0);
      }),
    );
    fc.assert(
      fc.property(fc.nat({ max: text.length - 1 }), fc.string({ minLength: 1, maxLength: 3 }), (at, other) => {
        const changed = text.slice(0, at) + other + text.slice(at + other.length);
        const same = changed
          .split("\n")
          .filter((each) => each.trim() !== "")
          .map((each) => each.trim())
          .join("\n");
        if (same !== text.trim()) expect(readRecord(changed, "r").problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it("refuses to write what it would not read", () => {
    const added = (draft: EntryDraft) => () => addedLines(emptyRecord("r"), [draft], NOW);
    expect(added({ ...forecast("ada", 0.3), says: { yes: 0.3, no: 0.8 } } as EntryDraft)).toThrow(/add up to 1.1/);
    expect(added({ ...forecast("ada", 0.3), says: { yes: 1 } } as EntryDraft)).toThrow(/gives none to .*no/);
    expect(added(forecast("ada", 0.3, "2024-12-03"))).toThrow(/lies after the day on which it was written/);
    expect(added({ ...resolution, outcome: "maybe" } as EntryDraft)).toThrow(/unknown hypothesis: maybe/);
    expect(added({ ...resolution, outcome: null } as EntryDraft)).toThrow(/without a reason/);
    expect(added({ ...resolution, on: "2024-11-27" } as EntryDraft)).toThrow(/before its opening/);
  });

  it("reads ten thousand lines at once", () => {
    const drafts = Array.from({ length: 10_000 }, (_, i) => forecast(`p${i}`, 0.5));
    expect(readRecord(recordOf(drafts), "r").record.entries).toHaveLength(10_000);
  });
});
