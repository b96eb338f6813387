import type { Case } from "../case/index.ts";
import { bindDynamics } from "./inputs/dynamics.ts";
import { bindLevers } from "./inputs/levers.ts";

/** A parameter of the simulation as something that can be moved by hand. */
export interface Control {
  readonly path: string;
  readonly label: string;
  readonly unit: string;
  /** As the case has it. */
  readonly text: string;
  readonly central: number;
  /** From its 5 % to its 95 % point; null where the case takes it as certain. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** Between which values it is plausible to move it: its 1 % and 99 % points, or what is plausible in any war. */
  readonly span: { readonly low: number; readonly high: number };
  readonly assumed: boolean;
}

/** What a lever sets when it is pulled: values of the case by their paths. */
export interface LeverSets {
  readonly id: string;
  readonly sets: readonly { readonly path: string; readonly value: number }[];
}

/** What can be moved in the war of a case, and what each of its levers would set. */
export interface WarControls {
  readonly parameters: readonly Control[];
  readonly levers: readonly LeverSets[];
}

const [OUTER, INNER] = [0.01, 0.05] as const;

/** Everything of a case's war that can be set by hand; null where it has no war of two sides. */
export function warControls(content: Case): WarControls | null {
  const { inputs } = bindDynamics(content);
  if (inputs === undefined) return null;
  const drawn = new Map(inputs.uncertain.map((each) => [each.index, each] as const));
  const parameters = new Map<string, Control>();
  for (const { path, label, unit, text, central, index, assumed } of inputs.parameters) {
    // A place of the case may set several parameters of the engine: it is moved once.
    if (parameters.has(path)) continue;
    const uncertain = drawn.get(index);
    const info = inputs.layout.info(index);
    const [low, high] =
      uncertain === undefined ? [info.low, info.high] : [uncertain.quantile(OUTER), uncertain.quantile(1 - OUTER)];
    parameters.set(path, {
      path,
      label,
      unit,
      text,
      central,
      interval:
        uncertain === undefined ? null : { low: uncertain.quantile(INNER), high: uncertain.quantile(1 - INNER) },
      span: { low: Math.min(low, central), high: Math.max(high, central) },
      assumed,
    });
  }
  const levers = bindLevers(content, inputs).levers.map(({ id, changes }) => ({
    id,
    sets: changes.map(({ path, to }) => ({ path, value: to })),
  }));
  return { parameters: [...parameters.values()], levers };
}
