import type { Case } from "../case/index.ts";
import { isAmount } from "../case/index.ts";

/**
 * A case's argument map in Argdown syntax: questions and claims as statements, support and attack as relations.
 *
 * A claim supports a question's first hypothesis where its likelihood is greatest there at central values, else it
 * attacks it. Strengths, credences, sources and statuses stand in the statements' data.
 */
export function toArgdown(content: Case): string {
  const lines: string[] = ["===", `title: ${JSON.stringify(content.title)}`, "author: Parley", "===", ""];
  for (const [id, question] of Object.entries(content.questions)) {
    lines.push(`[${title(id)}]: ${safe(question.text)}`);
    for (const [claim, { bears }] of Object.entries(content.claims)) {
      const weight = bears?.[id];
      if (weight === undefined) continue;
      const leaning = leaningOf(weight, question.hypotheses?.map((hypothesis) => hypothesis.id) ?? ["yes", "no"]);
      if (leaning !== 0) lines.push(`  ${leaning > 0 ? "+" : "-"} [${title(claim)}]`);
    }
    lines.push("");
  }
  for (const [id, claim] of Object.entries(content.claims)) {
    const data: Record<string, string | number> = { status: claim.status ?? "accepted" };
    if (claim.kind !== undefined) data["kind"] = claim.kind;
    if (claim.source !== undefined) {
      data["source"] = claim.source
        .map(({ source, locator }) => (locator === undefined ? source : `${source} ${locator}`))
        .join("; ");
    }
    if (claim.credence !== undefined && claim.credence !== "argued") data["credence"] = claim.credence.text;
    lines.push(`[${title(id)}]: ${safe(claim.text)} ${JSON.stringify(data)}`);
    for (const [other, { supports, attacks }] of Object.entries(content.claims)) {
      if (supports?.includes(id)) lines.push(`  + [${title(other)}]`);
      if (attacks?.includes(id)) lines.push(`  - [${title(other)}]`);
    }
    lines.push("");
  }
  return lines.join("\n");
}

type Weight = NonNullable<Case["claims"][string]["bears"]>[string];

/** 1 where a claim favours the first hypothesis, -1 where another, 0 where none. */
function leaningOf(weight: Weight, hypotheses: readonly string[]): number {
  if (isAmount(weight)) return Math.sign(weight.central - 1);
  const [first = 0, ...others] = hypotheses.map((name) => weight[name]?.central ?? 0);
  return Math.sign(first - Math.max(...others));
}

function title(id: string): string {
  return id;
}

/** Marks that mean something in Argdown, and ones that look alike and do not. */
const ALIKE: Readonly<Record<string, string>> = {
  "[": "(",
  "]": ")",
  "{": "(",
  "}": ")",
  "<": "‹",
  ">": "›",
  "#": "＃",
  "@": "＠",
  "*": "∗",
  _: "‗",
  "\\": "∖",
  "`": "'",
};

/** Text that Argdown reads as nothing but text, in one line. */
function safe(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[[\]{}<>#@*_\\`]/g, (mark) => ALIKE[mark] ?? mark)
    .replaceAll("//", "/ /")
    .replaceAll("/*", "/ ∗")
    .replaceAll("--", "–")
    .trim();
}
