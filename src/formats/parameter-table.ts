import { PARAMETERS } from "../dynamics/index.ts";

const HEAD = `# Parameters of the simulation

Every parameter of the engine of fighting and talking: its short name (as in parameter files and \`--set\` on them), its place in a
case, its unit, its default, a range that is plausible in any war, and how to elicit or estimate it. \`{a}\` and \`{b}\` stand for the
names of the two sides; \`#\` for the number of a backer, a package or a scheduled event. Time is in months; the stake, everything in
dispute, is 1, and shares, costs, premiums and packages are in shares of it. \`npm run schema\` writes this page.

Sources of the mechanisms: the value of war and the range of bargains, Fearon (1995), Powell (2006); learning from the front, Smith and
Stam (2004), Slantchev (2003); losses, Lanchester (1916); ripeness, Zartman (2000); win-sets and hard-liners, Putnam (1988); leaders,
Goemans (2000), Croco (2011); the ladder, Richardson (1960), Hawkes (1971); relapse, Fortna (2004), Werner and Yuen (2005).
`;

/** The table of parameters as a page of the documentation, in Markdown. */
export function parameterPage(): string {
  const rows = PARAMETERS.map(({ name, path, unit, default: value, low, high, meaning, elicit }) =>
    [`\`${name}\``, meaning, `\`${path}\``, unit, String(value), `${low} to ${high}`, elicit]
      .map((cell) => cell.replaceAll("|", "\\|"))
      .join(" | "),
  );
  const head = ["Name", "What it is", "In a case", "Unit", "Default", "Plausible", "How to elicit it"];
  return `${HEAD}\n| ${head.join(" | ")} |\n| ${head.map(() => "---").join(" | ")} |\n${rows.map((row) => `| ${row} |`).join("\n")}\n`;
}
