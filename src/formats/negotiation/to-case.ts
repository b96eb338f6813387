import { ParleyError, problem } from "../../core/problems/index.ts";
import type { Domain, Issue, IssueValue, Party, Uncertain } from "../../terms/index.ts";
import { caseText, type MadeCase } from "../case-text.ts";
import { namer, shownName } from "../naming.ts";

export interface DomainCaseOptions {
  /** What the domain was read from: a file or a folder. */
  readonly file: string;
  readonly title?: string | undefined;
  readonly asOf?: string | undefined;
}

/** The identifiers of an issue and its options, in the domain's order. */
interface Named {
  readonly issue: Issue;
  readonly id: string;
  readonly options: readonly string[];
}

/** What an issue is worth to a party: what each option adds to the utility. */
interface Worth {
  readonly named: Named;
  readonly adds: readonly number[];
  readonly low: number;
  readonly span: number;
}

/** Digits of a weight or value; shares of a thousand are beyond what anybody can judge. */
const DIGITS = 6;
const rounded = (value: number): number => Number(value.toFixed(DIGITS));

/**
 * A whole case with issues and positions from a domain of GENIUS, GeniusWeb or NegMAS.
 *
 * Each issue's values run from 0, its worst option, to 1, its best; its weight is its share in all that is at stake for the
 * party. That stretches the scale of its utility and moves its zero, and changes no preference of it.
 *
 * @throws ParleyError where a party's utility is none of issues one by one
 */
export function domainToCase(domain: Domain, { file, title, asOf }: DomainCaseOptions): MadeCase {
  const lost: string[] = [];
  const issueId = namer("issue");
  const named = domain.issues.map((issue): Named => {
    const optionId = namer("option");
    return { issue, id: issueId(issue.name), options: issue.options.map(optionId) };
  });
  const partyId = namer("party");
  const parties = domain.parties.map((party, i) => ({
    party,
    id: partyId(party.name),
    name: shownName(party.name, `${i + 1}`),
  }));
  const proposals: Record<string, unknown> = {};
  const positions = Object.fromEntries(
    parties.map(({ party, id }) => [id, positionOf(party, id, named, file, proposals, lost)]),
  );
  const exclusions = (domain.exclusions ?? []).map((exclusion) =>
    Object.fromEntries(
      Object.entries(exclusion).map(([issue, options]) => {
        const at = named.find((each) => each.issue.name === issue);
        const ids = [options].flat().map((option) => optionOf(at, option));
        return [at?.id ?? issue, ids.length === 1 ? ids[0] : ids];
      }),
    ),
  );
  const content = {
    parley: 1,
    title: shownName(title ?? domain.name ?? "", "A negotiation"),
    ...(asOf === undefined ? {} : { asOf }),
    sources: {
      "domain-file": { title: shownName(`${file}, a negotiation domain`, "a negotiation domain"), kind: "other" },
    },
    parties: Object.fromEntries(parties.map(({ id, name }) => [id, { name }])),
    issues: Object.fromEntries(
      named.map(({ issue, id, options }) => [
        id,
        {
          name: shownName(issue.name, id),
          ...(issue.ordered === true ? { ordered: true } : {}),
          options: Object.fromEntries(options.map((option, o) => [option, shownName(issue.options[o] ?? "", option)])),
        },
      ]),
    ),
    positions,
    ...(exclusions.length === 0 ? {} : { exclusions }),
    ...(Object.keys(proposals).length === 0 ? {} : { proposals }),
  };
  const comment = [
    `Made from ${file.replaceAll(/\s+/g, " ")}. To fill in: who says that a party wants this (source: or because:), what it will`,
    "never accept (redLines:), and the proposals that are on the table (proposals:).",
  ].join("\n");
  return { text: caseText(content, comment), lost };
}

function positionOf(
  party: Party,
  id: string,
  named: readonly Named[],
  file: string,
  proposals: Record<string, unknown>,
  lost: string[],
): object {
  const { name, utility, accepts, redLines = {}, discount, reservation } = party;
  if ((utility.tables ?? []).length > 0 || (utility.rectangles ?? []).length > 0) {
    const facts = {
      thing: `utility of ${name}`,
      value: "it values combinations of options",
      expected: "weights and values of issues one by one, to make a case of it",
    };
    throw new ParleyError([problem("invalid-value", facts, { file, line: 0, column: 0 })]);
  }
  if (discount !== undefined) lost.push(`${name}: that its utility shrinks with time; a case has no deadline for it.`);
  const worths = named.flatMap((each) => worthOf(each, utility.issues?.[each.issue.name]) ?? []);
  const whole = worths.reduce((sum, { span }) => sum + span, 0);
  if (
    utility.cap !== undefined &&
    utility.cap < Number.POSITIVE_INFINITY &&
    whole + lowest(worths, party) > utility.cap
  ) {
    lost.push(`${name}: that its utility has a greatest value of ${utility.cap}.`);
  }
  // Where nothing matters to a party there are no shares of it.
  const share = (span: number): object => (whole === 0 ? {} : { weight: rounded(span / whole) });
  return {
    ...(accepts === undefined || accepts === "required" ? {} : { accepts }),
    ...reservationOf(reservation, party, id, worths, whole, named, proposals, lost),
    source: "domain-file",
    issues: Object.fromEntries(
      worths.map(({ named: at, adds, low, span }) => [
        at.id,
        {
          ...share(span),
          values: Object.fromEntries(
            at.options.map((option, o) => [option, span === 0 ? 0 : rounded(((adds[o] ?? low) - low) / span)]),
          ),
          ...(redLines[at.issue.name] === undefined
            ? {}
            : { redLines: redLines[at.issue.name]?.map((option) => optionOf(at, option)) }),
        },
      ]),
    ),
  };
}

function worthOf(named: Named, value: IssueValue | undefined): Worth | undefined {
  if (value === undefined) return undefined;
  const weight = central(value.weight);
  const adds = named.issue.options.map((option, o) => {
    const number = named.issue.numbers?.[o] ?? o;
    const { values } = value;
    if (values.kind === "table") return weight * central(values.values[option] ?? 0);
    if (values.kind === "affine") return weight * ((values.intercept ?? 0) + values.slope * number);
    return weight * along(values.points, number);
  });
  const low = Math.min(...adds);
  return { named, adds, low, span: Math.max(...adds) - low };
}

/** The height of lines between points at x; constant beyond the ends. */
function along(points: readonly (readonly [number, number])[], x: number): number {
  const above = points.findIndex(([at]) => at >= x);
  const [right, left] = [points[above] ?? points.at(-1), points[above === -1 ? points.length - 1 : above - 1]];
  if (right === undefined) return 0;
  if (left === undefined || above === -1 || right[0] === left[0]) return right[1];
  return left[1] + ((x - left[0]) / (right[0] - left[0])) * (right[1] - left[1]);
}

const lowest = (worths: readonly Worth[], { utility }: Party): number =>
  (utility.bias ?? 0) + worths.reduce((sum, { low }) => sum + low, 0);

const central = (value: Uncertain): number => (typeof value === "number" ? value : value.quantile(0.5));

function reservationOf(
  reservation: Party["reservation"],
  party: Party,
  id: string,
  worths: readonly Worth[],
  whole: number,
  named: readonly Named[],
  proposals: Record<string, unknown>,
  lost: string[],
): object {
  if (reservation === undefined) return {};
  if (typeof reservation === "object" && "package" in reservation) {
    const key = `${id}-without-agreement`;
    const terms = Object.entries(reservation.package).map(([issue, option]) => {
      const at = named.find((each) => each.issue.name === issue);
      return [at?.id ?? issue, optionOf(at, option)];
    });
    proposals[key] = {
      name: shownName(`${party.name} without agreement`, key),
      source: "domain-file",
      package: Object.fromEntries(terms),
    };
    return { reservation: { of: key } };
  }
  const value = whole === 0 ? 0 : (central(reservation) * (party.utility.divisor ?? 1) - lowest(worths, party)) / whole;
  if (!Number.isFinite(value) || value <= 0) {
    if (value < 0 && Number.isFinite(value)) {
      lost.push(
        `${party.name}: a reservation value below its worst package; it would rather have any package than none.`,
      );
    }
    return {};
  }
  if (value > 1) lost.push(`${party.name}: a reservation value above its best package; it is held at the best.`);
  return { reservation: rounded(Math.min(1, value)) };
}

function optionOf(named: Named | undefined, option: string): string {
  return named?.options[named.issue.options.indexOf(option)] ?? option;
}
