import { stringify } from "yaml";

/** A case to begin with, by name; each passes the check as it stands. */
export type Template = "blank" | "talks";

/** The text of a new case's main file. */
export function templateText(template: Template, title: string, asOf: string | undefined): string {
  const head = `parley: 1\n${stringify({ title, ...(asOf === undefined ? {} : { asOf }) }, { lineWidth: 0 })}`;
  return template === "blank" ? head : `${head}${TALKS}`;
}

const TALKS = `
# Who takes part, and in which role.
parties:
  one-side: {name: One side, roles: [{role: belligerent}]}
  other-side: {name: The other side, roles: [{role: belligerent}]}

# Who says so. Reliability A to F is that of the source, whatever it says here.
sources:
  own-judgement: {title: A judgement of my own, because: a place to begin with}

# What exactly is asked, and how it will be settled.
questions:
  talks:
    text: Will they hold direct talks within a year?
    event: talks
    hypotheses: [yes, no]
    prior: 0.2 to 0.4
    because: to be replaced by the rate at which wars of this kind came to talks

# Why: each claim with its source, and how many times likelier it is where talks come.
claims:
  costs:
    text: The war costs both sides more than either expected.
    source: own-judgement
    credence: 0.5 to 0.8
    bears: {talks: 1.2 to 2}
    encoded: {by: me, because: costs that both feel make a bargain worth more}
`;
