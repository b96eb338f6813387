import { nearest, ParleyError, type Problem, problem } from "../../core/problems/index.ts";
import type { Discount, Issue, IssueValue, OptionValues, Party, Reservation, Utility } from "../../terms/index.ts";
import { attempt } from "../attempt.ts";
import { alphabetical, type ReadDomain, type SourceFile, stem } from "./files.ts";
import { readRectangles } from "./negmas-rectangles.ts";
import { type FileNode, readNodes } from "./nodes.ts";
import { realIssue, realNote } from "./real-issue.ts";

/**
 * Reads a domain of NegMAS (Mohammad et al. 2021) from its YAML or JSON files: one with the issues, one for each party.
 *
 * Parties stand in alphabetical order of their files. Files whose names begin with `.` or `_` are left out, as NegMAS does.
 * Understood are additive, affine and constant utilities, hyper-rectangles, and exponential discounts; real numbers become
 * equally spaced options.
 */
export function readNegmas(files: readonly SourceFile[]): ReadDomain {
  const problems: Problem[] = [];
  const notes: string[] = [];
  let space: FileNode | undefined;
  const profiles: { readonly file: SourceFile; readonly root: FileNode }[] = [];
  for (const file of alphabetical(files.filter(({ name }) => !/^[._]/.test(name.split(/[\\/]/).at(-1) ?? "")))) {
    const read = readNodes(file);
    problems.push(...read.problems);
    if (read.root === undefined) continue;
    if (isDomainFile(read.root)) space = read.root;
    else if (!isProfile(read.root)) notes.push(`${file.name}: neither a domain nor a utility, left out.`);
    else profiles.push({ file, root: read.root });
  }
  if (problems.length > 0) return { problems, notes };
  if (space === undefined) {
    const [first] = files;
    const facts = { key: "issues", where: "the files", expected: "a file whose type is an OutcomeSpace" };
    problems.push(problem("missing-key", facts, { file: first?.name ?? "", line: 1, column: 1 }));
    return { problems, notes };
  }
  const issues = attempt(problems, () =>
    (space as FileNode)
      .get("issues")
      .items()
      .map((issue) => readIssue(issue, notes)),
  );
  if (issues === undefined) return { problems, notes };
  const parties = profiles.flatMap(({ file, root }) => {
    const party = attempt(problems, () => readParty(root, stem(file.name), issues, notes));
    return party === undefined ? [] : [party];
  });
  if (problems.length > 0) return { problems, notes };
  const name = space.find("name")?.text();
  return { domain: { name, issues, parties: distinctNames(parties, profiles) }, problems, notes };
}

function isDomainFile(root: FileNode): boolean {
  if (!root.isMap) return false;
  return root.find("type")?.text().includes("OutcomeSpace") ?? root.find("issues") !== undefined;
}

/** Keys of which a party's file has one: whatever else lies in the folder is not read. */
const PROFILE_KEYS = ["type", "ufun", "values", "weights", "reserved_value", "bias"];

function isProfile(root: FileNode): boolean {
  return !root.isMap || PROFILE_KEYS.some((key) => root.find(key) !== undefined);
}

/** Two files may call their party the same: then the files' names tell them apart. */
function distinctNames(parties: Party[], profiles: readonly { readonly file: SourceFile }[]): Party[] {
  const names = parties.map(({ name }) => name);
  return parties.map((party, i) => {
    const isAlone = names.filter((name) => name === party.name).length === 1;
    return isAlone ? party : { ...party, name: stem(profiles[i]?.file.name ?? `${i + 1}`) };
  });
}

function readIssue(node: FileNode, notes: string[]): Issue {
  const name = node.get("name").text();
  const values = node.get("values");
  const type = typeOf(node);
  if (type === "CategoricalIssue" || type === "OrdinalIssue" || (type === undefined && values.isList)) {
    const options = values.items().map((value) => value.text());
    return withNumbers({ name, options, ordered: type === "OrdinalIssue" || undefined });
  }
  if (type === "ContiguousIssue" || type === "IntegerIssue" || type === "DiscreteOrdinalIssue") {
    const [low, high] = values.isList ? values.items().map((value) => value.number()) : [0, values.number() - 1];
    return integers(name, low ?? 0, high ?? -1, values);
  }
  if (type === "ContinuousIssue") {
    const [low = Number.NaN, high = Number.NaN] = values.items().map((value) => value.number());
    if (!(high >= low)) throw values.wrong("numbers, the lower first", `${low}..${high}`);
    const issue = realIssue(name, low, high);
    notes.push(realNote(issue));
    return issue;
  }
  throw node.wrong("CategoricalIssue, ContiguousIssue or ContinuousIssue", type ?? "nothing");
}

/** An issue of all whole numbers from `low` to `high`. */
export function integers(name: string, low: number, high: number, node: FileNode): Issue {
  if (!Number.isInteger(low) || !Number.isInteger(high) || high < low || high - low > 1e6) {
    throw node.wrong("whole numbers from low to high", `${low}..${high}`);
  }
  const numbers = Array.from({ length: high - low + 1 }, (_, i) => low + i);
  return { name, options: numbers.map(String), ordered: true, numbers };
}

function withNumbers(issue: Issue): Issue {
  const numbers = issue.options.map((option) => (option.trim() === "" ? Number.NaN : Number(option)));
  return numbers.every(Number.isFinite) ? { ...issue, numbers } : issue;
}

/** The type without the modules before it. */
function typeOf(node: FileNode): string | undefined {
  return node.find("type")?.text().split(".").at(-1);
}

function readParty(node: FileNode, file: string, issues: readonly Issue[], notes: string[]): Party {
  const type = typeOf(node) ?? "LinearAdditiveUtilityFunction";
  const name = node.find("name")?.text() ?? file;
  if (type.includes("Discounted")) {
    const inner = readParty(node.get("ufun"), file, issues, notes);
    const reservation = reservationOf(node) ?? inner.reservation;
    if (!type.startsWith("Exp")) {
      notes.push(`${name}: its ${type} is not held; utilities are those at the start.`);
      return { ...inner, name, reservation };
    }
    const factor = node.find("discount")?.number() ?? 1;
    const clock = node.find("factor")?.text() ?? "step";
    const discount: Discount = {
      factor,
      clock: clock.includes("relative") ? "deadline" : "step",
      reservation: node.find("dynamic_reservation")?.text() === "true",
    };
    const party = { ...inner, name, reservation };
    return factor > 0 && factor < 1 ? { ...party, discount } : party;
  }
  const utility = readUtility(node, type, issues);
  if ((utility.rectangles ?? []).length > 0)
    notes.push(`${name}: bounds of hyper-rectangles hold at their ends too; NegMAS leaves the ends out.`);
  if (node.find("reserved_outcome")?.isList) notes.push(`${name}: reserved_outcome is not read, reserved_value is.`);
  return { name, utility, reservation: reservationOf(node) };
}

function reservationOf(node: FileNode): Reservation | undefined {
  const value = node.find("reserved_value");
  if (value === undefined || value.text() === "null") return undefined;
  const number = value.number();
  return Number.isFinite(number) ? number : undefined;
}

function readUtility(node: FileNode, type: string, issues: readonly Issue[]): Utility {
  if (type === "HyperRectangleUtilityFunction") return readRectangles(node, issues);
  if (type === "ConstUtilityFunction") return { bias: (node.find("value") ?? node.get("bias")).number() };
  const bias = node.find("bias")?.number() ?? 0;
  const weights = readWeights(node, issues);
  if (type === "AffineUtilityFunction" || type === "LinearUtilityFunction") {
    const identity: OptionValues = { kind: "affine", slope: 1 };
    return {
      bias,
      issues: byIssue(issues, (issue, k) => ({ weight: weights[k] ?? 1, values: needNumbers(issue, identity, node) })),
    };
  }
  if (!type.includes("LinearAdditive") && !type.includes("LinearUtilityAggregation")) {
    throw node.wrong("an additive, affine, constant, hyper-rectangle or discounted utility", type);
  }
  const values = node.get("values");
  const nodes = values.isList ? values.items() : issues.map(({ name }) => values.get(name));
  if (nodes.length !== issues.length) throw values.wrong(`values for ${issues.length} issues`, `${nodes.length}`);
  return {
    bias,
    issues: byIssue(issues, (issue, k) => ({
      weight: weights[k] ?? 1,
      values: readValues(nodes[k] as FileNode, issue),
    })),
  };
}

function readWeights(node: FileNode, issues: readonly Issue[]): number[] {
  const weights = node.find("weights");
  if (weights === undefined) return [];
  const numbers = weights.isList
    ? weights.items().map((weight) => weight.number())
    : issues.map(({ name }) => weights.get(name).number());
  if (numbers.length !== issues.length) throw weights.wrong(`${issues.length} weights`, `${numbers.length}`);
  return numbers;
}

/** A record with an entry for each issue, by name. */
export function byIssue(
  issues: readonly Issue[],
  make: (issue: Issue, k: number) => IssueValue,
): Record<string, IssueValue> {
  return Object.fromEntries(issues.map((issue, k) => [issue.name, make(issue, k)]));
}

function needNumbers(issue: Issue, values: OptionValues, node: FileNode): OptionValues {
  if (issue.numbers === undefined) throw node.wrong(`numbers as options of ${issue.name}`, issue.options[0] ?? "none");
  return values;
}

function readValues(node: FileNode, issue: Issue): OptionValues {
  const type = typeOf(node) ?? (node.find("mapping") === undefined ? "TableFun" : "TableFun");
  const number = (key: string, otherwise: number) => node.find(key)?.number() ?? otherwise;
  if (type === "TableFun") return readTable(node.find("mapping") ?? node, issue);
  if (type === "ConstFun") return { kind: "affine", slope: 0, intercept: number("bias", number("value", 0)) };
  if (type === "IdentityFun") return needNumbers(issue, { kind: "affine", slope: 1 }, node);
  if (type === "AffineFun" || type === "LinearFun") {
    return needNumbers(issue, { kind: "affine", slope: number("slope", 1), intercept: number("bias", 0) }, node);
  }
  throw node.wrong("TableFun, AffineFun, LinearFun, IdentityFun or ConstFun", type);
}

function readTable(mapping: FileNode, issue: Issue): OptionValues {
  const values: Record<string, number> = Object.create(null);
  // The domain's file and the party's may write one name as a text and as a number or a truth value.
  const plain = new Map(issue.options.map((option) => [option.toLowerCase(), option]));
  for (const [key, value] of mapping.entries()) {
    const text = key.text();
    const option = issue.options.includes(text) ? text : plain.get(text.toLowerCase());
    if (option === undefined) {
      const facts = {
        value: text,
        issue: issue.name,
        near: nearest(text, issue.options),
        known: issue.options.join(", "),
      };
      throw ParleyError.of("unknown-option", facts, key.place);
    }
    values[option] = value.number();
  }
  for (const option of issue.options) {
    if (values[option] !== undefined) continue;
    throw ParleyError.of("missing-value", { party: "the table", issue: issue.name, option }, mapping.place);
  }
  return { kind: "table", values };
}
