import { type Case, type Dossier, type View, viewCase } from "../case/index.ts";
import { madeOnce } from "../core/kept/index.ts";
import { bindDynamics, type DynamicsBinding } from "./inputs/dynamics.ts";
import { bindGraph, type GraphBinding } from "./inputs/graph.ts";

/** Views of one dossier that are kept: every reading of a few states of the page. */
const MOST = 64;

type Looked = ReturnType<typeof viewCase>;

const looks = new WeakMap<Dossier, (key: string, make: () => Looked) => Looked>();

/** Looks at a case as `viewCase` does; the same view of the same dossier gives the same case, and is looked at once. */
export function lookAt(dossier: Dossier, view: View): Looked {
  let once = looks.get(dossier);
  if (once === undefined) {
    once = madeOnce(MOST);
    looks.set(dossier, once);
  }
  const { reading, asOf, strictAsOf = false, sets = [] } = view;
  return once(JSON.stringify([reading ?? null, asOf ?? null, strictAsOf, sets]), () => viewCase(dossier, view));
}

const dynamics = new WeakMap<Case, DynamicsBinding>();

/** Binds a case to the simulation, once. */
export function dynamicsOf(content: Case): DynamicsBinding {
  const known = dynamics.get(content) ?? bindDynamics(content);
  dynamics.set(content, known);
  return known;
}

const graphs = new WeakMap<Case, GraphBinding>();

/** Binds a case to the graph model, once. */
export function graphOf(content: Case): GraphBinding {
  const known = graphs.get(content) ?? bindGraph(content);
  graphs.set(content, known);
  return known;
}
