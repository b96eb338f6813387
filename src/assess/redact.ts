import type { ComparedInput, ComparedQuestion, ComparedSimulation } from "./compare/index.ts";
import type { Assessment, AssessmentNode } from "./schema.ts";
import { secretsOf, withheld } from "./secrets.ts";

type Negotiation = Assessment["negotiation"];
type Terms = NonNullable<Assessment["terms"]>;

/**
 * An assessment for the room: nothing in it says who said so, who judged, or what a party is only supposed to want.
 *
 * Gone are sources with their citations and what they argue in their own words, the names of authors and analysts, analysts' reasons in prose,
 * lines of the case, positions that the case marks as inferred with all that would give them away, and what a party gets without
 * agreement. Figures stay as they are.
 */
export function redacted(assessment: Assessment): Assessment {
  const secrets = secretsOf(assessment);
  const inferred = inferredOf(assessment.negotiation);
  const bare: Assessment = {
    ...assessment,
    case: { ...assessment.case, authors: [] },
    reading: withoutReasons(assessment.reading),
    readings: assessment.readings.map(withoutReasons),
    hindsight: { ...assessment.hindsight, marks: [], leftOut: [] },
    notes: [],
    questions: assessment.questions.map((question) => ({
      ...question,
      thesis: null,
      citations: [],
      priorBecause: null,
      sources: [],
      claims: question.claims.map((claim) => ({ ...claim, citations: [], encodedBy: null })),
    })),
    links: assessment.links.map((table) => ({
      ...table,
      rows: table.rows.map((row) => ({ ...row, citations: [] })),
    })),
    argument: {
      ...assessment.argument,
      groups: assessment.argument.groups.map((group) => ({ ...group, because: null })),
      // What one asks of a claim is asked of its sources.
      claims: assessment.argument.claims.map((claim) => ({ ...claim, sources: [], citations: [], critical: [] })),
    },
    moments: assessment.moments.filter(({ kind }) => kind !== "source"),
    watch: { ...assessment.watch, items: assessment.watch.items.filter(({ kind }) => kind !== "source") },
    indicators: assessment.indicators.map((each) => ({
      ...each,
      citations: [],
      claimedBy: null,
      hindsight: each.hindsight === null ? null : HINDSIGHT,
      points: each.points.map((point) => ({ ...point, by: null })),
    })),
    sources: [],
    timeline: assessment.timeline.map((each) => ({ ...each, citations: [] })),
    negotiation: negotiationFor(assessment.negotiation),
    sensitivity:
      assessment.sensitivity === null
        ? null
        : {
            ...assessment.sensitivity,
            levers: assessment.sensitivity.levers.map((lever) => ({ ...lever, because: null, citations: [] })),
          },
    terms: assessment.terms === null ? null : termsFor(assessment.terms, inferred),
    nodes: nodesFor(assessment.nodes, inferred),
  };
  return withheld(bare, secrets);
}

interface Comparison {
  readonly simulation: ComparedSimulation | null;
  readonly evidence: readonly ComparedQuestion[];
}

/** Two views side by side, for the room; `view` is the second of them as it is worked out, whose names are withheld. */
export function redactedComparison<T extends Comparison>(compared: T, view: Assessment): T {
  const { simulation } = compared;
  const told = ({ path }: { readonly path: string }) => !path.startsWith("positions.");
  const written = (text: string | null) => (text !== null && ENTRY.test(text) ? "…" : text);
  const bare: T = {
    ...compared,
    simulation:
      simulation === null
        ? null
        : {
            ...simulation,
            inputs: simulation.inputs
              .filter(told)
              .map((each): ComparedInput => ({ ...each, a: written(each.a), b: written(each.b) })),
            attribution:
              simulation.attribution === null
                ? null
                : { ...simulation.attribution, inputs: simulation.attribution.inputs.filter(told) },
          },
  };
  return withheld(bare, secretsOf(view));
}

const HINDSIGHT = "known only later";

/** A change of a whole entry, as it is written. */
const ENTRY = /\b(because|by|source|note)"?:/;

function withoutReasons(reading: Assessment["reading"]): Assessment["reading"] {
  // A change of a position says what is supposed of it; one of a whole entry quotes its reasons and sources.
  const told = reading.changes.filter(({ path }) => !path.startsWith("positions."));
  const changes = told.map((change) => ({
    ...change,
    from: ENTRY.test(change.from) ? "…" : change.from,
    to: ENTRY.test(change.to) ? "…" : change.to,
    because: null,
  }));
  return { ...reading, by: null, because: null, citations: [], changes };
}

/** What is inferred, as `party/issue`, and `party/issue/option` where a value alone is. */
function inferredOf({ positions }: Negotiation): ReadonlySet<string> {
  return new Set(
    positions.flatMap(({ party, stances }) =>
      stances.flatMap(({ issue, basis, values }) => [
        ...(basis === "inferred" ? [`${party}/${issue}`] : []),
        ...values.filter((value) => value.basis === "inferred").map(({ option }) => `${party}/${issue}/${option}`),
      ]),
    ),
  );
}

const NOBODY = { because: null, by: null, citations: [] };

function negotiationFor(negotiation: Negotiation): Negotiation {
  return {
    ...negotiation,
    positions: negotiation.positions.map((position) => ({
      ...position,
      ...NOBODY,
      reservation: null,
      stances: position.stances
        .filter(({ basis }) => basis !== "inferred")
        .map((stance) => {
          const inferred = stance.values.filter(({ basis }) => basis === "inferred").map(({ option }) => option);
          return {
            ...stance,
            ...NOBODY,
            // A weight is never stated: it is an analyst's reading of what was.
            weight: null,
            redLines: stance.redLines.filter((option) => !inferred.includes(option)),
            values: stance.values.filter(({ basis }) => basis !== "inferred").map((value) => ({ ...value, ...NOBODY })),
          };
        }),
    })),
    proposals: negotiation.proposals.map((proposal) => ({ ...proposal, note: null, citations: [] })),
    norms: negotiation.norms.map((norm) => ({ ...norm, citations: [] })),
    factions: negotiation.factions.map((faction) => ({
      ...faction,
      citations: [],
      aims: faction.aims.filter(({ basis }) => basis === "stated").map((aim) => ({ ...aim, ...NOBODY })),
    })),
    process: negotiation.process.map((each) => ({ ...each, ...NOBODY })),
  };
}

/** Of the negotiation analysis, what would let an inferred position or a value without agreement be read off goes too. */
function termsFor(terms: Terms, inferred: ReadonlySet<string>): Terms {
  const hides = (party: string, issue: string, option?: string) =>
    inferred.has(`${party}/${issue}`) || (option !== undefined && inferred.has(`${party}/${issue}/${option}`));
  return {
    ...terms,
    parties: terms.parties.map((party) => ({ ...party, reservation: null, basis: "" })),
    weights: terms.weights.map((row) => row.map(() => 0)),
    proposals: terms.proposals.map((proposal) => ({
      ...proposal,
      verdicts: proposal.verdicts.map((verdict) => ({
        ...verdict,
        surplus: null,
        shortfall: 0,
        issues: {},
        redLines: Object.fromEntries(
          Object.entries(verdict.redLines).filter(([issue, option]) => !hides(verdict.party, issue, option)),
        ),
      })),
      readings: proposal.readings.map((reading) => ({ ...reading, surplus: {} })),
    })),
    logrolls: [],
    opens: terms.opens.filter(({ party, issue, options }) => !options.some((option) => hides(party, issue, option))),
    assumed: [],
  };
}

/** Whether a node says what a party is supposed to want, or gets without agreement. */
function saysPosition(id: string, inferred: ReadonlySet<string>): boolean {
  const path = /^parameter:positions\.(.+)$/.exec(id)?.[1];
  if (path === undefined) return false;
  const [party = "", section = "", issue = "", part = "", option = ""] = path.split(".");
  if (section !== "issues") return true;
  if (part === "weight") return true;
  return inferred.has(`${party}/${issue}`) || (part === "values" && inferred.has(`${party}/${issue}/${option}`));
}

function nodesFor(nodes: Assessment["nodes"], inferred: ReadonlySet<string>): Assessment["nodes"] {
  const hidden = (id: string): boolean => nodes[id]?.kind === "source" || saysPosition(id, inferred);
  const mixed = new Set([...inferred].map((each) => each.split("/").slice(0, 2).join("/")));
  return Object.fromEntries(
    Object.values(nodes)
      .filter(({ id }) => !hidden(id))
      .map((node) => {
        const { note, line, citation, casePath, ...kept } = node;
        const [, party, issue] = /^parameter:positions\.([^.]+)\.issues\.([^.]+)$/.exec(node.id) ?? [];
        const shown: AssessmentNode = {
          ...kept,
          // The methods' own literature is no source of the case.
          ...(node.kind === "definition" && citation !== undefined ? { citation } : {}),
          because: node.because.filter((id) => !hidden(id)),
        };
        // A node of a stance tells all its values in one text.
        if (party !== undefined && mixed.has(`${party}/${issue}`)) delete shown.value;
        return [node.id, shown];
      }),
  );
}
