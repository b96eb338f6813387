import type { Amount, Case } from "../../case/index.ts";
import { isAmount } from "../../case/index.ts";
import { ParleyError } from "../../core/problems/index.ts";
import type {
  Domain,
  Issue,
  IssueValue,
  NestedValues,
  OpenPackage,
  Package,
  Party,
  Space,
  Uncertain,
} from "../../terms/index.ts";
import { makeSpace } from "../../terms/index.ts";

/** What fighting on is worth to one side, a share of the stake. */
export interface WarWorth {
  /** Median over trajectories with parameters drawn; at central values where nothing is uncertain. */
  readonly central: number;
  /** Over trajectories with parameters drawn, by inversion; the same where nothing is uncertain. */
  quantile(p: number): number;
}

type Position = Case["positions"][string];

/** Where a party's reservation value comes from. */
export interface ReservationBasis {
  readonly party: string;
  readonly kind: "stated" | "package" | "from-war" | "none";
  /** On the scale of the party's utility; null without one. */
  readonly value: number | null;
  /** One sentence: how it came about. */
  readonly text: string;
}

/** The case as the negotiation analysis reads it: names of issues, options and parties are the case's identifiers. */
export interface TermsInputs {
  readonly domain: Domain;
  readonly proposals: Readonly<Record<string, OpenPackage>>;
  readonly reservations: readonly ReservationBasis[];
  /** What the case leaves out and Parley takes for granted, a sentence each. */
  readonly assumed: readonly string[];
}

export type TermsBinding =
  | { readonly inputs: TermsInputs; readonly doesNotApply?: undefined }
  | { readonly inputs?: undefined; readonly doesNotApply: string };

/**
 * Binds a case to the negotiation analysis: issues, positions, exclusions, interactions and proposals. A party without
 * positions is not there; an issue that a party gives no values for does not matter to it.
 *
 * @param worths what fighting on is worth to the sides of the war, for reservations `from-war`
 */
export function bindTerms(content: Case, worths: ReadonlyMap<string, WarWorth> | undefined): TermsBinding {
  const issues = Object.entries(content.issues).map(
    ([name, { options, ordered }]): Issue => ({ name, options: Object.keys(options), ordered: ordered ?? false }),
  );
  if (issues.length === 0) return { doesNotApply: "the case has no section “issues”" };
  const positions = Object.entries(content.positions).filter(([, { issues: stances }]) => stances !== undefined);
  if (positions.length === 0) return { doesNotApply: "the case has no section “positions”" };
  if (positions.length === 1) return { doesNotApply: "the section “positions” has one party, and it takes two" };
  const assumed: string[] = [];
  const exclusions = content.exclusions.map(({ because: _, source: __, ...pattern }) => pattern as OpenPackage);
  const parties = positions.map(([name, position]) => partyOf(content, name, position, issues, assumed));
  const proposals = Object.fromEntries(
    Object.entries(content.proposals).map(([id, { package: terms }]) => [id, terms as OpenPackage]),
  );
  // Reservations need the scale of utilities, which the domain without them gives.
  const bare: Domain = { name: content.title, issues, parties, exclusions };
  const space = spaceOrReason(bare);
  if (typeof space === "string") return { doesNotApply: space };
  const reservations = positions.map(([name, position], i) => {
    const scale = { least: space.least[i] ?? 0, greatest: space.greatest[i] ?? 1 };
    return reservationOf(content, name, position, scale, worths?.get(name));
  });
  const domain: Domain = {
    ...bare,
    parties: parties.map((party, i) => {
      const value = reservations[i]?.uncertain;
      return value === undefined ? party : { ...party, reservation: value };
    }),
  };
  return { inputs: { domain, proposals, reservations: reservations.map(({ basis }) => basis), assumed } };
}

/** The scales of a domain, or what is wrong with it. */
function spaceOrReason(domain: Domain): Space | string {
  try {
    return makeSpace(domain, { redLines: false });
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    return error.problems.map(({ message }) => message).join("; ");
  }
}

const uncertainOf = (amount: Amount): Uncertain =>
  amount.certain ? amount.central : { quantile: (p) => amount.distribution.quantile(p) };

function partyOf(content: Case, name: string, position: Position, issues: readonly Issue[], assumed: string[]): Party {
  const stances = Object.entries(position.issues ?? {});
  const valued = stances.filter(([, { values }]) => values !== undefined);
  const weighed = valued.some(([, { weight }]) => weight !== undefined);
  if (!weighed && valued.length > 0) {
    assumed.push(`No weights are given for ${partyName(content, name)}: its issues count alike.`);
  }
  const worth: Record<string, IssueValue> = {};
  for (const [issue, { weight, values = {} }] of valued) {
    const options = issues.find((each) => each.name === issue)?.options ?? [];
    const table: Record<string, Uncertain> = {};
    for (const option of options) {
      const value = values[option];
      if (value === undefined) {
        assumed.push(`${partyName(content, name)} gives no value to ${issue}.${option}: it counts as 0.`);
        table[option] = 0;
      } else table[option] = uncertainOf(isAmount(value) ? value : value.value);
    }
    const share = weight === undefined ? (weighed ? 0 : 1 / valued.length) : uncertainOf(weight);
    worth[issue] = { weight: share, values: { kind: "table", values: table } };
  }
  const redLines = Object.fromEntries(
    stances.flatMap(([issue, { redLines: lines }]) => (lines === undefined ? [] : [[issue, lines]])),
  );
  const tables = content.interactions
    .filter(({ party }) => party === name)
    .map(({ over, values }) => ({
      over,
      values: nestedOf(values),
      weight: over.reduce((sum, issue) => sum + centralOf(worth[issue]?.weight), 0),
    }));
  return { name, accepts: position.accepts ?? "required", utility: { issues: worth, tables }, redLines };
}

function nestedOf(values: Readonly<Record<string, unknown>>): NestedValues {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      isAmount(value as object) ? uncertainOf(value as Amount) : nestedOf(value as Readonly<Record<string, unknown>>),
    ]),
  );
}

const centralOf = (value: Uncertain | undefined): number =>
  value === undefined ? 0 : typeof value === "number" ? value : value.quantile(0.5);

const partyName = (content: Case, party: string): string => content.parties[party]?.name ?? party;

function reservationOf(
  content: Case,
  party: string,
  { reservation }: Position,
  { least, greatest }: { readonly least: number; readonly greatest: number },
  worth: WarWorth | undefined,
): { readonly uncertain?: Party["reservation"]; readonly basis: ReservationBasis } {
  const name = partyName(content, party);
  const none = (text: string) => ({ basis: { party, kind: "none", value: null, text } as const });
  if (reservation === undefined) return none(`${name} would rather have any agreement than none: no value is stated.`);
  if (typeof reservation === "object" && isAmount(reservation)) {
    const { central, text } = reservation;
    return {
      uncertain: uncertainOf(reservation),
      basis: { party, kind: "stated", value: central, text: `${name} gets ${text} without agreement, as stated.` },
    };
  }
  if (reservation === "from-war") {
    if (worth === undefined)
      return none(`${name}'s value without agreement is that of war, which is not simulated here.`);
    const at = (share: number) => least + share * (greatest - least);
    const value = at(worth.central);
    const text =
      `${name} gets ${value.toFixed(2)} without agreement: its worst package is worth ${least.toFixed(2)}, its best ` +
      `${greatest.toFixed(2)}, and fighting on ${worth.central.toFixed(2)} of the stake, which is put on that scale.`;
    return {
      uncertain: { quantile: (p) => at(worth.quantile(p)) },
      basis: { party, kind: "from-war", value, text },
    };
  }
  const terms = content.proposals[reservation.of]?.package ?? {};
  const whole = Object.keys(content.issues).every((issue) => typeof terms[issue] === "string");
  if (!whole)
    return none(`${name}'s value without agreement is that of “${reservation.of}”, which leaves issues open.`);
  return {
    uncertain: { package: terms as Package },
    basis: {
      party,
      kind: "package",
      value: null,
      text: `${name} gets without agreement what “${reservation.of}” is worth to it.`,
    },
  };
}
