import type { Case, SourceRef } from "../case/index.ts";
import { isAmount } from "../case/index.ts";
import { partyName } from "./exhibits.ts";
import { capital, humanize } from "./format.ts";
import type { Reasons } from "./reasons.ts";
import { shortCitation } from "./reasons.ts";
import type { NegotiationExhibit } from "./schema.ts";

type Position = Case["positions"][string];
type Stance = NonNullable<Position["issues"]>[string];
type Party = Case["parties"][string];

interface Grounds {
  readonly because?: string | undefined;
  readonly by?: string | undefined;
  readonly source?: readonly SourceRef[] | undefined;
}

/** What is negotiated: issues with options, positions, proposals, norms, factions and the process, as the case holds them. */
export function negotiationExhibit(content: Case, reasons: Reasons): NegotiationExhibit {
  return {
    issues: Object.entries(content.issues).map(([id, issue]) => ({
      id,
      name: issue.name,
      text: issue.text ?? null,
      ordered: issue.ordered ?? false,
      options: Object.entries(issue.options).map(([option, { name, text }]) => ({
        id: option,
        name,
        text: text ?? null,
        norms: normsOn(content, id, option),
      })),
      line: content.line(["issues", id]),
    })),
    positions: Object.entries(content.positions).map(([party, position]) => ({
      party,
      name: partyName(content, party),
      accepts: position.accepts ?? null,
      reservation: reservationText(content, position),
      ...grounds(content, position),
      stances: Object.entries(position.issues ?? {}).map(([issue, stance]) =>
        stanceExhibit(content, reasons, party, issue, stance),
      ),
    })),
    proposals: Object.entries(content.proposals).map(([id, proposal]) => {
      const terms = Object.entries(proposal.package).map(([issue, chosen]) => ({
        issue,
        options: typeof chosen === "string" ? [chosen] : [...chosen],
      }));
      return {
        id,
        name: proposal.name,
        by: [...(proposal.by ?? [])],
        date: proposal.date?.text ?? null,
        text: proposal.text ?? null,
        note: proposal.note ?? null,
        citations: (proposal.source ?? []).map((ref) => shortCitation(content, ref)),
        package: terms,
        norms: normsOfPackage(content, terms),
        line: content.line(["proposals", id]),
      };
    }),
    norms: Object.entries(content.norms).map(([id, norm]) => ({
      id,
      name: norm.name ?? capital(humanize(id)),
      text: norm.text,
      parties: (norm.parties ?? []).map((party) => partyName(content, party)),
      citations: (norm.source ?? []).map((ref) => shortCitation(content, ref)),
      touches: Object.entries(norm.touches ?? {}).map(([issue, options]) => ({ issue, options: [...options] })),
    })),
    factions: Object.entries(content.parties).flatMap(([party, entry]) => factionsOf(content, party, entry)),
    process: processOf(content),
  };
}

function grounds(content: Case, { because, by, source }: Grounds) {
  return {
    because: because ?? null,
    by: by ?? null,
    citations: (source ?? []).map((ref) => shortCitation(content, ref)),
  };
}

function stanceExhibit(content: Case, reasons: Reasons, party: string, issue: string, stance: Stance) {
  const path = `positions.${party}.issues.${issue}`;
  const name = content.issues[issue]?.name ?? humanize(issue);
  const judged = stance.by === undefined ? "" : ` Set by ${stance.by}.`;
  const values = Object.entries(stance.values ?? {}).map(([option, value]) => {
    const amount = isAmount(value) ? value : value.value;
    const own: Grounds & { basis?: "stated" | "inferred" | undefined } = isAmount(value) ? {} : value;
    return {
      option,
      text: amount.text,
      central: amount.central,
      basis: own.basis ?? stance.basis ?? null,
      ...grounds(content, own),
    };
  });
  return {
    issue,
    weight: stance.weight?.text ?? null,
    basis: stance.basis ?? null,
    ...grounds(content, stance),
    redLines: [...(stance.redLines ?? [])],
    values,
    node: reasons.parameter(
      path,
      `${partyName(content, party)} on ${name}: ${stance.basis ?? "as coded"}`,
      values.map(({ option, text }) => `${humanize(option)} ${text}`).join(", "),
      {
        note: stance.because === undefined ? undefined : `${stance.because}${judged}`,
        because: reasons.sources(stance.source),
      },
    ),
  };
}

function reservationText(content: Case, { reservation }: Position): string | null {
  if (reservation === undefined) return null;
  if (reservation === "from-war") return "the value of fighting on";
  if (isAmount(reservation)) return reservation.text;
  return `the worth of “${content.proposals[reservation.of]?.name ?? humanize(reservation.of)}”`;
}

/** Norms that an option stands against. */
function normsOn(content: Case, issue: string, option: string): string[] {
  return Object.entries(content.norms).flatMap(([id, norm]) =>
    norm.touches?.[issue]?.includes(option) === true ? [id] : [],
  );
}

/** Norms that a package stands against whatever is chosen of the options that it leaves open. */
function normsOfPackage(
  content: Case,
  terms: readonly { readonly issue: string; readonly options: readonly string[] }[],
) {
  return Object.keys(content.norms).filter((norm) =>
    terms.some(({ issue, options }) => options.every((option) => normsOn(content, issue, option).includes(norm))),
  );
}

function factionsOf(content: Case, party: string, { factions }: Party) {
  return Object.values(factions ?? {}).map((faction) => ({
    party: partyName(content, party),
    name: faction.name,
    ratifies: faction.ratifies ?? null,
    text: faction.text ?? null,
    aims: (faction.aims ?? []).map((aim) => ({ text: aim.text, basis: aim.basis, ...grounds(content, aim) })),
    citations: (faction.source ?? []).map((ref) => shortCitation(content, ref)),
  }));
}

const PROCESS = ["channels", "host", "format", "agenda", "mandate", "monitoring", "precedents"] as const;

function processOf(content: Case): NegotiationExhibit["process"] {
  return PROCESS.flatMap((what) => {
    const items = content.process?.[what];
    if (items === undefined) return [];
    return (Array.isArray(items) ? items : [items]).map((item) => {
      if (typeof item === "string") return { what, text: item, because: null, by: null, citations: [] };
      return { what, text: item.text, ...grounds(content, item) };
    });
  });
}
