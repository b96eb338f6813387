/** Cases that are larger than any that ships: for what must stay usable whatever its size. */

const HEAD = (title: string) => `parley: 1
title: ${title}
asOf: 2024-11-28
`;

/** A case of many claims on one question, each with a source of its own, in groups of fifty. */
export function manyClaims(count: number): string {
  const lines = [HEAD(`A case of ${count} claims`), "sources:"];
  for (let i = 0; i < count; i += 1) {
    lines.push(`  s${i}: {title: Report ${i}, by: Analyst ${i % 97}, published: 2024-0${1 + (i % 9)}, reliability: B}`);
  }
  lines.push("groups:");
  for (let g = 0; g * 50 < count; g += 1) lines.push(`  g${g}: {name: Group ${g}, correlation: 0.3, because: made up}`);
  lines.push("questions:", "  talks:", "    text: Talks by the end of 2025", "    hypotheses: [yes, no]");
  lines.push("    event: talks", "    by: 2025-12-31", "    prior: 0.5", "    because: nothing known", "claims:");
  for (let i = 0; i < count; i += 1) {
    const ratio = (0.9 + 0.2 * (((i * 37) % 100) / 100)).toFixed(3);
    lines.push(
      `  c${i}: {text: Statement number ${i} of an analyst on the course of the war, source: "s${i}#1", group: g${Math.floor(i / 50)}, credence: 0.7, bears: {talks: ${ratio}}, encoded: {by: test, because: made up}}`,
    );
  }
  return `${lines.join("\n")}\n`;
}

/** A graph model of two decision makers with six options each: 4 096 states. */
export function manyStates(options = 6): string {
  const lines = [HEAD("A case of many states"), "parties:", "  a: {name: Aland}", "  b: {name: Bland}", "graph:"];
  lines.push("  text: Two parties with many options.", "  by: test", "  options:");
  for (const dm of ["a", "b"]) {
    lines.push(`    ${dm}:`);
    for (let i = 0; i < options; i += 1) lines.push(`      o${i}: {name: Option ${i} of ${dm}}`);
  }
  const all = (yes: "yes" | "no") =>
    ["a", "b"].flatMap((dm) => Array.from({ length: options }, (_, i) => `${dm}.o${i}: ${yes}`)).join(", ");
  lines.push("  statusQuo: nothing", "  situations:");
  lines.push(`    nothing: {name: Nothing is done, state: {${all("no")}}}`);
  lines.push(`    everything: {name: Everything is done, state: {${all("yes")}}}`, "  preferences:");
  for (const [dm, other] of [
    ["a", "b"],
    ["b", "a"],
  ] as const) {
    lines.push(`    ${dm}:`);
    for (let i = 0; i < options; i += 1) {
      lines.push(
        `      - {says: ${other}.o${i}, because: made up}`,
        `      - {says: not ${dm}.o${i}, because: made up}`,
      );
    }
  }
  return `${lines.join("\n")}\n`;
}

const WEIGHTS = [0.3, 0.25, 0.2, 0.1, 0.1, 0.05];

/** Parties who must all accept, over six issues of four options. */
export function manyParties(parties = 10, issues = WEIGHTS.length): string {
  const lines = [HEAD(`A case of ${parties} parties`), "parties:"];
  for (let p = 0; p < parties; p += 1) lines.push(`  p${p}: {name: Party ${String.fromCharCode(65 + p)}}`);
  lines.push("issues:");
  for (let i = 0; i < issues; i += 1) {
    lines.push(
      `  i${i}:`,
      `    name: Issue ${i}`,
      "    options: {a: {name: All}, b: {name: Most}, c: {name: Some}, d: {name: None}}",
    );
  }
  lines.push("positions:");
  for (let p = 0; p < parties; p += 1) {
    lines.push(`  p${p}:`, "    because: made up", "    reservation: 0.3", "    issues:");
    for (let i = 0; i < issues; i += 1) {
      const values = [0, 1, 2, 3].map((o) => (((p + i) % 2 === 0 ? 3 - o : o) / 3).toFixed(2));
      const [a, b, c, d] = values;
      const weight = WEIGHTS[(p + i) % issues] ?? 0;
      lines.push(`      i${i}: {weight: ${weight}, values: {a: ${a}, b: ${b}, c: ${c}, d: ${d}}}`);
    }
  }
  return `${lines.join("\n")}\n`;
}
