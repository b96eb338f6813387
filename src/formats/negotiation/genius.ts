import { ParleyError, type Problem, problem } from "../../core/problems/index.ts";
import type { Bound, HyperRectangle, Issue, IssueValue, OptionValues, Party, Utility } from "../../terms/index.ts";
import { attempt } from "../attempt.ts";
import { alphabetical, type ReadDomain, type SourceFile, stem } from "./files.ts";
import { realIssue, realNote } from "./real-issue.ts";
import { type Element, readXml } from "./xml.ts";

/**
 * Reads a domain of GENIUS (Lin et al. 2014) from its XML files: one with the issues, a profile for each party.
 *
 * Parties stand in alphabetical order of their files. What is not an element of GENIUS, such as a pareto.xml of plain
 * numbers, is left out. Understood are linear profiles, with evaluations in shares of each issue's greatest and weights in
 * shares of their sum, and nonlinear ones of hyper-rectangles, in shares of their `maxutility`, at most 1. Real numbers become
 * equally spaced options.
 */
export function readGenius(files: readonly SourceFile[]): ReadDomain {
  const problems: Problem[] = [];
  const notes: string[] = [];
  let template: Element | undefined;
  const profiles: { readonly file: SourceFile; readonly root: Element }[] = [];
  for (const file of alphabetical(files)) {
    if (!file.text.includes("<")) {
      notes.push(`${file.name}: not XML, left out.`);
      continue;
    }
    const read = readXml(file);
    problems.push(...read.problems);
    if (read.root?.name === "negotiation_template") template = read.root;
    else if (read.root?.name === "utility_space") profiles.push({ file, root: read.root });
    else if (read.root !== undefined) notes.push(`${file.name}: <${read.root.name}> is not GENIUS's, left out.`);
  }
  if (template === undefined && problems.length === 0) {
    const facts = { key: "negotiation_template", where: "the files", expected: "the domain's file" };
    problems.push(problem("missing-key", facts, { file: files[0]?.name ?? "", line: 1, column: 1 }));
  }
  if (template === undefined || problems.length > 0) return { problems, notes };
  const domain = template;
  const issues = attempt(problems, () => readIssues(domain, notes));
  if (issues === undefined) return { problems, notes };
  const parties = profiles.flatMap(({ file, root }) => {
    const party = attempt(problems, () => readParty(root, stem(file.name), issues, notes));
    return party === undefined ? [] : [party];
  });
  if (problems.length > 0) return { problems, notes };
  return { domain: { issues: issues.map(({ issue }) => issue), parties }, problems, notes };
}

/** An issue, and the index by which profiles know it. */
interface Indexed {
  readonly index: number;
  readonly issue: Issue;
  /** Names, whole numbers, or real ones. */
  readonly kind: "discrete" | "integer" | "real";
}

function objectiveOf(root: Element): Element {
  const objective = (root.child("utility_space") ?? root).child("objective");
  if (objective === undefined) throw root.wrong("objective", "missing", "an element <objective>");
  return objective;
}

function readIssues(template: Element, notes: string[]): Indexed[] {
  const issues = objectiveOf(template)
    .children("issue")
    .map((element): Indexed => ({ index: element.number("index"), ...readIssue(element, notes) }))
    .toSorted((a, b) => a.index - b.index);
  if (issues.length === 0) throw template.wrong("issues", "none", "at least one");
  return issues;
}

function readIssue(element: Element, notes: string[]): Omit<Indexed, "index"> {
  const name = element.text("name");
  const type = element.attribute("vtype", "type", "etype") ?? "discrete";
  if (type === "discrete") {
    // GENIUS ignores a value that is repeated.
    const options = [...new Set(element.children("item").map((item) => item.text("value")))];
    if (options.length === 0) throw element.wrong("items", "none", "at least one <item>");
    return { issue: { name, options }, kind: "discrete" };
  }
  const [low, high] = boundsOf(element);
  if (type === "real") {
    if (!(high >= low)) throw element.wrong("bounds", `${low}..${high}`, "numbers, the lower first");
    const issue = realIssue(name, low, high);
    notes.push(realNote(issue));
    return { issue, kind: "real" };
  }
  if (type !== "integer") throw element.wrong("vtype", type, "discrete, integer or real");
  if (!Number.isInteger(low) || !Number.isInteger(high) || high < low || high - low > 1e6) {
    throw element.wrong("bounds", `${low}..${high}`, "whole numbers, the lower first");
  }
  const numbers = Array.from({ length: high - low + 1 }, (_, k) => low + k);
  return { issue: { name, options: numbers.map(String), ordered: true, numbers }, kind: "integer" };
}

/** Bounds as attributes, or in a child that wins. */
function boundsOf(element: Element): [number, number] {
  const source = element.child("range") ?? element;
  return [source.number("lowerbound"), source.number("upperbound")];
}

function readParty(root: Element, name: string, issues: readonly Indexed[], notes: string[]): Party {
  // The discount and the reservation value stand beside the objective, in some files inside it.
  const find = (tag: string) => root.child(tag) ?? root.child("objective")?.child(tag);
  const factor = find("discount_factor")?.number("value", 1) ?? 1;
  const reservation = find("reservation")?.number("value", 0) ?? 0;
  if (find("reservation") === undefined) notes.push(`${name}: no reservation value, which GENIUS takes for 0.`);
  const isNonlinear = root.attribute("type") === "nonlinear";
  const utility = isNonlinear ? readNonlinear(root, issues) : readLinear(objectiveOf(root), issues);
  const party = { name, utility, reservation };
  if (!(factor > 0 && factor < 1)) return party;
  return { ...party, discount: { factor, clock: "deadline", reservation: true } };
}

function readLinear(objective: Element, issues: readonly Indexed[]): Utility {
  const weights = new Map(
    objective.children("weight").map((weight) => [weight.number("index"), weight.number("value")]),
  );
  const elements = new Map(objective.children("issue").map((issue) => [issue.number("index"), issue]));
  const stated = issues.map(({ index, issue }) => {
    const weight = weights.get(index);
    if (weight !== undefined) return weight;
    throw objective.wrong(`weight of ${issue.name}`, "missing", `a <weight index="${index}">`);
  });
  const sum = stated.reduce((total, weight) => total + weight, 0);
  const values = issues.map((indexed, k): [string, IssueValue] => {
    const element = elements.get(indexed.index);
    if (element === undefined) throw objective.wrong(`issue ${indexed.issue.name}`, "missing", "its evaluations");
    const weight = sum > 0 ? (stated[k] ?? 0) / sum : 0;
    return [
      indexed.issue.name,
      {
        weight,
        values: indexed.kind === "discrete" ? readItems(element, indexed.issue) : readEvaluator(element, indexed),
      },
    ];
  });
  return { issues: Object.fromEntries(values), cap: 1 };
}

/** Evaluations in shares of the greatest; an issue whose greatest is next to nothing is worth nothing. */
const LEAST_EVALUATION = 1e-5;

function readItems(element: Element, issue: Issue): OptionValues {
  const evaluations = new Map<string, number>();
  for (const item of element.children("item")) {
    const option = item.text("value");
    if (issue.options.includes(option) && !evaluations.has(option)) evaluations.set(option, item.number("evaluation"));
  }
  const greatest = Math.max(...evaluations.values());
  const values = issue.options.map((option): [string, number] => {
    const evaluation = evaluations.get(option);
    if (evaluation === undefined) {
      throw ParleyError.of("missing-value", { party: "the profile", issue: issue.name, option }, element.place);
    }
    return [option, greatest < LEAST_EVALUATION ? 0 : evaluation / greatest];
  });
  return { kind: "table", values: Object.fromEntries(values) };
}

/**
 * A straight line over the numbers, between 0 and 1. With `offset` and `slope`, which GENIUS writes for whole numbers, it is
 * counted from the lower bound; with `parameter0` and `parameter1`, which it writes for real ones, from 0.
 */
function readEvaluator(element: Element, { issue, kind }: Indexed): OptionValues {
  const evaluator = element.child("evaluator");
  if (evaluator === undefined) throw element.wrong("evaluator", "missing", 'an <evaluator ftype="linear">');
  const type = evaluator.attribute("ftype") ?? "linear";
  if (type !== "linear" && type !== "constant") throw evaluator.wrong("ftype", type, "linear or constant");
  const numbers = issue.numbers ?? [];
  const start = evaluator.number(["parameter0", "offset"]);
  const slope = type === "constant" ? 0 : evaluator.number(["parameter1", "slope"]);
  const isFromLow = kind === "integer" && evaluator.attribute("parameter1") === undefined;
  const intercept = isFromLow ? start - slope * (numbers[0] ?? 0) : start;
  const values = numbers.map((x) => intercept + slope * x);
  if (values.every((value) => value >= -TOL_EVALUATION && value <= 1 + TOL_EVALUATION))
    return { kind: "affine", intercept, slope };
  const cut = issue.options.map((option, k): [string, number] => [option, Math.min(1, Math.max(0, values[k] ?? 0))]);
  return { kind: "table", values: Object.fromEntries(cut) };
}

/** Evaluations that leave 0 to 1 by less do so by rounding. */
const TOL_EVALUATION = 1e-12;

function readNonlinear(root: Element, issues: readonly Indexed[]): Utility {
  const utility =
    root.child("utility", "utility_function") ?? root.child("objective")?.child("utility", "utility_function");
  if (utility === undefined) throw root.wrong("utility", "missing", "an element <utility>");
  const rectangles: HyperRectangle[] = [];
  gather(utility, 1, issues, rectangles);
  return { rectangles, divisor: utility.number("maxutility"), cap: 1 };
}

/** Functions stand within functions: their weights multiply. */
function gather(element: Element, weight: number, issues: readonly Indexed[], rectangles: HyperRectangle[]): void {
  for (const nested of element.children("ufun")) {
    const aggregation = nested.attribute("aggregation") ?? "sum";
    if (aggregation !== "sum") throw nested.wrong("aggregation", aggregation, "sum");
    gather(nested, weight * nested.number("weight", 1), issues, rectangles);
  }
  for (const rectangle of element.children("hyperRectangle")) {
    const includes = rectangle.children("INCLUDES");
    const excludes = rectangle.children("EXCLUDES");
    // With both kinds in one rectangle GENIUS heeds the second only.
    const kind = excludes.length > 0 ? "excludes" : "includes";
    const bounds = (excludes.length > 0 ? excludes : includes).map((bound): Bound => {
      const index = bound.number("index");
      const issue = issues.find((known) => known.index === index)?.issue;
      if (issue === undefined) throw bound.wrong("index", `${index}`, "the index of an issue");
      return { issue: issue.name, low: bound.number("min"), high: bound.number("max") };
    });
    rectangles.push({ utility: weight * rectangle.number("utility") * rectangle.number("weight", 1), kind, bounds });
  }
}
