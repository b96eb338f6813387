import { bindDynamics, bindGraph, checkHistory } from "../../assess/index.ts";
import { checkDossier, type Dossier, viewCase } from "../../case/index.ts";
import { nearest, oneLine, ParleyError, type Problem } from "../../core/problems/index.ts";
import { DEFAULT_RULES, type Redacted, RULES, type Rule, redact } from "../../formats/redact/index.ts";
import { wrap } from "../terminal.ts";

/** Most places that are listed for a person; JSON has all. */
const MOST_LISTED = 20;

/**
 * The rules that `--redact` names: those in its list, or the usual ones.
 *
 * @throws ParleyError unknown-reference
 */
export function rulesOf(asked: string | true): ReadonlySet<Rule> {
  if (asked === true) return new Set(DEFAULT_RULES);
  const known: readonly string[] = RULES;
  const isRule = (word: string): word is Rule => known.includes(word);
  return new Set(
    asked.split(",").map((part) => {
      const word = part.trim();
      if (isRule(word)) return word;
      const near = nearest(word, known);
      throw ParleyError.of("unknown-reference", { kind: "rule", value: word, near, known: known.join(", ") });
    }),
  );
}

/**
 * A case redacted, which must be without error before and after.
 *
 * @throws ParleyError with the errors of the case, or of what is left of it
 */
export function redactedCase(dossier: Dossier, rules: ReadonlySet<Rule>): Redacted {
  refuseErrors(dossier);
  const made = redact(dossier, rules);
  refuseErrors(made.dossier);
  return made;
}

function refuseErrors(dossier: Dossier): void {
  const problems: Problem[] = [...checkDossier(dossier)];
  const { case: content } = viewCase(dossier, {});
  if (content !== undefined) {
    problems.push(...bindDynamics(content).problems, ...bindGraph(content).problems, ...checkHistory(content));
  }
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new ParleyError(errors);
}

/** What was taken out, and what still tells somebody, for the person who packs. */
export function toldOf({ dropped, left }: Redacted, rules: ReadonlySet<Rule>, width: number): string {
  const counts = Object.entries(dropped).map(([what, count]) => `${what} (${count})`);
  const kept = [
    "names of entries and of what is negotiated, dates, grades, figures",
    ...(rules.has("parties") ? [] : ["names of parties"]),
    ...(rules.has("sources") ? ["when each source was published, of what sort it is and on whose side"] : []),
    ...(rules.has("text") ? [] : ["reasons and other texts in words"]),
  ];
  const places = left
    .slice(0, MOST_LISTED)
    .map(({ path, names }) => `  ${oneLine(path)}  names ${names.map(oneLine).join(", ")}`);
  const more = left.length - places.length;
  return [
    wrap(
      `taken out: ${[...counts, "comments and the layout of files", "README.md"].join(", ")}`,
      width,
      "  ",
    ).trimStart(),
    wrap(`left: ${kept.join("; ")}`, width, "  ").trimStart(),
    left.length === 0
      ? "no text that is left names what was taken out, as far as names can be looked for"
      : `look at ${left.length === 1 ? "this place, which still names" : `these ${left.length} places, which still name`} what was taken out:`,
    ...places,
    ...(more > 0 ? [`  and ${more} more: --json lists all`] : []),
  ].join("\n");
}
