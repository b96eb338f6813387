import type { Command } from "commander";
import { nearest, ParleyError } from "../../core/problems/index.ts";
import {
  type Analysis,
  type AnalysisOptions,
  analyse,
  discountedTo,
  lotterySolutions,
  namesOf,
  type OpenPackage,
  STRATEGIES,
  utilitiesAt,
} from "../../terms/index.ts";
import { helpWithExamples } from "../help.ts";
import type { Output } from "../output.ts";
import { renderFlips } from "../render/flips.ts";
import { renderLotteries, renderParty, renderTerms, renderVerdict } from "../render/terms.ts";
import { chancesOf, chancesWords } from "../terms/chances.ts";
import { termsContract } from "../terms/contract.ts";
import { flipsContract, flipsOf } from "../terms/flips.ts";
import { pictureOf } from "../terms/picture.ts";
import { roundsOf, session, tournament } from "../terms/play.ts";
import { openTerms, packageFrom, type TermsSubject } from "../terms/target.ts";
import { seedOf, type ViewOptions, withSeed, withViewOptions } from "../view-options.ts";
import { csvText, writeText } from "../write.ts";

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
  readonly tournament?: string | true;
  readonly lotteries?: boolean;
  readonly flips?: boolean;
  readonly chances?: boolean;
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
        .option("--flips", "how far one weight or value moves before a party's verdict turns")
        .option("--chances", "how likely each proposal is to be accepted, with uncertain values drawn")
        .option("--at <time>", "utilities at a time, as a share of the time to the deadline (default: undiscounted)")
        .option("--utilitarian", "also the package with the greatest sum of utilities")
        .option("--csv <file>", "write the frontier as CSV")
        .option("--svg <file>", "draw utilities: a plane for two parties, an axis each for more")
        .option("--session <strategies>", `let strategies negotiate: ${Object.keys(STRATEGIES).join(", ")}`)
        .option("--tournament [strategies]", "play every combination of strategies, and find which are stable")
        .option("--rounds <n>", "rounds of a session (default: 100)")
        .option("--lotteries", "focal lotteries too: what if packages can be drawn by lot or alternated"),
    ),
  ).action((target: string, options: TermsOptions) => terms(target, options, outputOf(command)));
  helpWithExamples(command, [
    "parley terms ukraine-2024",
    "parley terms ukraine-2024 --proposal freeze-on-line",
    "parley terms ukraine-2024 --proposal freeze-on-line --flips",
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
  if (options.session !== undefined) {
    return session(subject, options.session, roundsOf(options.rounds), seed, output);
  }
  if (options.tournament !== undefined) {
    return tournament(subject, options.tournament, roundsOf(options.rounds), seed, output);
  }
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
  if (options.csv !== undefined) writeText(options.csv, csvOf(subject, analysis), output);
  if (options.svg !== undefined) await drawTo(options.svg, subject, analysis, output);
  const lotteries = options.lotteries === true ? lotterySolutions(analysis.space, analysis.frontierAll) : undefined;
  const picked = options.proposal === undefined ? (options.propose ?? []) : [options.proposal];
  const told = picked.length > 0 ? picked : Object.keys(analysis.proposals);
  const turned = options.flips === true ? flipsOf(subject, analysis, told) : undefined;
  const chances = options.chances === true ? chancesOf(subject, analysis, told, seed) : undefined;
  output.printJson({
    ...termsContract(subject, analysis),
    ...(options.lotteries === true ? { lotteries: lotteries ?? null } : {}),
    ...(turned === undefined ? {} : { flips: flipsContract(turned) }),
    ...(chances === undefined ? {} : { chances }),
  });
  const { terminal } = output;
  if (picked.length > 0) {
    output.print(picked.map((id) => renderVerdict(subject, analysis, id, terminal)).join("\n\n"));
  } else if (options.party === undefined) output.print(renderTerms(subject, analysis, terminal));
  else output.print(renderParty(subject, analysis, options.party, terminal));
  if (options.lotteries === true && picked.length === 0) output.print(renderLotteries(subject, lotteries, terminal));
  if (turned !== undefined) output.print(renderFlips(subject, turned, terminal));
  if (chances !== undefined) output.print(`\n${chancesWords(subject, chances, terminal)}`);
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
  return csvText([head, ...rows]);
}

async function drawTo(file: string, subject: TermsSubject, analysis: Analysis, output: Output): Promise<void> {
  const [{ standaloneSvg }, { parallelChart, planeChart }] = await Promise.all([
    import("../../report/charts/plot.ts"),
    import("../../report/charts/terms.ts"),
  ]);
  const picture = pictureOf(subject, analysis);
  const chart = picture.parties.length === 2 ? planeChart(picture, picture.marked.length > 3) : parallelChart(picture);
  writeText(file, standaloneSvg(chart, 860, `${subject.title}: what packages are worth to the parties`), output);
}
