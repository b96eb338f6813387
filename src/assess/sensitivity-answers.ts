import type { Contribution, Findings } from "./answers.ts";
import { count, number } from "./format.ts";
import { percent, points, pointsRange } from "./likelihood.ts";
import type { SensitivityExhibit } from "./schema.ts";

type Exhibit = NonNullable<SensitivityExhibit>;

/** What would change the answer: the parameter that moves the simulation most, how much is chance, and the levers. */
export function changesFromSimulation({ sensitivity }: Findings): Contribution {
  if (sensitivity === null) return {};
  const [lead] = sensitivity.outputs;
  if (lead === undefined) return {};
  const parts = [tornadoWords(sensitivity, lead), driverWords(sensitivity, lead), leverWords(sensitivity, lead)];
  const said = parts.filter((part) => part !== "");
  if (said.length === 0) return {};
  return {
    headline: `Simulated, for “${lead.label}”: ${said.join("; ")}.`,
    figures: sensitivity.levers.flatMap(({ id, name, effects, node }) => {
      const effect = effects.find(({ output }) => output === lead.id);
      if (effect === undefined) return [];
      return [
        {
          id: `simulation/${id}`,
          label: `“${name}”: change of “${lead.label}”`,
          value: effect.difference,
          unit: "probability",
          low: effect.range.low,
          high: effect.range.high,
          text: points(effect.difference),
          node,
        },
      ];
    }),
    because: [sensitivity.node],
  };
}

type Output = Exhibit["outputs"][number];

function tornadoWords({ tornado, parameters }: Exhibit, lead: Output): string {
  const [bar] = tornado.find(({ output }) => output === lead.id)?.bars ?? [];
  if (bar === undefined) return "";
  const { low, high } = bar;
  return (
    `of ${count(parameters, "uncertain parameter")} “${bar.label}” (${bar.path}) moves it most, from ` +
    `${percent(low.result)} at ${number(low.value)} to ${percent(high.result)} at ${number(high.value)}`
  );
}

function driverWords({ drivers }: Exhibit, lead: Output): string {
  const found = drivers.find(({ output }) => output === lead.id);
  if (found === undefined || !(found.spread > 0)) return "";
  return (
    `${percent(found.parameterShare)} of the variance of the outcome is what is uncertain, which spreads the chance by ` +
    `${(found.spread * 100).toFixed(0)} points either way; the rest is chance inside the model`
  );
}

/** The levers' range; which of them anyone should pull is not for a number to say. */
function leverWords({ levers }: Exhibit, lead: Output): string {
  const words = (["option", "sensitivity"] as const).flatMap((kind) => {
    const changes = levers
      .filter((lever) => lever.kind === kind)
      .flatMap(({ effects }) => effects.find(({ output }) => output === lead.id)?.difference ?? []);
    if (changes.length === 0) return [];
    const nouns =
      kind === "option" ? count(changes.length, "option") : count(changes.length, "sensitivity", "sensitivities");
    return [`${nouns} move it by ${pointsRange(Math.min(...changes), Math.max(...changes))}`];
  });
  return words.join(", ");
}
