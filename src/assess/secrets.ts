import type { Assessment } from "./schema.ts";

/** What stands in place of a name that is withheld. */
export const WITHHELD = "[withheld]";

/** Texts that tell who said so or who judged: citations, and names of authors and analysts; the longest first. */
export function secretsOf(assessment: Assessment): readonly string[] {
  const { negotiation, questions, readings, indicators, nodes, sources, timeline } = assessment;
  // Who acts in the case is named everywhere, whoever else has written of it.
  const actors = new Set([
    "Parley",
    ...negotiation.positions.map(({ name }) => name),
    ...negotiation.factions.flatMap(({ name, party }) => [name, party]),
    ...negotiation.proposals.flatMap(({ by }) => by),
    ...negotiation.norms.flatMap(({ parties }) => parties),
    ...timeline.flatMap((each) => [...each.actors, ...each.addressees]),
    ...(assessment.terms?.parties ?? []).map(({ name }) => name),
    ...(assessment.stability?.decisionMakers ?? []).map(({ name }) => name),
    ...(assessment.simulation?.sides ?? []),
  ]);
  const people = [
    ...assessment.case.authors,
    ...sources.flatMap(({ by, affiliation }) => [by, affiliation]),
    ...readings.map(({ by }) => by),
    ...questions.flatMap(({ claims }) => claims.map(({ encodedBy }) => encodedBy)),
    ...negotiation.positions.flatMap(({ by, stances }) => [
      by,
      ...stances.flatMap((stance) => [stance.by, ...stance.values.map((value) => value.by)]),
    ]),
    ...negotiation.factions.flatMap(({ aims }) => aims.map(({ by }) => by)),
    ...indicators.flatMap(({ claimedBy, points }) => [claimedBy, ...points.map(({ by }) => by)]),
  ].filter((name) => name !== null);
  const names = people.flatMap((name) => [name, ...namesIn(name)]);
  const citations = [
    ...questions.flatMap((each) => [...each.citations, ...each.sources.map(({ name }) => name)]),
    ...Object.values(nodes).flatMap(({ kind, citation }) => (kind === "source" ? [citation ?? ""] : [])),
    ...questions.flatMap(({ claims }) => claims.flatMap((claim) => claim.citations)),
    ...sources.flatMap(({ url }) => [url ?? ""]),
  ];
  const all = new Set([...names.filter((name) => !actors.has(name)), ...citations]);
  return [...all].filter((text) => text !== "").toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

/** “A and B”, “A, on B's words” and “A, after B (2022)” name A and B each. */
function namesIn(text: string): string[] {
  const parts = text
    .split(/ and |, (?:on|after|citing|as reported by) /)
    .map((part) => part.replace(/ \(\d[^)]*\)$|'s words$/, ""));
  return parts.filter((part) => /^\p{Lu}[\p{L}.’'-]+(?: \p{Lu}[\p{L}.’'-]*)*$/u.test(part));
}

/** A copy in which no text holds any of the secrets; keys and ids stay, so that references still lead somewhere. */
export function withheld<T>(data: T, secrets: readonly string[]): T {
  if (secrets.length === 0) return data;
  const escaped = secrets.map((text) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
  const any = new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join("|")})(?![\\p{L}\\p{N}])`, "gu");
  const done = new Map<string, string>();
  const clean = (text: string): string => {
    // Without a capital letter or a point there is neither a name nor an address.
    if (!/[\p{Lu}.]/u.test(text)) return text;
    const known = done.get(text);
    if (known !== undefined) return known;
    const made = text.replaceAll(any, WITHHELD);
    done.set(text, made);
    return made;
  };
  const copy = (value: unknown): unknown => {
    if (typeof value === "string") return clean(value);
    if (Array.isArray(value)) return typeof value[0] === "number" ? value : value.map(copy);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, IDS.has(key) || isReasons(key, part) ? part : copy(part)]),
    );
  };
  return copy(data) as T;
}

/** Fields that are ids: what refers to them must find them. */
const IDS = new Set(["id", "node", "casePath", "path", "hash", "digest", "line"]);

/** `because` is a list of ids, or a reason in words. */
const isReasons = (key: string, value: unknown): boolean => key === "because" && Array.isArray(value);
