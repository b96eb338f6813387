import { type FormulaFault, isFormulaFault, parseFormula } from "../../core/formulas/index.ts";
import { nearest } from "../../core/problems/index.ts";
import type { Raw, RawMap } from "../parse/yaml.ts";
import type { GraphSection } from "../schema/graph.ts";
import { isMapping } from "../schema/walk.ts";
import type { Findings } from "./sense.ts";
import { entriesOf } from "./sense.ts";
import { valueAt } from "./shape.ts";

/** A state by Y and N, one for each option: the names of situations are lower-case. */
export const STATE_CODE = /^[YN]+$/;

/** The options of a case's graph model, by their names: `russia.attack`, or `attack` where only one party has it. */
export class GraphOptions {
  /** `party.option` in the order of the model. */
  readonly ids: readonly string[];
  readonly #positions = new Map<string, number>();
  readonly #owners = new Map<string, string[]>();

  /** @param options options by party, as in the case file */
  constructor(options: Readonly<Record<string, Readonly<Record<string, unknown>>>>) {
    const ids: string[] = [];
    for (const [party, own] of Object.entries(options)) {
      for (const option of Object.keys(own)) {
        this.#positions.set(`${party}.${option}`, ids.length);
        this.#owners.set(option, [...(this.#owners.get(option) ?? []), party]);
        ids.push(`${party}.${option}`);
      }
    }
    this.ids = ids;
  }

  /** The options of a case whose shape was not checked. */
  static ofRaw(raw: RawMap): GraphOptions {
    const options = valueAt(raw, ["graph", "options"]);
    const mappings: [string, RawMap][] = [];
    for (const [party, own] of Object.entries(isMapping(options) ? options : {})) {
      mappings.push([party, isMapping(own as Raw) ? (own as RawMap) : {}]);
    }
    return new GraphOptions(Object.fromEntries(mappings));
  }

  resolve(name: string): number | "unknown" | "ambiguous" {
    const position = this.#positions.get(name);
    if (position !== undefined) return position;
    const owners = this.ownersOf(name);
    if (owners.length > 1) return "ambiguous";
    return this.#positions.get(`${owners[0]}.${name}`) ?? "unknown";
  }

  /** Parties that have an option of that name. */
  ownersOf(option: string): readonly string[] {
    return this.#owners.get(option) ?? [];
  }

  /** The option that a mistyped name may mean. */
  near(name: string): string | undefined {
    return nearest(name, this.ids) ?? nearest(name, this.#owners.keys());
  }

  /** Why a text is no statement about these options; undefined where it is one. */
  faultOf(statement: string): FormulaFault | undefined {
    const read = parseFormula(statement, (name) => this.resolve(name));
    return isFormulaFault(read) ? read : undefined;
  }
}

/** Checks of a graph model that need no look at its states: those that do are made when it is bound to its engine. */
export function checkGraph(findings: Findings): void {
  const { graph } = findings.content;
  if (graph === undefined) return;
  for (const key of ["exclusive", "atLeastOne"] as const) {
    for (const [index, { options }] of (graph[key] ?? []).entries()) {
      const least = key === "exclusive" ? 2 : 1;
      if (new Set(options).size >= least) continue;
      findings.add("too-few-options", ["graph", key, index], { thing: key, least });
    }
  }
  for (const [party, uncertainty] of entriesOf(graph.uncertain)) checkUncertainty(findings, graph, party, uncertainty);
}

type Uncertainty = NonNullable<GraphSection["uncertain"]>[string];

/** Probabilities as people round them: three thirds of 0.34 each are meant to be one. */
const TOL_SUM = 0.021;

function checkUncertainty(findings: Findings, graph: GraphSection, party: string, uncertainty: Uncertainty): void {
  const path = ["graph", "uncertain", party];
  if (Array.isArray(uncertainty)) {
    const sum = uncertainty.reduce((total, { probability }) => total + probability.central, 0);
    if (sum > 1 + TOL_SUM) findings.add("chances-sum", path, { party, sum }, "key");
    return;
  }
  const own = graph.preferences?.[party];
  if (own === undefined || !("statements" in own)) findings.add("swap-without-order", path, { party }, "key");
}
