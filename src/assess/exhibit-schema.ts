import { z } from "zod";

const ids = z.array(z.string());

export const verdict = z.enum(["supported", "contradicted", "inconclusive", "uncheckable"]);

const tested = z.object({
  name: z.string().nullable(),
  series: z.string(),
  is: z.string(),
  verdict,
  sentence: z.string(),
  figures: z.record(z.string(), z.number()),
  node: z.string(),
});

export const indicatorExhibit = z.object({
  id: z.string(),
  name: z.string(),
  unit: z.string(),
  definition: z.string().nullable(),
  question: z.string().nullable(),
  population: z.string().nullable(),
  claimedBy: z.string().nullable(),
  citations: z.array(z.string()),
  hindsight: z.string().nullable(),
  points: z.array(
    z.object({
      date: z.string(),
      day: z.number(),
      value: z.number(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      by: z.string().nullable().describe("Who says so, or what is to be said of this value."),
    }),
  ),
  estimates: z.boolean().describe("Estimates of one thing by several claimants: points that no line joins."),
  tests: z.array(tested.extend({ claim: z.string(), claimName: z.string() })),
  node: z.string(),
});

const statementRow = z.object({
  id: z.string(),
  at: z.array(z.number()),
  kind: z.string(),
  says: z.string(),
  heldBy: z.array(z.object({ path: z.string(), label: z.string(), line: z.string() })),
  verdicts: z.array(z.object({ claim: z.string(), verdict: verdict.nullable(), weightDb: z.number().nullable() })),
});

export const sourceExhibit = z.object({
  id: z.string(),
  title: z.string(),
  by: z.string().nullable(),
  affiliation: z.string().nullable(),
  publisher: z.string().nullable(),
  published: z.string().nullable(),
  accessed: z.string().nullable(),
  terms: z.string().nullable().describe("Licence or terms of use."),
  url: z.string().nullable(),
  kind: z.string().nullable(),
  language: z.string().nullable(),
  translated: z.string().nullable(),
  reliability: z.string().nullable(),
  interested: z.array(z.string()),
  because: z.string().nullable(),
  note: z.string().nullable(),
  hindsight: z.string().nullable(),
  claims: ids.describe("Claims that cite it."),
  alone: ids.describe("Claims that rest on it alone."),
  cited: z
    .array(z.object({ path: z.string(), label: z.string(), line: z.string() }))
    .describe("What else cites it: events, agreements, series, proposals, norms."),
  statements: z.array(statementRow),
  node: z.string(),
});

export const timelineEntry = z.object({
  id: z.string(),
  kind: z.enum(["event", "scheduled", "agreement"]),
  date: z.string(),
  day: z.number(),
  until: z.string().nullable(),
  name: z.string(),
  text: z.string(),
  status: z.string().nullable(),
  actors: z.array(z.string()),
  addressees: z.array(z.string()),
  rung: z.number().nullable(),
  changes: z.array(z.string()),
  citations: z.array(z.string()),
  line: z.string(),
});

export const readingInfo = z.object({
  id: z.string().nullable(),
  name: z.string(),
  kind: z.string(),
  by: z.string().nullable(),
  because: z.string().nullable(),
  citations: z.array(z.string()),
  changes: z.array(
    z.object({
      path: z.string(),
      what: z.string().describe("The path in words."),
      from: z.string(),
      to: z.string(),
      because: z.string().nullable(),
      line: z.string(),
    }),
  ),
});

const cited = {
  because: z.string().nullable(),
  by: z.string().nullable().describe("Whose judgement it is."),
  citations: z.array(z.string()),
};

const issueExhibit = z.object({
  id: z.string(),
  name: z.string(),
  text: z.string().nullable(),
  ordered: z.boolean(),
  options: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      text: z.string().nullable(),
      norms: ids.describe("Norms that it stands against."),
    }),
  ),
  line: z.string(),
});

const stance = z.object({
  issue: z.string(),
  weight: z.string().nullable().describe("Share of the issue in all that matters to the party, as written."),
  basis: z.enum(["stated", "inferred"]).nullable(),
  ...cited,
  redLines: ids.describe("Options that it will not accept."),
  values: z.array(
    z.object({
      option: z.string(),
      text: z.string().describe("As written in the case."),
      central: z.number().describe("1 the best, 0 the worst."),
      basis: z.enum(["stated", "inferred"]).nullable(),
      ...cited,
    }),
  ),
  node: z.string(),
});

const positionExhibit = z.object({
  party: z.string(),
  name: z.string(),
  accepts: z.enum(["required", "ratifies", "none"]).nullable(),
  reservation: z.string().nullable().describe("What it gets without agreement, as written."),
  ...cited,
  stances: z.array(stance),
});

const proposalExhibit = z.object({
  id: z.string(),
  name: z.string(),
  by: z.array(z.string()),
  date: z.string().nullable(),
  text: z.string().nullable(),
  note: z.string().nullable(),
  citations: z.array(z.string()),
  package: z.array(z.object({ issue: z.string(), options: ids })).describe("Issues left out are open."),
  norms: ids.describe("Norms that an option of it stands against, whatever is chosen of what is open."),
  line: z.string(),
});

const normExhibit = z.object({
  id: z.string(),
  name: z.string(),
  text: z.string(),
  parties: z.array(z.string()),
  citations: z.array(z.string()),
  touches: z.array(z.object({ issue: z.string(), options: ids })),
});

/** What is negotiated, what each party wants, what was proposed, and the law that options touch. */
export const negotiationExhibit = z.object({
  issues: z.array(issueExhibit),
  positions: z.array(positionExhibit),
  proposals: z.array(proposalExhibit),
  norms: z.array(normExhibit),
  factions: z.array(
    z.object({
      party: z.string(),
      name: z.string(),
      ratifies: z.boolean().nullable(),
      text: z.string().nullable(),
      aims: z.array(z.object({ text: z.string(), basis: z.enum(["stated", "ascribed"]), ...cited })),
      citations: z.array(z.string()),
    }),
  ),
  process: z.array(z.object({ what: z.string(), text: z.string(), ...cited })),
});
