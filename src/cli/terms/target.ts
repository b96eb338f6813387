import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { bindDynamics, bindTerms, type ReservationBasis, warWorths } from "../../assess/index.ts";
import { reasonOf } from "../../case/folder.ts";
import { type Case, type View, viewCase } from "../../case/index.ts";
import { ParleyError, type Problem } from "../../core/problems/index.ts";
import { readNegotiation, type SourceFile } from "../../formats/negotiation/index.ts";
import type { Domain, OpenPackage } from "../../terms/index.ts";
import { isBundled, openDossier } from "../target.ts";

/** What the negotiation analysis is asked about. */
export interface TermsSubject {
  readonly title: string;
  readonly domain: Domain;
  readonly proposals: Readonly<Record<string, OpenPackage>>;
  /** What people read for a party, an issue, an option or a proposal. */
  readonly names: TermsNames;
  readonly reservations: readonly ReservationBasis[];
  /** What was taken for granted, or what a foreign file says that cannot be held. */
  readonly notes: readonly string[];
  readonly content: Case | undefined;
  readonly problems: readonly Problem[];
}

export interface TermsNames {
  party(id: string): string;
  issue(id: string): string;
  option(issue: string, id: string): string;
  proposal(id: string): string;
}

const SAME: TermsNames = {
  party: (id) => id,
  issue: (id) => id,
  option: (_, id) => id,
  proposal: (id) => id,
};

/** Files that foreign formats of negotiation domains are made of. */
const FOREIGN = /\.(xml|json|ya?ml)$/i;

/**
 * Opens what a target means: a case, or a folder or file of GENIUS, GeniusWeb or NegMAS.
 *
 * @throws ParleyError where it cannot be read, has errors, or has nothing to negotiate
 */
export function openTerms(target: string, view: View, seed: number): TermsSubject {
  const files = foreignFiles(target);
  return files === undefined ? fromCase(target, view, seed) : fromFiles(target, files);
}

/** The files of a foreign domain; undefined where the target is a case. */
function foreignFiles(target: string): SourceFile[] | undefined {
  if (target === "-" || isBundled(target) || !existsSync(target)) return undefined;
  const folder = statSync(target).isDirectory() ? target : dirname(target);
  const isFile = folder !== target;
  if (isFile && !FOREIGN.test(target)) return undefined;
  if (isFile && /^\s*parley\s*:/m.test(readText(target))) return undefined;
  if (!isFile && existsSync(join(folder, "case.yaml"))) return undefined;
  return readdirSync(folder)
    .filter((name) => FOREIGN.test(name) && !/^[._]/.test(name))
    .sort()
    .map((name) => ({ name, text: readText(join(folder, name)) }));
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw ParleyError.of("file-unreadable", { path, reason: reasonOf(error) });
  }
}

function fromFiles(target: string, files: readonly SourceFile[]): TermsSubject {
  const { domain, problems, notes } = readNegotiation(files);
  if (domain === undefined) throw new ParleyError(problems);
  return {
    title: domain.name ?? basename(target),
    domain,
    proposals: {},
    names: SAME,
    reservations: [],
    notes,
    content: undefined,
    problems,
  };
}

function fromCase(target: string, view: View, seed: number): TermsSubject {
  const { case: content, problems } = viewCase(openDossier(target), view);
  if (content === undefined) throw new ParleyError(problems);
  const { inputs: war } = bindDynamics(content);
  const { inputs, doesNotApply } = bindTerms(content, war === undefined ? undefined : warWorths(war, seed));
  if (inputs === undefined) {
    throw ParleyError.of("usage", {
      detail: `the negotiation analysis does not apply: ${doesNotApply}`,
      hint: "parley schema describes the sections issues and positions; ukraine-2024 shows them",
    });
  }
  const { domain, proposals, reservations, assumed } = inputs;
  return {
    title: content.title,
    domain,
    proposals,
    names: {
      party: (id) => content.parties[id]?.name ?? id,
      issue: (id) => content.issues[id]?.name ?? id,
      option: (issue, id) => content.issues[issue]?.options[id]?.name ?? id,
      proposal: (id) => content.proposals[id]?.name ?? id,
    },
    reservations,
    notes: assumed,
    content,
    problems,
  };
}

/** A package from words: `territory=line-de-facto,alignment=neutral|armed-non-aligned`. @throws ParleyError where it is none */
export function packageFrom(option: string, text: string): OpenPackage {
  const out: Record<string, string | readonly string[]> = {};
  for (const part of text.split(",")) {
    const equals = part.indexOf("=");
    const issue = part.slice(0, Math.max(0, equals)).trim();
    const options = part
      .slice(equals + 1)
      .split("|")
      .map((each) => each.trim());
    if (equals < 1 || issue === "" || options.some((each) => each === "")) {
      const expected = "issue=option, several parted by commas; issue=one|other leaves the choice open";
      throw ParleyError.of("invalid-option", { option, value: part.trim(), expected });
    }
    out[issue] = options.length === 1 ? (options[0] ?? "") : options;
  }
  return out;
}
