import { number } from "../../assess/index.ts";
import type { Analysis, Concept, Frontier, LotterySolution, Verdict } from "../../terms/index.ts";
import { pad, type Terminal, wrap } from "../terminal.ts";
import { normsOf, weightsOf } from "../terms/contract.ts";
import type { TermsSubject } from "../terms/target.ts";

const CONCEPTS: readonly (readonly [Concept, string])[] = [
  ["nash", "Nash"],
  ["kalaiSmorodinsky", "Kalai-Smorodinsky"],
  ["egalitarian", "Egalitarian"],
  ["utilitarian", "Utilitarian"],
];

const two = (value: number): string => (Number.isFinite(value) ? value.toFixed(2) : "-");
const big = (value: bigint): string => String(value).replaceAll(/\B(?=(\d{3})+(?!\d))/g, " ");

/** The analysis for a terminal: is there a deal, who weighs what, the focal packages, the proposals. */
export function renderTerms(subject: TermsSubject, analysis: Analysis, terminal: Terminal): string {
  const { style, width } = terminal;
  return [
    style.bold(wrap(subject.title, width)),
    ...dealLines(subject, analysis, terminal),
    ...weightLines(subject, analysis, terminal),
    ...solutionLines(subject, analysis, terminal),
    ...proposalLines(subject, analysis, terminal),
    ...subject.notes.flatMap((note) => ["", style.dim(wrap(note, width))]),
  ].join("\n");
}

function dealLines({ domain, names, reservations }: TermsSubject, analysis: Analysis, { style, width }: Terminal) {
  const { outcomes, deal, zopa, frontier, frontierAll, space } = analysis;
  const size =
    zopa === undefined
      ? ""
      : zopa.method === "counted"
        ? `${big(zopa.size)} of ${big(zopa.packages)} packages that red lines leave`
        : `about ${big(zopa.size)} packages (${zopa.method}, between ${big(zopa.low)} and ${big(zopa.high)})`;
  const lines = [
    style.dim(
      wrap(
        `${domain.parties.length} parties, ${domain.issues.length} issues, ${outcomes === undefined ? "uncounted" : big(outcomes)} feasible packages`,
        width,
      ),
    ),
    "",
    wrap(
      deal.exists
        ? `${style.good("A deal exists")}: ${size === "" ? deal.because : `nobody who must accept refuses ${size}`}.`
        : `${style.bad("No deal")}: ${deal.because.replace(/^no deal exists: /, "")}.`,
      width,
    ),
    wrap(frontierText(frontier, frontierAll), width),
  ];
  if (deal.redLines.length > 0) {
    for (const { party, issue, options } of deal.redLines) {
      const refused = options.map((option) => names.option(issue, option)).join(", ");
      lines.push(wrap(`${names.party(party)} on ${names.issue(issue)}: never ${refused}`, width, "  "));
    }
  }
  const known = new Map(reservations.map((basis) => [basis.party, basis.text]));
  lines.push("", style.bold("Without agreement"));
  for (const [i, { name, accepts = "required" }] of domain.parties.entries()) {
    const r = space.reservation[i] ?? Number.NaN;
    const role = accepts === "required" ? "" : accepts === "ratifies" ? " (ratifies)" : " (not asked)";
    const text = known.get(name) ?? (Number.isFinite(r) ? `${names.party(name)} gets ${two(r)}.` : "");
    if (text !== "") lines.push(wrap(`${text}${role}`, width, "  "));
  }
  return lines;
}

function frontierText({ points: { size }, exact, epsilon }: Frontier, { points: all }: Frontier): string {
  const about = `Pareto frontier${exact ? "" : `, approximate within ${epsilon.toPrecision(2)}`}`;
  if (size === 0) return `Where nobody may refuse, ${number(all.size)} waste nothing for those who bargain (${about}).`;
  const waste = size === 1 ? "wastes" : "waste";
  return `${number(size)} of them ${waste} nothing for those who bargain (${about}); ${number(all.size)} where nobody may refuse.`;
}

function weightLines({ domain, names }: TermsSubject, analysis: Analysis, { style, width }: Terminal): string[] {
  const weights = weightsOf(analysis);
  const cell = 7;
  const shown = domain.parties.slice(0, Math.max(1, Math.floor((width - 22) / cell)));
  const labels = Math.max(16, width - 2 - cell * shown.length);
  const lines = [
    "",
    style.bold("What weighs how much: shares of what each could win or lose"),
    style.dim(
      `  ${pad("", labels)}${shown.map(({ name }) => pad(names.party(name).slice(0, 6), cell, "right")).join("")}`,
    ),
  ];
  for (const [k, { name }] of domain.issues.entries()) {
    const row = shown.map((_, i) => pad(`${Math.round(100 * (weights[i]?.[k] ?? 0))} %`, cell, "right"));
    lines.push(`  ${pad(names.issue(name), labels)}${row.join("")}`);
  }
  if (shown.length < domain.parties.length) lines.push(style.dim("  more parties: --json"));
  return lines;
}

function solutionLines(subject: TermsSubject, analysis: Analysis, { style, width }: Terminal): string[] {
  const { domain, names } = subject;
  const lines: string[] = [];
  for (const [concept, label] of CONCEPTS) {
    const solution = analysis.solutions[concept];
    if (solution === undefined) continue;
    const worth = domain.parties.map(({ name }, i) => `${names.party(name)} ${two(solution.utilities[i] ?? 0)}`);
    const ties = solution.ties > 1 ? ` (one of ${solution.ties} that tie)` : "";
    const terms = domain.issues.map(({ name }) => names.option(name, solution.outcome[name] ?? ""));
    lines.push(
      "",
      `  ${style.accent(label)}${style.dim(`${ties}${solution.exact ? "" : ", approximate"}`)}`,
      wrap(worth.join(", "), width, "    "),
      style.dim(wrap(terms.join(" · "), width, "    ")),
    );
  }
  if (lines.length === 0) return [];
  return ["", style.bold("Focal packages"), ...lines.slice(1)];
}

const MARKS = { yes: "yes", no: "no", depends: "(yes)" } as const;

function proposalLines(subject: TermsSubject, analysis: Analysis, terminal: Terminal): string[] {
  const { domain, names } = subject;
  const { style, width } = terminal;
  const entries = Object.entries(analysis.proposals);
  if (entries.length === 0) return [];
  const cell = 8;
  const must = domain.parties.flatMap(({ name, accepts = "required" }, i) => (accepts === "none" ? [] : [{ name, i }]));
  const labels = Math.max(18, width - 2 - cell * must.length);
  const lines = [
    "",
    style.bold("Proposals: who would accept"),
    style.dim("(yes): it hangs on how what the proposal leaves open is filled in"),
    style.dim(
      `  ${pad("", labels)}${must.map(({ name }) => pad(names.party(name).slice(0, 7), cell, "right")).join("")}`,
    ),
  ];
  for (const [id, verdict] of entries) {
    const cells = must.map(({ i }) => {
      const { accepts = "depends" } = verdict.parties[i] ?? {};
      const text = pad(MARKS[accepts], cell, "right");
      return accepts === "no" ? style.bad(text) : accepts === "yes" ? style.good(text) : text;
    });
    lines.push(`  ${pad(names.proposal(id), labels)}${cells.join("")}`);
  }
  return lines;
}

/** One proposal in full: each party's figures, who would not accept and on what, and the nearest packages. */
export function renderVerdict(subject: TermsSubject, analysis: Analysis, id: string, terminal: Terminal): string {
  const { names } = subject;
  const { style, width } = terminal;
  const verdict = analysis.proposals[id];
  if (verdict === undefined) return "";
  const lines = [style.bold(wrap(names.proposal(id), width))];
  if (verdict.open.length > 0) {
    lines.push(style.dim(wrap(`leaves open: ${verdict.open.map((issue) => names.issue(issue)).join(", ")}`, width)));
  }
  if (!verdict.feasible) lines.push(style.bad(wrap("Options of it exclude each other.", width)));
  for (const each of verdict.parties) {
    const { party, utility, surplus, accepts, role, redLines, shortfall, issues } = each;
    const worth = utility.worst === utility.best ? two(utility.best) : `${two(utility.worst)} to ${two(utility.best)}`;
    const over = Number.isFinite(surplus.best)
      ? `, ${surplus.best < 0 ? "short by" : "over by"} ${two(Math.abs(surplus.best))} at best`
      : "";
    const says =
      accepts === "no" ? style.bad("would not accept") : accepts === "yes" ? style.good("would accept") : "may accept";
    lines.push(
      "",
      wrap(`${names.party(party)} ${says}: worth ${worth}${over}${role === "none" ? " (not asked)" : ""}`, width),
    );
    for (const [issue, option] of Object.entries(redLines)) {
      lines.push(style.bad(wrap(`red line on ${names.issue(issue)}: ${names.option(issue, option)}`, width, "  ")));
    }
    if (shortfall > 0) {
      const parts = Object.entries(issues)
        .toSorted(([, a], [, b]) => b - a)
        .map(([issue, part]) => `${names.issue(issue)} ${part < 0 ? "−" : ""}${two(Math.abs(part))}`);
      lines.push(wrap(`what is missing, by issue: ${parts.join(", ")}`, width, "  "));
    }
  }
  const touched = normsOf(subject, id);
  if (touched.length > 0) lines.push("", style.dim(wrap(`stands against: ${touched.join("; ")}`, width)));
  lines.push("", ...nearestLines(subject, verdict, terminal));
  return lines.join("\n");
}

function nearestLines({ names, domain }: TermsSubject, verdict: Verdict, { style, width }: Terminal): string[] {
  if (verdict.acceptable === true) {
    const how =
      verdict.open.length > 0
        ? "Some way to fill it in is one that nobody who must accept refuses."
        : "Nobody who must accept refuses it.";
    return [style.good(wrap(how, width))];
  }
  if (verdict.nearest.length === 0) return [wrap("No package near it is one that nobody refuses.", width)];
  const lines = [style.bold("The nearest packages that nobody refuses")];
  for (const { outcome, changed, utilities } of verdict.nearest) {
    const changes = changed.map((issue) => `${names.issue(issue)}: ${names.option(issue, outcome[issue] ?? "")}`);
    const worth = domain.parties.map(({ name }, i) => `${names.party(name)} ${two(utilities[i] ?? 0)}`);
    lines.push(
      wrap(`change ${changed.length}: ${changes.join("; ")}`, width, "  "),
      style.dim(wrap(worth.join(", "), width, "    ")),
    );
  }
  return lines;
}

/** Focal lotteries: packages with their chances. */
export function renderLotteries(
  { domain, names }: TermsSubject,
  lotteries: readonly LotterySolution[] | undefined,
  { style, width }: Terminal,
): string {
  if (lotteries === undefined) return "No lottery over packages is acceptable to all who must accept.";
  const label = new Map<string, string>(CONCEPTS);
  const lines = ["", style.bold("Focal lotteries, where packages can be drawn by lot or alternated")];
  for (const { concept, utilities, packages } of lotteries) {
    const worth = domain.parties.map(({ name }, i) => `${names.party(name)} ${two(utilities[i] ?? 0)}`);
    lines.push("", `  ${style.accent(label.get(concept) ?? concept)}`, wrap(worth.join(", "), width, "    "));
    for (const { chance, outcome } of packages) {
      const terms = domain.issues.map(({ name }) => names.option(name, outcome[name] ?? ""));
      lines.push(style.dim(wrap(`${Math.round(100 * chance)} %: ${terms.join(" · ")}`, width, "    ")));
    }
  }
  return lines.join("\n");
}

/** One party: what it gets without agreement, what weighs with it, its red lines, and what it makes of every proposal. */
export function renderParty(subject: TermsSubject, analysis: Analysis, party: string, terminal: Terminal): string {
  const { domain, names, reservations } = subject;
  const { style, width } = terminal;
  const i = domain.parties.findIndex(({ name }) => name === party);
  const own = domain.parties[i];
  const r = analysis.space.reservation[i] ?? Number.NaN;
  const basis = reservations.find((each) => each.party === party)?.text;
  const lines = [
    style.bold(names.party(party)),
    wrap(
      basis ??
        (Number.isFinite(r) ? `It gets ${two(r)} without agreement.` : "It would rather have any agreement than none."),
      width,
    ),
    "",
    style.bold("What weighs with it"),
  ];
  const labels = Math.max(16, Math.min(40, width - 12));
  const weights = domain.issues
    .map(({ name }, k) => ({ name, share: weightsOf(analysis)[i]?.[k] ?? 0 }))
    .toSorted((a, b) => b.share - a.share);
  for (const { name, share } of weights) {
    const never = (own?.redLines?.[name] ?? []).map((option) => names.option(name, option)).join(", ");
    lines.push(`  ${pad(names.issue(name), labels)} ${pad(`${Math.round(100 * share)} %`, 5, "right")}`);
    if (never !== "") lines.push(style.bad(wrap(`never: ${never}`, width, "    ")));
  }
  const solved = CONCEPTS.some(([concept]) => analysis.solutions[concept] !== undefined);
  if (solved) lines.push("", style.bold("What the focal packages are worth to it"));
  for (const [concept, label] of CONCEPTS) {
    const solution = analysis.solutions[concept];
    if (solution !== undefined)
      lines.push(`  ${pad(label, labels)} ${pad(two(solution.utilities[i] ?? 0), 5, "right")}`);
  }
  const entries = Object.entries(analysis.proposals);
  if (entries.length > 0) lines.push("", style.bold("What it makes of the proposals"));
  for (const [id, { parties }] of entries) {
    const verdict = parties[i];
    if (verdict === undefined) continue;
    const { accepts, utility, surplus, redLines } = verdict;
    const worth = utility.worst === utility.best ? two(utility.best) : `${two(utility.worst)} to ${two(utility.best)}`;
    const over = Number.isFinite(surplus.best)
      ? ` (${surplus.best < 0 ? "−" : "+"}${two(Math.abs(surplus.best))})`
      : "";
    const says = accepts === "no" ? style.bad("would not") : accepts === "yes" ? style.good("would") : "may";
    lines.push(`  ${pad(names.proposal(id), labels)} ${says}, worth ${worth}${over}`);
    const crossed = Object.keys(redLines).map((issue) => names.issue(issue));
    if (crossed.length > 0) lines.push(style.dim(wrap(`red line on ${crossed.join(", ")}`, width, "    ")));
  }
  return lines.join("\n");
}
