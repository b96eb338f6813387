import type { Address } from "../state/address.ts";

/** The command that gives the same assessment: the view of an address as options of `parley assess`. */
export function commandOf({ reading, asOf, seed, off, sets }: Address, caseName: string): string {
  const options = [
    ...(reading === undefined ? [] : ["--reading", reading]),
    ...(asOf === undefined ? [] : ["--as-of", asOf]),
    ...[...off.map((claim) => `claims.${claim}.status=rejected`), ...sets].flatMap((each) => ["--set", each]),
    "--seed",
    String(seed),
  ];
  // A name that begins with a dash would be read as an option.
  const target = caseName.startsWith("-") ? `./${caseName}` : caseName;
  return ["parley", "assess", target, ...options].map(quoted).join(" ");
}

/** A word as a POSIX shell takes it, in quotes only where it needs them; it stays in one line. */
function quoted(word: string): string {
  const line = word.replaceAll(/\p{Cc}/gu, " ");
  return /^[\w@%+=:,./-]+$/.test(line) ? line : `'${line.replaceAll("'", `'\\''`)}'`;
}

/** What a case is called at the command line: a bundled one by its id, one's own by its file or folder. */
export function caseNameOf(id: string, main: string): string {
  if (!id.startsWith("my-")) return id;
  return /^case\.ya?ml$/.test(main) ? id.slice("my-".length) : main;
}
