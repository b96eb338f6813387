import { writeFileSync } from "node:fs";
import type { Command } from "commander";
import { reasonOf } from "../../case/folder.ts";
import { nearest, ParleyError } from "../../core/problems/index.ts";
import {
  type Analysis,
  type AnalysisOptions,
  analyse,
  discountedTo,
  makeArena,
  namesOf,
  type OpenPackage,
  runSession,
  STRATEGIES,
  type Strategy,
  utilitiesAt,
} from "../../terms/index.ts";
import { helpWithExamples } from "../help.ts";
import type { Output } from "../output.ts";
import { renderTerms, renderVerdict } from "../render/terms.ts";
import { termsContract } from "../terms/contract.ts";
import { pictureOf } from "../terms/picture.ts";
import { openTerms, packageFrom, type TermsSubject } from "../terms/target.ts";
import { seedOf, type ViewOptions, withSeed, withViewOptions } from "../view-options.ts";

interface TermsOptions extends ViewOptions {
  readonly party?: string;
  readonly proposal?: string;
  readonly propose?: readonly string[];
  readonly lock?: string;
  readonly at?: string;
  readonly utilitarian?: boolean;
  readonly csv?: string;
  readonly svg?: string;
  readonly session?: string;
  readonly rounds?: string;
}

/** `parley terms TARGET`: which packages could every party accept. */
export function addTerms(program: Command, outputOf: (command: Command) => Output): void {
  const command = withSeed(
    withViewOptions(
      program
        .command("terms")
        .argument("<target>", "a case, or a folder or file of GENIUS, GeniusWeb or NegMAS")
        .description("which packages could every party accept, who would not accept a proposal and on what")
        .option("--party <name>", "what weighs with one party, and what it makes of every proposal")
        .option("--proposal <name>", "one proposal of the case in full")
        .option("--propose <package>", "judge a package: issue=option, several parted by commas", collect, [])
        .option("--lock <package>", "hold some issues to options: issue=option or issue=one|other")
        .option("--at <time>", "utilities at a time, as a share of the time to the deadline (default: undiscounted)")
        .option("--utilitarian", "also the package with the greatest sum of utilities")
        .option("--csv <file>", "write the frontier as CSV")
        .option("--svg <file>", "draw utilities: a plane for two parties, an axis each for more")
        .option("--session <strategies>", `let strategies negotiate: ${Object.keys(STRATEGIES).join(", ")}`)
        .option("--rounds <n>", "rounds of a session (default: 100)"),
    ),
  ).action((target: string, options: TermsOptions) => terms(target, options, outputOf(command)));
  helpWithExamples(command, [
    "parley terms ukraine-2024",
    "parley terms ukraine-2024 --proposal freeze-on-line",
    'parley terms ukraine-2024 --lock "territory=line-de-facto"',
    "parley terms England-Zimbabwe/ --session boulware,conceder",
  ]);
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

async function terms(target: string, options: TermsOptions, output: Output): Promise<void> {
  const seed = seedOf(options);
  const view = {
    reading: options.reading,
    sets: options.set ?? [],
    asOf: options.asOf,
    strictAsOf: options.strictAsOf === true,
  };
  const opened = openTerms(target, view, seed);
  const subject = options.at === undefined ? opened : at(opened, options.at);
  if (options.session !== undefined) return session(subject, options, seed, output);
  const proposals: Record<string, OpenPackage> = { ...subject.proposals };
  for (const text of options.propose ?? []) proposals[text] = packageFrom("--propose", text);
  const asked = options.proposal ?? options.propose?.[0];
  if (asked !== undefined && proposals[asked] === undefined) {
    const known = Object.keys(proposals);
    throw ParleyError.of("unknown-reference", {
      kind: "proposal",
      value: asked,
      near: nearest(asked, known),
      known: known.length === 0 ? "the target has none; --propose judges a package" : undefined,
    });
  }
  expectParty(subject, options.party);
  const isForeign = subject.content === undefined;
  const analysis = await analysed(subject, {
    proposals,
    seed,
    concepts: [
      "nash",
      "kalaiSmorodinsky",
      "egalitarian",
      ...(options.utilitarian === true || isForeign ? (["utilitarian"] as const) : []),
    ],
    ...(options.lock === undefined ? {} : { lock: packageFrom("--lock", options.lock) }),
  });
  if (options.csv !== undefined) write(options.csv, csvOf(subject, analysis), output);
  if (options.svg !== undefined) await drawTo(options.svg, subject, analysis, output);
  output.printJson(termsContract(subject, analysis));
  if (options.proposal !== undefined || (options.propose ?? []).length > 0) {
    const ids = options.proposal === undefined ? (options.propose ?? []) : [options.proposal];
    output.print(ids.map((id) => renderVerdict(subject, analysis, id, output.terminal)).join("\n\n"));
    return;
  }
  const shown = options.party === undefined ? subject : only(subject, options.party);
  output.print(renderTerms(shown, analysis, output.terminal));
}

function expectParty({ domain }: TermsSubject, party: string | undefined): void {
  const known = domain.parties.map(({ name }) => name);
  if (party === undefined || known.includes(party)) return;
  throw ParleyError.of("unknown-reference", {
    kind: "party",
    value: party,
    near: nearest(party, known),
    known: undefined,
  });
}

/** The subject as one party sees it: its own notes of what it gets without agreement. */
function only(subject: TermsSubject, party: string): TermsSubject {
  return { ...subject, reservations: subject.reservations.filter((basis) => basis.party === party) };
}

/** Analyses; where a domain is too entangled to be taken apart, with a solver of mixed-integer programs. */
async function analysed(subject: TermsSubject, options: AnalysisOptions): Promise<Analysis> {
  try {
    return analyse(subject.domain, options);
  } catch (error) {
    const wanted = error instanceof ParleyError && error.problems.some(({ code }) => code === "needs-solver");
    if (!wanted) throw error;
    const { loadSolver } = await import("../../solvers/highs.ts");
    return analyse(subject.domain, { ...options, solve: await loadSolver() });
  }
}

function at(subject: TermsSubject, text: string): TermsSubject {
  const time = Number(text);
  if (text.trim() === "" || !(time >= 0 && time <= 1)) {
    throw ParleyError.of("invalid-option", { option: "--at", value: text, expected: "a share of the time, 0 to 1" });
  }
  return { ...subject, domain: discountedTo(subject.domain, { deadline: time }) };
}

function csvOf({ domain }: TermsSubject, { frontier, space }: Analysis): string {
  const { points } = frontier;
  const head = [...domain.parties.map(({ name }) => name), ...domain.issues.map(({ name }) => name)];
  const rows = Array.from({ length: points.size }, (_, p) => {
    const outcome = namesOf(space.compiled, points.outcomes.subarray(p * points.issues, (p + 1) * points.issues));
    return [...utilitiesAt(points, p).map(String), ...domain.issues.map(({ name }) => outcome[name] ?? "")];
  });
  return `${[head, ...rows].map((row) => row.map(cell).join(",")).join("\n")}\n`;
}

/** A cell that no spreadsheet takes for a formula. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

async function drawTo(file: string, subject: TermsSubject, analysis: Analysis, output: Output): Promise<void> {
  const [{ standaloneSvg }, { parallelChart, planeChart }] = await Promise.all([
    import("../../report/charts/plot.ts"),
    import("../../report/charts/terms.ts"),
  ]);
  const picture = pictureOf(subject, analysis);
  const chart = picture.parties.length === 2 ? planeChart(picture, picture.marked.length > 3) : parallelChart(picture);
  write(file, standaloneSvg(chart, 860, `${subject.title}: what packages are worth to the parties`), output);
}

function write(file: string, text: string, output: Output): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw ParleyError.of("write-failed", { path: file, reason: reasonOf(error) });
  }
  output.note(`wrote ${file}`);
}

function session(subject: TermsSubject, options: TermsOptions, seed: number, output: Output): void {
  const named = (options.session ?? "").split(",").map((each) => each.trim());
  const strategies = named.map((name): Strategy => {
    const strategy = STRATEGIES[name as keyof typeof STRATEGIES];
    if (strategy !== undefined) return strategy;
    const known = Object.keys(STRATEGIES);
    throw ParleyError.of("unknown-reference", {
      kind: "strategy",
      value: name,
      near: nearest(name, known),
      known: known.join(", "),
    });
  });
  const rounds = Number(options.rounds ?? "100");
  if (!Number.isSafeInteger(rounds) || rounds < 1 || rounds > 1_000_000) {
    const expected = "a whole number, 1 to 1000000";
    throw ParleyError.of("invalid-option", { option: "--rounds", value: options.rounds ?? "", expected });
  }
  const arena = makeArena(subject.domain);
  const seats = arena.seats.length;
  if (strategies.length !== 1 && strategies.length !== seats) {
    throw ParleyError.of("usage", {
      detail: `${strategies.length} strategies for ${seats} parties that bargain`,
      hint: "give one for all, or one for each in the order of the parties",
    });
  }
  const played = Array.from({ length: seats }, (_, i) => strategies[i % strategies.length] as Strategy);
  const result = runSession(arena, played, { rounds, seed });
  const names = arena.seats.map((party) => subject.names.party(subject.domain.parties[party]?.name ?? ""));
  output.printJson({
    parties: names,
    strategies: Array.from({ length: seats }, (_, i) => named[i % named.length]),
    rounds,
    seed,
    endedBy: result.endedBy,
    round: result.round,
    utilities: result.utilities,
    outcome: result.outcome ?? null,
    trace: result.trace,
  });
  const { style } = output.terminal;
  const lines = result.trace.map(
    ({ round, seat, utilities }) =>
      `${String(round).padStart(4)}  ${names[seat] ?? ""} offers ${utilities.map((value) => value.toFixed(3)).join(", ")}`,
  );
  const shown = lines.length > 24 ? [...lines.slice(0, 12), "      ...", ...lines.slice(-11)] : lines;
  const worth = names.map((name, i) => `${name} ${(result.utilities[i] ?? 0).toFixed(4)}`).join(", ");
  const end =
    result.endedBy === "agreement"
      ? `Agreement in round ${result.round}: ${worth}.`
      : `No agreement (${result.endedBy} in round ${result.round}): ${worth}.`;
  output.print([...shown, "", style.bold(end)].join("\n"));
  if (result.outcome !== undefined) {
    const terms = Object.entries(result.outcome).map(
      ([issue, option]) => `${subject.names.issue(issue)}: ${subject.names.option(issue, option)}`,
    );
    output.print(`  ${terms.join("; ")}`);
  }
}
