import { nearest, ParleyError, type Problem, problem } from "../core/problems/index.ts";
import type { Domain, Issue, IssueValue, NestedValues, OpenPackage, Party, Uncertain } from "./types.ts";

/** The error of a value that a function of this engine cannot use. */
export function invalid(name: string, value: number | string, expected: string): ParleyError {
  return ParleyError.of("invalid-parameter", { name, value, expected });
}

/** Throws unless a value is a whole number of at least `least`. */
export function expectCount(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw invalid(name, value, `a whole number of at least ${least}`);
}

/** The place of a name in a list; throws where it is not there. */
export function placeOf(kind: string, name: string, names: readonly string[]): number {
  const place = names.indexOf(name);
  if (place >= 0) return place;
  throw ParleyError.of("unknown-reference", { kind, value: name, near: nearest(name, names), known: listed(names) });
}

/**
 * What is wrong with a package or a pattern of options: unknown issues and options.
 *
 * @example
 * const issues = [{ name: "line", options: ["here", "there"] }];
 * checkPackage({ issues, parties: [] }, { line: "ther" })[0].hint; // "did you mean there?"
 */
export function checkPackage(domain: Domain, options: OpenPackage): Problem[] {
  const findings = new Findings(domain);
  findings.pattern(options);
  return findings.problems;
}

/**
 * What is wrong with a domain, all of it in one pass: names twice or unknown, tables that leave out an option, numbers
 * that are none, weights that are all 0, fewer than two parties, nobody who must accept.
 *
 * Red lines that leave nothing are no problem but an answer: see `analyse`.
 */
export function checkDomain(domain: Domain): Problem[] {
  const findings = new Findings(domain);
  const { problems } = findings;
  if (domain.issues.length === 0) problems.push(problem("invalid-parameter", { ...MISSING_ISSUES }));
  findings.names(
    "issue",
    domain.issues.map(({ name }) => name),
  );
  for (const issue of domain.issues) findings.issue(issue);
  if (domain.parties.length < 2) problems.push(problem("too-few-parties", { count: domain.parties.length }));
  else if (!domain.parties.some(({ accepts = "required" }) => accepts === "required")) {
    problems.push(problem("nobody-accepts", undefined));
  }
  findings.names(
    "party",
    domain.parties.map(({ name }) => name),
  );
  for (const party of domain.parties) findings.party(party);
  for (const exclusion of domain.exclusions ?? []) {
    findings.pattern(exclusion);
    if (Object.keys(exclusion).length === 0) findings.invalid("exclusion", "{}", "options of at least one issue");
  }
  return problems;
}

const MISSING_ISSUES = { name: "number of issues", value: 0, expected: "at least one" };

function listed(names: readonly string[]): string | undefined {
  return names.length <= 12 ? `known: ${names.join(", ")}` : undefined;
}

class Findings {
  readonly problems: Problem[] = [];
  readonly #issues: ReadonlyMap<string, Issue>;

  constructor(domain: Domain) {
    this.#issues = new Map(domain.issues.map((issue) => [issue.name, issue]));
  }

  invalid(name: string, value: number | string, expected: string): void {
    this.problems.push(problem("invalid-parameter", { name, value, expected }));
  }

  names(kind: string, names: readonly string[]): void {
    const seen = new Set<string>();
    for (const name of names) {
      if (name === "" || seen.has(name)) this.invalid(`name of ${kind}`, name, "a name of its own for each");
      seen.add(name);
    }
  }

  issue({ name, options, numbers }: Issue): void {
    if (options.length === 0) this.invalid(`options of ${name}`, 0, "at least one");
    this.names(`option of ${name}`, options);
    if (numbers === undefined) return;
    if (numbers.length !== options.length || !numbers.every(Number.isFinite)) {
      this.invalid(`numbers of ${name}`, numbers.join(", "), "a finite number for each option");
    }
  }

  pattern(options: OpenPackage): void {
    for (const [name, wanted] of Object.entries(options)) {
      const issue = this.#issue(name);
      if (issue === undefined) continue;
      for (const option of typeof wanted === "string" ? [wanted] : wanted) this.#option(issue, option);
      if (wanted.length === 0) this.invalid(`options of ${name}`, "[]", "at least one");
    }
  }

  party(party: Party): void {
    const { name, utility, reservation, redLines = {}, discount } = party;
    for (const [issue, value] of Object.entries(utility.issues ?? {})) this.#issueValue(name, issue, value);
    const weights = Object.values(utility.issues ?? {}).map(({ weight }) => weight);
    const others = (utility.tables?.length ?? 0) + (utility.rectangles?.length ?? 0);
    if (weights.length > 0 && others === 0 && weights.every((weight) => weight === 0)) {
      this.problems.push(problem("weights-zero", { party: name }));
    }
    for (const { over, values, weight = 1 } of utility.tables ?? []) {
      this.#number(`weight of a table of ${name}`, weight);
      this.names(`issue in a table of ${name}`, over);
      if (over.length === 0) this.invalid(`table of ${name}`, "over no issue", "at least one issue");
      this.#nested(name, over, values);
    }
    for (const { utility: reward, bounds } of utility.rectangles ?? []) {
      this.#number(`rectangle of ${name}`, reward);
      for (const { issue, low, high } of bounds) {
        this.#issue(issue);
        if (Number.isNaN(low) || Number.isNaN(high))
          this.invalid(`bound on ${issue}`, `${low}..${high}`, "two numbers");
      }
    }
    this.#number(`bias of ${name}`, utility.bias ?? 0);
    const { divisor = 1, cap = 1 } = utility;
    if (!(divisor > 0 && divisor < Number.POSITIVE_INFINITY)) this.invalid(`divisor of ${name}`, divisor, "above 0");
    if (Number.isNaN(cap)) this.invalid(`cap of ${name}`, cap, "a number");
    if (typeof reservation === "object" && "package" in reservation) {
      this.pattern(reservation.package);
      for (const issue of this.#issues.keys()) {
        if (reservation.package[issue] !== undefined) continue;
        this.invalid(`reservation package of ${name}`, `without ${issue}`, "an option of every issue");
      }
    } else if (reservation !== Number.NEGATIVE_INFINITY) this.#number(`reservation of ${name}`, reservation ?? 0);
    this.pattern(redLines);
    if (discount !== undefined && !(discount.factor > 0 && discount.factor <= 1)) {
      this.invalid(`discount factor of ${name}`, discount.factor, "above 0, at most 1");
    }
  }

  #issueValue(party: string, name: string, { weight, values }: IssueValue): void {
    const issue = this.#issue(name);
    this.#number(`weight of ${name} of ${party}`, weight);
    if (values.kind === "affine") {
      this.#number(`slope of ${name} of ${party}`, values.slope);
      this.#number(`intercept of ${name} of ${party}`, values.intercept ?? 0);
    } else if (values.kind === "piecewise") {
      const points = values.points;
      const rise = points.every(([x], k) => k === 0 || x > points[k - 1]![0]);
      if (points.length === 0 || !rise || !points.flat().every(Number.isFinite)) {
        this.invalid(`points of ${name} of ${party}`, JSON.stringify(points), "finite points that rise in the first");
      }
    } else if (issue !== undefined) {
      for (const [option, value] of Object.entries(values.values)) {
        this.#option(issue, option);
        this.#number(`value of ${option} of ${party}`, value);
      }
      for (const option of issue.options) {
        if (Object.hasOwn(values.values, option)) continue;
        this.problems.push(problem("missing-value", { party, issue: name, option }));
      }
    }
  }

  #nested(party: string, over: readonly string[], values: NestedValues, level = 0): void {
    const issue = this.#issue(over[level] ?? "");
    for (const [option, below] of Object.entries(values)) {
      if (issue !== undefined) this.#option(issue, option);
      const isNumber = typeof below === "number" || "quantile" in below;
      if (isNumber !== (level === over.length - 1)) {
        this.invalid(`table of ${party} at ${option}`, isNumber ? "a number" : "a mapping", "a level for each issue");
      } else if (isNumber) this.#number(`table of ${party} at ${option}`, below as Uncertain);
      else this.#nested(party, over, below as NestedValues, level + 1);
    }
  }

  #number(name: string, value: Uncertain): void {
    const number = typeof value === "number" ? value : value.quantile(0.5);
    if (!Number.isFinite(number)) this.invalid(name, number, "a finite number");
  }

  #issue(name: string): Issue | undefined {
    const issue = this.#issues.get(name);
    if (issue !== undefined) return issue;
    const names = [...this.#issues.keys()];
    const facts = { kind: "issue", value: name, near: nearest(name, names), known: listed(names) };
    this.problems.push(problem("unknown-reference", facts));
    return undefined;
  }

  #option(issue: Issue, option: string): void {
    if (issue.options.includes(option)) return;
    const near = nearest(option, issue.options);
    const facts = { value: option, issue: issue.name, near, known: issue.options.slice(0, 12).join(", ") };
    this.problems.push(problem("unknown-option", facts));
  }
}
