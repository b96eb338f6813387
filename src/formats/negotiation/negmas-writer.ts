import { stringify } from "yaml";
import { compileDomain, type Domain, type Issue, type Party } from "../../terms/index.ts";
import { fileName, type SourceFile, type WrittenDomain } from "./files.ts";
import { weightOf, worthOf } from "./geniusweb.ts";
import { describeLosses } from "./losses.ts";

/**
 * Writes a domain as NegMAS's files, YAML unless JSON is asked for: one for the issues, one for each party.
 *
 * Every utility becomes an additive one with a table for each issue; issues of consecutive whole numbers stay such. What
 * NegMAS cannot carry is listed.
 */
export function writeNegmas(domain: Domain, format: "yml" | "json" = "yml"): WrittenDomain {
  const name = domain.name ?? "domain";
  const text = (value: object) => (format === "json" ? `${JSON.stringify(value, null, 2)}\n` : stringify(value));
  const lost = describeLosses(domain, { reservation: "number", discount: true, rectangles: false, bias: true });
  const { reservation } = compileDomain(domain);
  const issues = domain.issues.map((issue) =>
    isContiguous(issue)
      ? { name: issue.name, type: "ContiguousIssue", values: [issue.numbers?.[0], issue.numbers?.at(-1)] }
      : { name: issue.name, type: "CategoricalIssue", values: [...issue.options] },
  );
  const space = { name, type: "DiscreteCartesianOutcomeSpace", issues };
  const files = domain.parties.map((party, i): SourceFile => {
    if (Number.isFinite(party.utility.cap ?? Number.POSITIVE_INFINITY))
      lost.push(`${party.name}: the cap of its utility.`);
    const r = reservation[i] ?? Number.NaN;
    // JSON has no infinities: there a reservation value that is left out is none.
    const reserved = Number.isNaN(r)
      ? format === "json"
        ? {}
        : { reserved_value: Number.NEGATIVE_INFINITY }
      : { reserved_value: r };
    const additive = {
      type: "LinearAdditiveUtilityFunction",
      name: party.name,
      ...reserved,
      bias: (party.utility.bias ?? 0) / (party.utility.divisor ?? 1),
      weights: domain.issues.map((issue) => weightOf(party, issue)),
      values: domain.issues.map((issue) => ({ type: "TableFun", mapping: mappingOf(party, issue) })),
    };
    return { name: `${fileName(party.name)}.${format}`, text: text(discounted(party, additive, reserved)) };
  });
  return { files: [{ name: `${fileName(name)}.${format}`, text: text(space) }, ...files], lost };
}

function mappingOf(party: Party, issue: Issue): Record<string, number> {
  return Object.fromEntries(issue.options.map((option, k) => [option, worthOf(party, issue, option, k)]));
}

function discounted({ name, discount }: Party, ufun: object, reserved: object): object {
  if (discount === undefined) return ufun;
  return {
    type: "ExpDiscountedUFun",
    name,
    ...reserved,
    discount: discount.factor,
    dynamic_reservation: discount.reservation ?? false,
    ...(discount.clock === "deadline" ? { factor: "relative_time" } : {}),
    ufun,
  };
}

/** Whether the options are consecutive whole numbers, written as such. */
export function isContiguous({ numbers, options, ordered }: Issue): boolean {
  if (ordered !== true || numbers === undefined) return false;
  return numbers.every((x, k) => Number.isInteger(x) && x === (numbers[0] ?? 0) + k && options[k] === String(x));
}
