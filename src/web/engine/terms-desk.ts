import { bindDynamics, bindTerms, warWorths } from "../../assess/index.ts";
import type { Dossier } from "../../case/index.ts";
import { filesInMemory, readDossier, viewCase } from "../../case/index.ts";
import type { Domain, OpenPackage, Space } from "../../terms/index.ts";
import { flips, makeSpace } from "../../terms/index.ts";
import type { Look, PackedFiles } from "./protocol.ts";
import { evaluated } from "./terms-judge.ts";
import type { Evaluation, PartyFlips, TermsCalls, Under, UnderReading } from "./terms-protocol.ts";
import { searchPackages, withoutRedLines } from "./terms-search.ts";

/** Answers questions about packages. It runs in a worker, so that a page never waits for it. */
export type TermsDesk = { readonly [C in keyof TermsCalls]: (given: TermsCalls[C]["given"]) => TermsCalls[C]["back"] };

export type OpenedDesk = { readonly desk: TermsDesk } | { readonly desk?: undefined; readonly why: string };

type Exclusions = Evaluation["excluded"];

/** A case under a view, bound to the negotiation analysis once. */
export function openDesk({ main, files }: PackedFiles, look: Look): OpenedDesk {
  const { dossier, problems } = readDossier(filesInMemory(files, main));
  if (dossier === undefined) return { why: problems[0]?.message ?? "" };
  const bound = boundOf(dossier, look);
  if ("why" in bound) return bound;
  return { desk: deskOf(bound.domain, bound.exclusions, (reading) => boundOf(dossier, { ...look, reading })) };
}

type Bound = { readonly domain: Domain; readonly exclusions: Exclusions } | { readonly why: string };

function boundOf(dossier: Dossier, { reading, asOf, sets, seed }: Look): Bound {
  const { case: content, problems } = viewCase(dossier, { reading, asOf, sets });
  if (content === undefined) return { why: problems[0]?.message ?? "" };
  const { inputs: war } = bindDynamics(content);
  const { inputs, doesNotApply } = bindTerms(content, war === undefined ? undefined : warWorths(war, seed));
  if (inputs === undefined) return { why: doesNotApply };
  const exclusions = content.exclusions.map(({ because, source: _, ...options }) => ({
    options: options as OpenPackage,
    because: because ?? null,
  }));
  return { domain: inputs.domain, exclusions };
}

/** The desk of a domain; `under` binds another reading of its case. */
export function deskOf(
  domain: Domain,
  exclusions: Exclusions,
  under: (reading: string | undefined) => Bound = () => ({ why: "" }),
): TermsDesk {
  const strict = makeSpace(domain);
  let lax: Space | undefined;
  const spaceOf = (redLines: boolean): Space => {
    if (redLines) return strict;
    lax ??= makeSpace(withoutRedLines(domain));
    return lax;
  };
  const desks = new Map<string, TermsDesk | undefined>();
  const deskUnder = (reading: string | undefined): TermsDesk | undefined => {
    const key = reading ?? "";
    if (!desks.has(key)) {
      const bound = under(reading);
      desks.set(key, "why" in bound ? undefined : deskOf(bound.domain, bound.exclusions));
    }
    return desks.get(key);
  };
  return {
    evaluate: ({ pick, redLines }) => evaluated(spaceOf(redLines), () => spaceOf(false), domain, exclusions, pick),
    search: (asked) => searchPackages(domain, asked),
    flips: ({ outcome }) =>
      domain.parties.flatMap(({ name, accepts }): PartyFlips[] =>
        accepts === "none"
          ? []
          : [
              {
                party: name,
                flips: flips(domain, name, outcome).map(({ option, ...flip }) => ({ ...flip, option: option ?? null })),
              },
            ],
      ),
    under: ({ reading, pick }: Under): UnderReading => {
      const desk = deskUnder(reading);
      if (desk === undefined) return { evaluation: null, exists: false, found: [] };
      const { exists, found } = desk.search({ lock: {}, redLines: true, from: {}, sums: false });
      return { evaluation: pick === undefined ? null : desk.evaluate({ pick, redLines: true }), exists, found };
    },
  };
}
