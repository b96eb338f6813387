import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Case } from "../case/index.ts";
import { keptFor } from "../core/kept/index.ts";
import type { DynamicsInputs } from "./inputs/dynamics.ts";
import type { GraphInputs } from "./inputs/graph.ts";

/**
 * What results depend on, as short texts: an edit of one section leaves the results of the others as they are. Each holds every
 * input of its engine, and nothing else.
 */

const digest = (value: unknown): string => bytesToHex(sha256(utf8ToBytes(JSON.stringify(value)))).slice(0, 32);

/** Of a part of a case; of parts that did not change it is made once. */
const partDigest = keptFor((part: object) => digest(part));

/** What the ensemble is run from: the layout, the central values, and how the uncertain ones are spread. */
export function dynamicsKey({ layout, vector, uncertain, parameters }: DynamicsInputs): string {
  const drawn = uncertain.map(({ index }) => parameters.find((each) => each.index === index)?.text);
  return digest([layout.size, [...vector], drawn]);
}

/** What the negotiation analysis reads: its sections, names, and the war where a party's alternative is to fight on. */
export function termsKey(content: Case, war: DynamicsInputs | undefined): string {
  const { issues, positions, exclusions, interactions, proposals, parties, title } = content;
  const names = Object.entries(parties).map(([id, { name }]) => [id, name]);
  const fights = Object.values(positions).some(({ reservation }) => reservation === "from-war");
  const parts = [issues, positions, exclusions, interactions, proposals].map((part) => partDigest(part, ""));
  return digest([title, names, parts, fights && war !== undefined ? [war.sides, dynamicsKey(war)] : null]);
}

/** What the graph model is analysed from: states, moves, preferences, situations, and what is uncertain. */
export function graphKey({ conflict, uncertain, situations, statusQuo }: GraphInputs): string {
  const named = situations.map(({ id, states }) => [id, states]);
  return digest([conflict, uncertain, named, statusQuo ?? null]);
}
