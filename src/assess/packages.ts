import type { Case, Dossier, View } from "../case/index.ts";
import { nearest, ParleyError } from "../core/problems/index.ts";
import {
  type Analysis,
  acceptanceChances,
  acceptanceOf,
  analyse,
  judgeProposal,
  makeSpace,
  namesOf,
  type OpenPackage,
  type Package,
  utilitiesAt,
} from "../terms/index.ts";
import type { TermsInputs } from "./inputs/terms.ts";
import { lookAt } from "./looks.ts";
import { readingInfo } from "./readings.ts";
import { DRAWS, nameOf, packageWords, termsOf, toldOf, underReading, zoneOf } from "./terms.ts";

/** A party at the table: what it gets without agreement, where that comes from, and where its positions stand. */
export interface SeatedParty {
  readonly party: string;
  readonly name: string;
  readonly accepts: "required" | "ratifies" | "none";
  readonly reservation: number | null;
  readonly basis: string;
  readonly sources: readonly string[];
  /** Where its positions stand in the case folder: `case.yaml:40`. */
  readonly line: string;
}

/** A reading under which packages are judged. */
interface Looked {
  readonly reading: string | null;
  readonly name: string;
  readonly kind: string;
  readonly content: Case;
  readonly inputs: TermsInputs;
}

/** A package that no party who must accept refuses, and that wastes nothing. */
export interface FoundPackage {
  readonly outcome: Package;
  readonly words: string;
  /** By party, in their order. */
  readonly utilities: readonly number[];
  /** Chance that nobody refuses it, with values drawn. */
  readonly chance: { readonly p: number; readonly se: number };
  /** Whether nobody refuses it, by reading; null where that is not known. */
  readonly readings: readonly { readonly reading: string | null; readonly acceptable: boolean | null }[];
}

export interface PackageOptions {
  /** Seed of every draw; 1 unless given. */
  readonly seed?: number | undefined;
}

export interface PackageSearch extends PackageOptions {
  /** Issues held to an option, or to some of them. */
  readonly lock?: OpenPackage | undefined;
  /** A party whose worth orders the packages, the best first; the least gain of those who must accept unless given. */
  readonly best?: string | undefined;
  /** The first package that is told, from 0; 0 unless given. */
  readonly offset?: number | undefined;
  /** How many are told; 10 unless given. */
  readonly limit?: number | undefined;
}

/**
 * What each party would make of a package that the case need not have: as `assess` tells it of the case's proposals, with
 * chances where values are drawn, and under every reading but stress tests.
 *
 * @throws ParleyError where the case has errors or nothing to negotiate, or the package names an unknown issue or option
 */
export function judgePackage(dossier: Dossier, view: View, asked: OpenPackage, { seed = 1 }: PackageOptions = {}) {
  const own = seated(dossier, view, seed);
  const { domain } = own.inputs;
  const verdict = judgeProposal(makeSpace(domain), asked);
  const { completion } = verdict;
  const chance =
    completion === undefined
      ? undefined
      : acceptanceChances(domain, { asked: completion.outcome }, { draws: DRAWS, seed })["asked"];
  const told = toldOf("asked", verdict, chance);
  const readings = readingsOf(dossier, view, own, seed).map(({ reading, name, kind, content, inputs }) => {
    const under = underReading({ ...inputs, proposals: { asked } }, content).proposals["asked"];
    return {
      reading,
      name,
      kind,
      acceptable: under?.acceptable ?? null,
      accepts: under?.accepts ?? {},
      surplus: under?.surplus ?? {},
    };
  });
  return {
    ...told,
    dominatedBy: verdict.dominatedBy ?? null,
    draws: DRAWS,
    readings,
    parties: partiesOf(own),
    assumed: own.inputs.assumed,
  };
}

/**
 * Packages that nobody who must accept refuses and that waste nothing, some issues held as asked: how many there are under
 * every reading but stress tests, the focal ones, and a page of them in order of what a party, or the one who gains least,
 * would have of it.
 *
 * @throws ParleyError where the case has errors or nothing to negotiate, or an issue, option or party is unknown
 */
export function searchPackages(dossier: Dossier, view: View, options: PackageSearch = {}) {
  const { seed = 1, lock = {}, best, offset = 0, limit = 10 } = options;
  const own = seated(dossier, view, seed);
  const { domain } = own.inputs;
  const names = domain.parties.map(({ name }) => name);
  const wanted = best === undefined ? -1 : names.indexOf(best);
  if (best !== undefined && wanted < 0) {
    const facts = { kind: "party", value: best, near: nearest(best, names), known: `its parties: ${names.join(", ")}` };
    throw ParleyError.of("unknown-reference", facts);
  }
  const analysis = analyse(domain, { lock, seed, proposals: {} });
  const looked = readingsOf(dossier, view, own, seed);
  const spaces = looked.map((each) => makeSpace(each.inputs.domain));
  const { points, exact } = analysis.frontier;
  const order = orderOf(analysis, wanted).slice(offset, offset + limit);
  const outcomes = order.map((p) =>
    namesOf(analysis.space.compiled, points.outcomes.subarray(p * points.issues, (p + 1) * points.issues)),
  );
  const chances = acceptanceChances(domain, Object.fromEntries(outcomes.map((outcome, i) => [String(i), outcome])), {
    draws: DRAWS,
    seed,
  });
  const packages = order.map((p, i): FoundPackage => {
    const outcome = outcomes[i] ?? {};
    const { probability = 0, standardError = 0 } = chances[String(i)]?.all ?? {};
    return {
      outcome,
      words: packageWords(own.content, outcome),
      utilities: utilitiesAt(points, p),
      chance: { p: probability, se: standardError },
      readings: looked.map(({ reading }, r) => {
        const space = spaces[r];
        return { reading, acceptable: space === undefined ? null : acceptanceOf(space, outcome).acceptable };
      }),
    };
  });
  return {
    parties: partiesOf(own),
    zone: zoneOf(analysis.deal, analysis.zopa, own.content),
    readings: looked.map(({ reading, name, kind, content, inputs }) => {
      const under = analyse(inputs.domain, { lock, seed, proposals: {}, concepts: [] });
      return { reading, name, kind, ...zoneOf(under.deal, under.zopa, content) };
    }),
    solutions: Object.entries(analysis.solutions).flatMap(([concept, solution]) =>
      solution === undefined
        ? []
        : [
            {
              concept,
              outcome: { ...solution.outcome },
              words: packageWords(own.content, solution.outcome),
              utilities: [...solution.utilities],
              ties: solution.ties,
              exact: solution.exact,
            },
          ],
    ),
    total: points.size,
    exact,
    draws: DRAWS,
    packages,
    assumed: own.inputs.assumed,
  };
}

/** The frontier's points by what one party has of them, or by the least gain of those who must accept; ties as they stand. */
function orderOf({ frontier: { points }, space }: Analysis, wanted: number): number[] {
  const worth = Array.from({ length: points.size }, (_, p) => {
    const utilities = utilitiesAt(points, p);
    if (wanted >= 0) return utilities[wanted] ?? 0;
    const gains = space.acceptors.map((i) => (utilities[i] ?? 0) - floor(space.reservation[i]));
    return Math.min(...gains);
  });
  return worth.map((_, p) => p).sort((a, b) => (worth[b] ?? 0) - (worth[a] ?? 0) || a - b);
}

/** A reservation value, or 0 where there is none. */
const floor = (reservation: number | undefined): number =>
  reservation !== undefined && Number.isFinite(reservation) ? reservation : 0;

function seated(dossier: Dossier, view: View, seed: number): Looked {
  const { case: content, problems } = lookAt(dossier, view);
  if (content === undefined) throw new ParleyError(problems);
  const { inputs, doesNotApply } = termsOf(content, seed);
  if (inputs === undefined) {
    throw ParleyError.of("usage", {
      detail: `the negotiation analysis does not apply: ${doesNotApply}`,
      hint: "parley schema describes the sections issues and positions; ukraine-2024 shows them",
    });
  }
  const { name, kind } = readingInfo(dossier, content, content.reading);
  return { reading: content.reading ?? null, name, kind, content, inputs };
}

/** The case as coded and every reading that is no stress test; the one looked at as it is looked at. */
function readingsOf(dossier: Dossier, view: View, own: Looked, seed: number): Looked[] {
  const ids = [undefined, ...Object.keys(own.content.readings)].filter(
    (id) => own.content.readings[id ?? ""]?.kind !== "stress",
  );
  return ids.flatMap((reading): Looked[] => {
    if ((reading ?? null) === own.reading) return [own];
    const content = lookAt(dossier, { ...view, reading }).case;
    const inputs = content === undefined ? undefined : termsOf(content, seed).inputs;
    if (content === undefined || inputs === undefined) return [];
    const { name, kind } = readingInfo(dossier, own.content, reading);
    return [{ reading: reading ?? null, name, kind, content, inputs }];
  });
}

function partiesOf({ content, inputs }: Looked): SeatedParty[] {
  return inputs.reservations.map(({ party, value, text }, i) => ({
    party,
    name: nameOf(content, party),
    accepts: inputs.domain.parties[i]?.accepts ?? "required",
    reservation: value,
    basis: text,
    sources: sourcesOf(content, party),
    line: content.line(["positions", party]),
  }));
}

/** The sources of a party's positions, each once, with the places in them: `report#4`. */
function sourcesOf({ positions }: Case, party: string): string[] {
  const position = positions[party];
  const cited = [position?.source, ...Object.values(position?.issues ?? {}).map((stance) => stance?.source)];
  const names = cited.flatMap((refs) =>
    (refs ?? []).map(({ source, locator }) => (locator === undefined ? source : `${source}#${locator}`)),
  );
  return [...new Set(names)];
}
