import { stringify } from "yaml";

/** A case to begin with, by name; each passes the check as it stands. */
export const TEMPLATES = ["blank", "talks", "war", "negotiation", "graph"] as const;
export type Template = (typeof TEMPLATES)[number];

/** The text of a new case's main file. */
export function templateText(template: Template, title: string, asOf: string | undefined): string {
  const head = `parley: 1\n${stringify({ title, ...(asOf === undefined ? {} : { asOf }) }, { lineWidth: 0 })}`;
  return `${head}${BODY[template]}`;
}

/** The part of a new case that is filled in first. */
export const FIRST_PART: Readonly<Record<Template, string>> = {
  blank: "title",
  talks: "parties",
  war: "parties",
  negotiation: "parties",
  graph: "parties",
};

const SIDES = `
# Who takes part, and in which role.
parties:
  one-side: {name: One side, roles: [{role: belligerent}]}
  other-side: {name: The other side, roles: [{role: belligerent}]}

# Who says so. Reliability A to F is that of the source, whatever it says here.
sources:
  own-judgement: {title: A judgement of my own, because: a place to begin with}
`;

const QUESTION = `
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

const WAR = `
# The war for the simulation of fighting and talking. What is left out takes a default, which is listed as an assumption.
war:
  sides: {a: one-side, b: other-side}
  text: How the stake is measured, and what its ends are.
`;

const NEGOTIATION = `
# Who takes part. A party that must sign "requires" the agreement; one whose consent comes later "ratifies" it.
parties:
  party-a: {name: Party A}
  party-b: {name: Party B}
  party-c: {name: Party C}

# Who says so.
sources:
  own-judgement: {title: A judgement of my own, because: a place to begin with}

# What is negotiated, each issue with the outcomes that it can have.
issues:
  first:
    name: The first issue
    options: {as-it-is: As it is, half: Half of what is asked, all: All that is asked}
    ordered: true
  second:
    name: The second issue
    options: {without: Without, with: With}

# What each party wants: the weight of an issue is its share in all that matters to the party; 1 is its best option, 0 its worst.
positions:
  party-a:
    source: own-judgement
    reservation: 0.3
    issues:
      first: {weight: 0.7, values: {as-it-is: 0, half: 0.6, all: 1}}
      second: {weight: 0.3, values: {without: 1, with: 0}}
  party-b:
    source: own-judgement
    reservation: 0.3
    issues:
      first: {weight: 0.4, values: {as-it-is: 1, half: 0.5, all: 0}}
      second: {weight: 0.6, values: {without: 0, with: 1}}
  party-c:
    source: own-judgement
    reservation: 0.2
    issues:
      first: {weight: 0.5, values: {as-it-is: 0.5, half: 1, all: 0}}
      second: {weight: 0.5, values: {without: 0, with: 1}}

# Packages that are on the table: an option for each issue.
proposals:
  on-the-table:
    name: On the table
    source: own-judgement
    package: {first: half, second: with}
`;

const GRAPH = `
# Who decides.
parties:
  party-a: {name: Party A}
  party-b: {name: Party B}

# Who says so.
sources:
  own-judgement: {title: A judgement of my own, because: a place to begin with}

# What each can do or leave, how it stands today, and what each prefers, the most important first.
graph:
  text: What the model is of, and what it leaves out.
  source: own-judgement
  options:
    party-a: {press: Presses its claim}
    party-b: {yield: Gives way}
  statusQuo: today
  situations:
    today: {name: Today, state: {party-a.press: no, party-b.yield: no}}
    settled: {name: Settled, state: {party-a.press: no, party-b.yield: yes}}
  preferences:
    party-a:
      - {says: party-b.yield, because: its claim comes first}
      - {says: not party-a.press, because: pressing costs it something}
    party-b:
      - {says: not party-a.press, because: it fears the pressure most}
      - {says: not party-b.yield if not party-a.press, because: without pressure it sees no reason}
`;

const BODY: Readonly<Record<Template, string>> = {
  blank: "",
  talks: `${SIDES}${QUESTION}`,
  war: `${SIDES}${WAR}${QUESTION}`,
  negotiation: NEGOTIATION,
  graph: GRAPH,
};
