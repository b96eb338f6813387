import { compileDomain, type Domain, type Issue, type Party } from "../../terms/index.ts";
import { fileName, type SourceFile, type WrittenDomain } from "./files.ts";
import { weightOf, worthOf } from "./geniusweb.ts";
import { describeLosses } from "./losses.ts";
import { isContiguous } from "./negmas-writer.ts";
import { escaped } from "./xml.ts";

/**
 * Writes a domain as GENIUS's XML: one file for the issues, a profile for each party.
 *
 * A party with hyper-rectangles gets a nonlinear profile, where the values of single options are rectangles with one bound;
 * the others a linear one. GENIUS divides evaluations by each issue's greatest and weights by their sum: where that changes
 * the scale, the reservation value is changed alike, and this is said.
 */
export function writeGenius(domain: Domain): WrittenDomain {
  const name = domain.name ?? "domain";
  const lost = describeLosses(domain, { reservation: "number", discount: true, rectangles: true, bias: false });
  const { reservation } = compileDomain(domain);
  const isNonlinear = domain.parties.some(({ utility }) => (utility.rectangles ?? []).length > 0);
  const numeric = domain.issues.map((issue) => isNonlinear && isContiguous(issue));
  if (isNonlinear && numeric.includes(false)) {
    lost.push("Names of options in a nonlinear domain: its issues become whole numbers, counted from 0.");
  }
  const files = domain.parties.map((party, i): SourceFile => {
    const r = reservation[i] ?? Number.NaN;
    const body = isNonlinear ? nonlinear(domain, party, r, lost) : linear(domain, party, r, lost);
    return { name: `${fileName(party.name)}.xml`, text: body };
  });
  const template = [
    "<negotiation_template>",
    `<utility_space number_of_issues="${domain.issues.length}">`,
    ...objective(domain, (issue, k) => (isNonlinear ? integerIssue(issue, k) : discreteIssue(issue, k, undefined))),
    "</utility_space>",
    "</negotiation_template>",
    "",
  ];
  return { files: [{ name: `${fileName(name)}.xml`, text: template.join("\n") }, ...files], lost };
}

function objective(
  { issues }: Domain,
  write: (issue: Issue, k: number) => string[],
  more: readonly string[] = [],
): string[] {
  return [
    '<objective index="0" etype="objective" type="objective" description="" name="root">',
    ...issues.flatMap(write),
    ...more,
    "</objective>",
  ];
}

function discreteIssue({ name, options }: Issue, k: number, evaluations: readonly number[] | undefined): string[] {
  const items = options.map((option, o) => {
    const evaluation = evaluations === undefined ? "" : ` evaluation="${evaluations[o]}"`;
    return `  <item index="${o + 1}" value="${escaped(option)}"${evaluation}/>`;
  });
  return [
    `<issue index="${k + 1}" name="${escaped(name)}" type="discrete" etype="discrete" vtype="discrete">`,
    ...items,
    "</issue>",
  ];
}

function integerIssue(issue: Issue, k: number): string[] {
  const [low, high] = rangeOf(issue);
  return [
    `<issue index="${k + 1}" name="${escaped(issue.name)}" type="integer" etype="integer" vtype="integer" lowerbound="${low}" upperbound="${high}"/>`,
  ];
}

function rangeOf(issue: Issue): [number, number] {
  if (!isContiguous(issue)) return [0, issue.options.length - 1];
  return [issue.numbers?.[0] ?? 0, issue.numbers?.at(-1) ?? 0];
}

function foot({ discount }: Party, reservation: number, name: string, lost: string[]): string[] {
  if (Number.isNaN(reservation)) lost.push(`${name}: that it has no reservation value; GENIUS takes that for 0.`);
  if (discount?.clock === "step")
    lost.push(`${name}: the clock of its discount, which counts steps here and shares of the deadline there.`);
  return [
    `<discount_factor value="${discount?.factor ?? 1}"/>`,
    ...(Number.isNaN(reservation) ? [] : [`<reservation value="${reservation}"/>`]),
  ];
}

function linear(domain: Domain, party: Party, reservation: number, lost: string[]): string {
  const { name } = party;
  const values = domain.issues.map((issue) => issue.options.map((option, k) => worthOf(party, issue, option, k)));
  const greatest = values.map((list) => Math.max(...list));
  const weights = domain.issues.map((issue, k) => weightOf(party, issue) * (greatest[k] ?? 0));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (weights.some((weight) => weight < 0))
    lost.push(`${name}: values below 0 throughout an issue, which GENIUS cannot weigh.`);
  if (Math.abs(sum - 1) > 1e-9)
    lost.push(`${name}: the scale; its utilities are divided by ${sum}, and its reservation value too.`);
  const scale = sum > 0 ? sum : 1;
  const body = objective(
    domain,
    (issue, k) =>
      discreteIssue(
        issue,
        k,
        (values[k] ?? []).map((value) => (greatest[k] === 0 ? 0 : value / (greatest[k] ?? 1))),
      ),
    weights.map((weight, k) => `<weight index="${k + 1}" value="${weight / scale}"/>`),
  );
  const r = Math.abs(scale - 1) > 1e-9 ? reservation / scale : reservation;
  const lines = ["<utility_space>", ...body, ...foot(party, r, name, lost), "</utility_space>", ""];
  return lines.join("\n");
}

function nonlinear(domain: Domain, party: Party, reservation: number, lost: string[]): string {
  const { rectangles = [], divisor = 1, cap, bias = 0 } = party.utility;
  const lines: string[] = [];
  const add = (utility: number, kind: string, bounds: readonly (readonly [number, number, number])[]) => {
    if (utility === 0) return;
    lines.push(`<hyperRectangle utility="${utility}">`);
    for (const [k, low, high] of bounds) lines.push(`  <${kind} index="${k + 1}" min="${low}" max="${high}"/>`);
    lines.push("</hyperRectangle>");
  };
  for (const { utility, kind, bounds } of rectangles) {
    const written = bounds.map(({ issue, low, high }): [number, number, number] => {
      const k = domain.issues.findIndex(({ name }) => name === issue);
      return [k, low, high];
    });
    add(utility, kind === "includes" ? "INCLUDES" : "EXCLUDES", written);
  }
  for (const [k, issue] of domain.issues.entries()) {
    const weight = weightOf(party, issue) * divisor;
    const [first] = rangeOf(issue);
    for (const [o, option] of issue.options.entries())
      add(weight * worthOf(party, issue, option, o), "INCLUDES", [[k, first + o, first + o]]);
  }
  if (bias !== 0) add(bias, "INCLUDES", []);
  if (cap !== 1)
    lost.push(
      `${party.name}: that its utility has ${cap === undefined ? "no cap" : `a cap of ${cap}`}; there it is 1.`,
    );
  const body = objective(domain, integerIssue, [
    `<utility maxutility="${divisor}">`,
    '<ufun type="PlainUfun" weight="1" aggregation="sum">',
    ...lines,
    "</ufun>",
    "</utility>",
  ]);
  return [
    '<utility_space type="nonlinear">',
    ...body,
    ...foot(party, reservation, party.name, lost),
    "</utility_space>",
    "",
  ].join("\n");
}
