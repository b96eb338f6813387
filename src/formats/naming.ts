import { identifierOf } from "../reader/index.ts";

/** Longest name that a case shows; texts may be longer. */
const LONGEST = 500;

/** Gives identifiers for names, each once: `Air strike` becomes `air-strike`, the next of that name `air-strike-2`. */
export function namer(otherwise: string): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    const base = identifierOf(name) || otherwise;
    let id = base;
    for (let count = 2; taken.has(id); count += 1) id = `${base}-${count}`;
    taken.add(id);
    return id;
  };
}

/** A name as a case can hold it: in one line, not empty, not too long. */
export function shownName(name: string, otherwise: string): string {
  const line = name.replaceAll(/\s+/g, " ").trim();
  return line === "" ? otherwise : line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
