import { readFileSync } from "node:fs";
import fc from "fast-check";
import { checkDossier, filesInMemory, readDossier, viewCase } from "../../src/case/index.ts";

const sections = readFileSync("cases/colombia-2012/case.yaml", "utf8");
const deaths = readFileSync("cases/colombia-2012/data/battle-deaths.csv");

/** An edit of a text as a slip of the hand makes it. */
export type Edit =
  | { readonly kind: "delete-line"; readonly at: number }
  | { readonly kind: "repeat-line"; readonly at: number }
  | { readonly kind: "swap-lines"; readonly at: number }
  | { readonly kind: "delete-characters"; readonly at: number; readonly count: number }
  | { readonly kind: "insert"; readonly at: number; readonly text: string }
  | { readonly kind: "indent"; readonly at: number; readonly by: number };

export const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant("delete-line" as const), at: fc.nat() }),
  fc.record({ kind: fc.constant("repeat-line" as const), at: fc.nat() }),
  fc.record({ kind: fc.constant("swap-lines" as const), at: fc.nat() }),
  fc.record({ kind: fc.constant("delete-characters" as const), at: fc.nat(), count: fc.integer({ min: 1, max: 12 }) }),
  fc.record({
    kind: fc.constant("insert" as const),
    at: fc.nat(),
    text: fc.oneof(
      fc.constantFrom(
        "{",
        "}",
        "[",
        "]",
        ":",
        ": ",
        "- ",
        "#",
        "'",
        '"',
        "&a ",
        "*a",
        "!!",
        "|",
        ">",
        "%",
        "\t",
        "\u0000",
        "\u202e",
        "null",
        "~",
        "? ",
      ),
      fc.constantFrom(
        "beta(2, 5)",
        "2 to 1",
        "1e999",
        "-3",
        "100 %",
        "__proto__: 1",
        "include: ../x.yaml",
        "argued",
        "from-war",
      ),
      fc.string({ maxLength: 6 }),
    ),
  }),
  fc.record({ kind: fc.constant("indent" as const), at: fc.nat(), by: fc.integer({ min: -4, max: 4 }) }),
);

/** The bundled small case after some edits. */
export function edited(edits: readonly Edit[]): string {
  let text = sections;
  for (const each of edits) text = apply(text, each);
  return text;
}

function apply(text: string, each: Edit): string {
  if (each.kind === "delete-characters") {
    const at = each.at % Math.max(1, text.length);
    return text.slice(0, at) + text.slice(at + each.count);
  }
  if (each.kind === "insert") {
    const at = each.at % Math.max(1, text.length);
    return text.slice(0, at) + each.text + text.slice(at);
  }
  const lines = text.split("\n");
  const at = each.at % Math.max(1, lines.length);
  const line = lines[at] ?? "";
  if (each.kind === "delete-line") lines.splice(at, 1);
  else if (each.kind === "repeat-line") lines.splice(at, 0, line);
  else if (each.kind === "swap-lines") lines.splice(at, 2, lines[at + 1] ?? "", line);
  else
    lines[at] =
      each.by >= 0 ? " ".repeat(each.by) + line : line.slice(Math.min(-each.by, line.length - line.trimStart().length));
  return lines.join("\n");
}

/** What an edited case came to: its problems, and whether it can be computed. */
export function outcome(text: string) {
  const { dossier, problems } = readDossier(
    filesInMemory({ "case.yaml": text, "data/battle-deaths.csv": new Uint8Array(deaths) }),
  );
  const found = [...problems, ...(dossier === undefined ? [] : checkDossier(dossier))];
  const view = dossier === undefined ? undefined : viewCase(dossier);
  return { dossier, problems: found, case: view?.case };
}
