import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** Requirements of levels 1 and 2 in each section of ASVS 5.0.0: how many there are, but for those of level 3. */
const SECTIONS: Readonly<Record<string, string>> = {
  "1.1": "1-2",
  "1.2": "1-9",
  "1.3": "1-11",
  "1.4": "1-3",
  "1.5": "1-2",
  "2.1": "1-3",
  "2.2": "1-3",
  "2.3": "1-4",
  "2.4": "1-1",
  "3.2": "1-2",
  "3.3": "1-4",
  "3.4": "1-6",
  "3.5": "1-5",
  "3.7": "1-2",
  "4.1": "1-3",
  "4.2": "1-1",
  "4.3": "1-2",
  "4.4": "1-4",
  "5.1": "1-1",
  "5.2": "1-3",
  "5.3": "1-2",
  "5.4": "1-3",
  "6.1": "1-3",
  "6.2": "1-12",
  "6.3": "1-4",
  "6.4": "1-4",
  "6.5": "1-5",
  "6.6": "1-3",
  "6.8": "1-4",
  "7.1": "1-3",
  "7.2": "1-4",
  "7.3": "1-2",
  "7.4": "1-5",
  "7.5": "1-2",
  "7.6": "1-2",
  "8.1": "1-2",
  "8.2": "1-3",
  "8.3": "1-1",
  "8.4": "1-1",
  "9.1": "1-3",
  "9.2": "1-4",
  "10.1": "1-2",
  "10.2": "1-2",
  "10.3": "1-4",
  "10.4": "1-11",
  "10.5": "1-5",
  "10.6": "1-2",
  "10.7": "1-3",
  "11.1": "1-2",
  "11.2": "1-3",
  "11.3": "1-3",
  "11.4": "1-4",
  "11.5": "1-1",
  "11.6": "1-1",
  "12.1": "1-3",
  "12.2": "1-2",
  "12.3": "1-4",
  "13.1": "1-1",
  "13.2": "1-5",
  "13.3": "1-2",
  "13.4": "1-5",
  "14.1": "1-2",
  "14.2": "1-4",
  "14.3": "1-3",
  "15.1": "1-3",
  "15.2": "1-3",
  "15.3": "1-7",
  "16.1": "1-1",
  "16.2": "1-5",
  "16.3": "1-4",
  "16.4": "1-3",
  "16.5": "1-3",
};

const ROOT = new URL("../../", import.meta.url);
const REASON = /\b(by reading|for the keeper|not met|does not apply): \S/;

interface Row {
  readonly id: string;
  readonly asks: string;
  readonly shown: string;
}

const rows: readonly Row[] = readFileSync(new URL("docs/security-team-server.md", ROOT), "utf8")
  .split("\n")
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
  .filter(([, id = ""]) => /^\d+(\.\d+){0,2}$/.test(id))
  .map(([, id = "", , asks = "", , shown = ""]) => ({ id, asks, shown }));

/** Tests that a row names: a file in backquotes, a colon, and names until the next file or reason. */
function cited({ shown }: Row): readonly { readonly file: string; readonly name: string }[] {
  return [...shown.matchAll(/`([^`]+\.test\.ts)`: (.*?)(?=; `[^`]+\.test\.ts`: |; for the keeper: |$)/g)].flatMap(
    ([, file = "", names = ""]) => names.split(/; (?![a-z ]*goes to)/).map((name) => ({ file, name })),
  );
}

describe("the table of ASVS requirements", () => {
  it("has every requirement of levels 1 and 2 once, by itself or with its section", () => {
    const asked = Object.entries(SECTIONS).flatMap(([section, range]) => {
      const [first = 1, last = 0] = range.split("-").map(Number);
      return Array.from({ length: last - first + 1 }, (_, i) => `${section}.${first + i}`);
    });
    const ids = rows.map(({ id }) => id);
    const covering = (id: string) => ids.filter((own) => id === own || id.startsWith(`${own}.`));
    expect(asked.filter((id) => covering(id).length !== 1)).toEqual([]);
    expect(ids.filter((id) => !asked.some((each) => each === id || each.startsWith(`${id}.`)))).toEqual(["17"]);
  });

  it("says of each what shows it, or why nothing does", () => {
    expect(rows.filter((row) => row.asks === "" || (cited(row).length === 0 && !REASON.test(row.shown)))).toEqual([]);
    const whole = rows.filter(({ id }) => id.split(".").length < 3);
    expect(
      whole.filter(({ shown }) => !/^(does not apply|for the keeper): /.test(shown) && !shown.includes(".test.ts")),
    ).toEqual([]);
  });

  it("names tests that there are", () => {
    const texts = new Map<string, string>();
    const missing = rows.flatMap((row) =>
      cited(row)
        .filter(({ file, name }) => {
          const place = new URL(file, ROOT);
          if (!existsSync(place)) return true;
          const text = texts.get(file) ?? readFileSync(place, "utf8");
          texts.set(file, text);
          return ![`"${name}"`, `'${name}'`, `\`${name}\``].some((quoted) => text.includes(quoted));
        })
        .map(({ file, name }) => `${row.id}: ${file}: ${name}`),
    );
    expect(missing).toEqual([]);
    expect(rows.flatMap(cited).length).toBeGreaterThan(120);
  });
});
