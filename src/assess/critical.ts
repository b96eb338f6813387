import type { Case } from "../case/index.ts";
import type { CriticalQuestion } from "./argument-schema.ts";
import { count, humanize, list } from "./format.ts";
import { type EvidenceInputs, isActive } from "./inputs/evidence.ts";
import { nameOfClaim, shortName } from "./reasons.ts";
import { verdictSentence } from "./verdict-words.ts";

/**
 * What one should ask of any claim, answered as far as the case knows: whether it has one source only, whether who says it
 * has a stake in it, what the data say, who speaks against it, whether others say the same, and whether it was known then.
 */
export function criticalQuestions(content: Case, inputs: EvidenceInputs, id: string): CriticalQuestion[] {
  const claim = content.claims[id];
  if (claim === undefined) return [];
  const sources = [...new Set((claim.source ?? []).map(({ source }) => source))];
  const basis = inputs.credences.get(id);
  return [
    alone(content, sources),
    ...(sources.length === 0 ? [] : [interested(content, sources, basis?.interested === true)]),
    data(content, inputs, id),
    attacked(content, id),
    ...(claim.group === undefined ? [] : [alike(content, id, claim.group)]),
    hindsight(content, claim, sources),
    ...(claim.encoded === undefined
      ? []
      : [
          {
            id: "coded" as const,
            asks: "Who set its strength?",
            says: `${claim.encoded.by}, not the source: ${claim.encoded.because}`,
            doubtful: false,
          },
        ]),
  ];
}

function alone(content: Case, sources: readonly string[]): CriticalQuestion {
  const names = sources.map((source) => shortName(content, source));
  const says =
    sources.length === 0
      ? "It has no source; it is the case's own judgement."
      : sources.length === 1
        ? `It rests on ${names[0] ?? ""} alone.`
        : `It has ${count(sources.length, "source")}: ${list(names)}.`;
  return { id: "alone", asks: "Is it the word of one source only?", says, doubtful: sources.length < 2 };
}

function interested(content: Case, sources: readonly string[], limited: boolean): CriticalQuestion {
  const sided = sources.filter((source) => (content.sources[source]?.interested ?? []).length > 0);
  const whose = [...new Set(sided.flatMap((source) => content.sources[source]?.interested ?? []))].map(
    (party) => content.parties[party]?.name ?? humanize(party),
  );
  const says =
    sided.length === 0
      ? "No source of it is coded as being on a side."
      : `${list(sided.map((source) => shortName(content, source)))}: on the side of ${list(whose)}.` +
        (limited ? " It stands without confirmation, so it counts as C3 at most." : "");
  return { id: "interested", asks: "Has who says it a stake in it?", says, doubtful: limited };
}

function data(content: Case, inputs: EvidenceInputs, id: string): CriticalQuestion {
  const tested = inputs.tests.get(id);
  const verdict = tested?.verdict;
  const sentences = (tested?.tests ?? []).map((each) =>
    verdictSentence(each, content.indicators[each.test.series]?.unit.text ?? ""),
  );
  const says = verdict === undefined ? "No test of data is coded." : `${humanize(verdict)}: ${sentences.join("; ")}`;
  return {
    id: "data",
    asks: "What do data say of it?",
    says: `${says.charAt(0).toUpperCase()}${says.slice(1)}`,
    doubtful: verdict === "contradicted",
  };
}

function attacked(content: Case, id: string): CriticalQuestion {
  const against = Object.entries(content.claims)
    .filter(([, claim]) => isActive(claim) && claim.attacks?.includes(id))
    .map(([other]) => `“${nameOfClaim(content, other)}”`);
  const says = against.length === 0 ? "No claim of the case attacks it." : `${list(against)} speaks against it.`;
  return {
    id: "attacked",
    asks: "Does another claim speak against it?",
    says: against.length > 1 ? says.replace("speaks", "speak") : says,
    doubtful: against.length > 0,
  };
}

function alike(content: Case, id: string, group: string): CriticalQuestion {
  const others = Object.entries(content.claims)
    .filter(([other, claim]) => other !== id && claim.group === group && isActive(claim))
    .map(([other]) => `“${nameOfClaim(content, other)}”`);
  const rho = content.groups[group]?.correlation?.text ?? "0.5";
  const name = content.groups[group]?.name ?? humanize(group);
  const says =
    others.length === 0
      ? `It stands alone in its group “${name}”.`
      : `Partly what ${list(others)} ${others.length === 1 ? "says" : "say"} (group “${name}”, correlation ${rho}); it counts less for that.`;
  return { id: "alike", asks: "Do others say the same?", says, doubtful: false };
}

function hindsight(content: Case, claim: Case["claims"][string], sources: readonly string[]): CriticalQuestion {
  const marks = [
    ...(claim.hindsight === undefined ? [] : [claim.hindsight]),
    ...sources.flatMap((source) => content.sources[source]?.hindsight ?? []),
  ];
  const says = marks.length === 0 ? "Yes: nothing of it is marked as hindsight." : `Not all of it: ${marks.join("; ")}`;
  return { id: "hindsight", asks: "Was it known on the day of the case?", says, doubtful: marks.length > 0 };
}
