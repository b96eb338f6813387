import { nearest, ParleyError, type Problem, problem } from "../../core/problems/index.ts";
import type { Domain, Issue, IssueValue, OptionValues, Package, Party } from "../../terms/index.ts";
import { attempt } from "../attempt.ts";
import { alphabetical, fileName, type ReadDomain, type SourceFile, stem, type WrittenDomain } from "./files.ts";
import { describeLosses } from "./losses.ts";
import { type FileNode, readNodes } from "./nodes.ts";

/**
 * Reads a domain of GeniusWeb from its JSON files: profiles, and the domain's own file where there is one.
 *
 * A profile repeats its domain, so that profiles alone will do. Parties stand in alphabetical order of their files. The
 * reservation value is the party's own utility of its reservation bid; without weights every issue weighs 1.
 */
export function readGeniusWeb(files: readonly SourceFile[]): ReadDomain {
  const problems: Problem[] = [];
  const notes: string[] = [];
  const profiles: { readonly file: SourceFile; readonly root: FileNode }[] = [];
  let own: FileNode | undefined;
  for (const file of alphabetical(files)) {
    const { root, problems: found } = readNodes(file);
    problems.push(...found);
    if (root === undefined) continue;
    const profile = root.find("LinearAdditiveUtilitySpace");
    if (profile !== undefined) profiles.push({ file, root: profile });
    else if (root.find("issuesValues") !== undefined) own = root;
    else notes.push(`${file.name}: neither a domain nor a LinearAdditiveUtilitySpace, left out.`);
  }
  const source = own ?? profiles[0]?.root.find("domain");
  if (source === undefined) {
    const facts = { key: "LinearAdditiveUtilitySpace", where: "the files", expected: "a profile or a domain" };
    if (problems.length === 0)
      problems.push(problem("missing-key", facts, { file: files[0]?.name ?? "", line: 1, column: 1 }));
    return { problems, notes };
  }
  const issues = attempt(problems, () => source.get("issuesValues").entries().map(readIssue));
  if (issues === undefined || problems.length > 0) return { problems, notes };
  const parties = profiles.flatMap(({ file, root }) => {
    const party = attempt(problems, () => readParty(root, stem(file.name), issues));
    return party === undefined ? [] : [party];
  });
  if (problems.length > 0) return { problems, notes };
  return { domain: { name: source.find("name")?.text(), issues, parties }, problems, notes };
}

const MOST_OPTIONS = 1e6;

function readIssue([key, node]: [FileNode, FileNode]): Issue {
  const name = key.text();
  const values = node.find("values");
  if (values !== undefined) return { name, options: values.items().map((value) => value.text()) };
  const range = node.get("range");
  const [low, high, step] = range.items().map((value) => Number(value.text()));
  if (
    low === undefined ||
    high === undefined ||
    step === undefined ||
    !(step > 0) ||
    high < low ||
    (high - low) / step > MOST_OPTIONS
  ) {
    throw range.wrong("a list [low, high, step]", "another");
  }
  // Counted from the low end, so that decimal steps do not drift.
  const decimals = Math.max(...range.items().map((value) => (value.text().split(".")[1] ?? "").length));
  const numbers = Array.from({ length: Math.floor((high - low) / step + 1e-9) + 1 }, (_, k) => low + k * step);
  return { name, options: numbers.map((x) => x.toFixed(decimals)), ordered: true, numbers };
}

function readParty(root: FileNode, file: string, issues: readonly Issue[]): Party {
  const weights = root.find("issueWeights");
  const utilities = root.get("issueUtilities");
  const values = issues.map((issue): [string, IssueValue] => [
    issue.name,
    {
      weight: weights === undefined ? 1 : weights.get(issue.name).number(),
      values: readValues(utilities.get(issue.name), issue),
    },
  ]);
  const bid = root.find("reservationBid")?.find("issuevalues");
  const reservation = bid === undefined ? undefined : { package: readBid(bid, issues) };
  return { name: root.find("name")?.text() ?? file, utility: { issues: Object.fromEntries(values) }, reservation };
}

function readValues(node: FileNode, issue: Issue): OptionValues {
  const numbers = node.find("numberutils") ?? node.find("NumberValueSetUtilities");
  if (numbers !== undefined) {
    // A straight line from one end of the range to the other.
    const at = (key: string) => Number(numbers.get(key).text());
    return {
      kind: "piecewise",
      points: [
        [at("lowValue"), at("lowUtility")],
        [at("highValue"), at("highUtility")],
      ],
    };
  }
  const table = (node.find("discreteutils") ?? node.get("DiscreteValueSetUtilities")).get("valueUtilities");
  const values: Record<string, number> = Object.create(null);
  for (const [key, value] of table.entries()) {
    const option = optionOf(key, issue);
    values[option] = Number(value.text());
  }
  for (const option of issue.options) {
    if (values[option] === undefined)
      throw ParleyError.of("missing-value", { party: "the profile", issue: issue.name, option }, table.place);
  }
  return { kind: "table", values };
}

function optionOf(node: FileNode, { name, options }: Issue): string {
  const text = node.text();
  if (options.includes(text)) return text;
  const facts = { value: text, issue: name, near: nearest(text, options), known: options.slice(0, 12).join(", ") };
  throw ParleyError.of("unknown-option", facts, node.place);
}

function readBid(bid: FileNode, issues: readonly Issue[]): Package {
  return Object.fromEntries(issues.map((issue) => [issue.name, optionOf(bid.get(issue.name), issue)]));
}

/** Writes a domain as GeniusWeb's JSON: a file for the domain and one for each party; what it cannot carry is listed. */
export function writeGeniusWeb(domain: Domain): WrittenDomain {
  const name = domain.name ?? "domain";
  const issuesValues = Object.fromEntries(domain.issues.map((issue) => [issue.name, { values: issue.options }]));
  const stated = { name, issuesValues };
  const lost = describeLosses(domain, { reservation: "package", discount: false, rectangles: false, bias: false });
  const files = domain.parties.map((party): SourceFile => {
    const issueUtilities = domain.issues.map((issue) => [
      issue.name,
      {
        discreteutils: {
          valueUtilities: Object.fromEntries(
            issue.options.map((option, k) => [option, worthOf(party, issue, option, k)]),
          ),
        },
      },
    ]);
    const weights = domain.issues.map((issue) => [issue.name, weightOf(party, issue)]);
    const { reservation } = party;
    const hasBid = typeof reservation === "object" && "package" in reservation;
    const space = {
      name: party.name,
      domain: stated,
      issueUtilities: Object.fromEntries(issueUtilities),
      issueWeights: Object.fromEntries(weights),
      ...(hasBid ? { reservationBid: { issuevalues: reservation.package } } : {}),
    };
    return {
      name: `${fileName(party.name)}.json`,
      text: `${JSON.stringify({ LinearAdditiveUtilitySpace: space }, null, 2)}\n`,
    };
  });
  return { files: [{ name: `${fileName(name)}.json`, text: `${JSON.stringify(stated, null, 2)}\n` }, ...files], lost };
}

/** The value of an option, its weight aside. */
export function worthOf({ utility }: Party, issue: Issue, option: string, place: number): number {
  const values = utility.issues?.[issue.name]?.values;
  if (values === undefined) return 0;
  if (values.kind === "table") {
    const value = values.values[option] ?? 0;
    return typeof value === "number" ? value : value.quantile(0.5);
  }
  const x = issue.numbers?.[place] ?? place;
  if (values.kind === "affine") return (values.intercept ?? 0) + values.slope * x;
  const above = values.points.findIndex(([at]) => at >= x);
  const [x1 = 0, y1 = 0] = values.points[above < 0 ? values.points.length - 1 : above] ?? [];
  if (above <= 0 || x1 === x) return y1;
  const [x0 = 0, y0 = 0] = values.points[above - 1] ?? [];
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}

/** The weight of an issue, divided by what the whole utility is divided by. */
export function weightOf({ utility }: Party, issue: Issue): number {
  const weight = utility.issues?.[issue.name]?.weight ?? 0;
  return (typeof weight === "number" ? weight : weight.quantile(0.5)) / (utility.divisor ?? 1);
}
