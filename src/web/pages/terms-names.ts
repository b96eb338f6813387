import type { Assessment, TermsExhibit } from "../../assess/index.ts";

export type Exhibit = NonNullable<TermsExhibit>;
export type Proposal = Exhibit["proposals"][number];

export const two = (value: number): string => value.toFixed(2);
export const signed = (value: number): string => {
  const size = two(Math.abs(value));
  return `${size === "0.00" ? "±" : value < 0 ? "−" : "+"}${size}`;
};
/** Whole numbers in digits, thousands parted. */
export const digits = (size: string): string => size.replaceAll(/\B(?=(\d{3})+(?!\d))/g, "\u202f");

/** The names of what the negotiation analysis speaks of by identifiers. */
export interface Names {
  issue(id: string): string;
  option(issue: string, option: string): string;
  party(id: string): string;
  norm(id: string): string;
  /** Norms that an option stands against. */
  norms(issue: string, option: string): readonly string[];
  /** Options of a package by name. */
  package(outcome: Readonly<Record<string, string>>): string;
}

export function namesOf({ negotiation }: Assessment, terms: Exhibit): Names {
  const optionOf = (issue: string, option: string) =>
    negotiation.issues.find(({ id }) => id === issue)?.options.find(({ id }) => id === option);
  const option = (issue: string, id: string) => optionOf(issue, id)?.name ?? id;
  return {
    issue: (id) => terms.issues.find((issue) => issue.id === id)?.name ?? id,
    option,
    party: (id) => terms.parties.find(({ party }) => party === id)?.name ?? id,
    norm: (id) => negotiation.norms.find((norm) => norm.id === id)?.name ?? id,
    norms: (issue, id) => optionOf(issue, id)?.norms ?? [],
    package: (outcome) =>
      Object.entries(outcome)
        .map(([issue, chosen]) => option(issue, chosen))
        .join(", "),
  };
}

/** Places of parties by name, those who must accept first. */
export function alphabetical({ parties }: Exhibit): readonly number[] {
  const late = (i: number): number => (parties[i]?.accepts === "none" ? 1 : 0);
  const name = (i: number): string => parties[i]?.name ?? "";
  return [...parties.keys()].sort((a, b) => late(a) - late(b) || name(a).localeCompare(name(b), "en"));
}

/** What a party's position on an issue rests on. */
export const stanceNode = ({ negotiation }: Assessment, party: string, issue: string): string | undefined =>
  negotiation.positions.find((each) => each.party === party)?.stances.find((each) => each.issue === issue)?.node;
