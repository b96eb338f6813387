import { z } from "zod";
import { points, pointsRange } from "../../assess/index.ts";
import { nearest, ParleyError } from "../../core/problems/index.ts";
import { commandOf } from "../commands.ts";
import { origin, originOf, reproduction } from "../origin.ts";
import { caseId, defineTool, moreOf, pageInput, pageOf, pageOutput, viewInput } from "../tool.ts";

const USUAL = 10;
const span = z.object({ low: z.number(), high: z.number() });

const effect = z.object({
  output: z.string(),
  label: z.string(),
  unit: z.string(),
  base: z.number(),
  result: z.number(),
  difference: z.number().describe("With the lever less without, on the same chance."),
  se: z.number().describe("Standard error of the difference."),
  range: span.describe("Of the difference, over the readings, stress tests left out."),
  stress: span.nullable(),
  readings: z.array(z.object({ reading: z.string().nullable(), difference: z.number(), se: z.number() })),
  reproduce: reproduction,
});

const lever = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(["option", "sensitivity"]).describe("What parties could do, or what could happen."),
  doneBy: z.array(z.string()),
  consentOf: z.array(z.string()),
  because: z.string().nullable(),
  citations: z.array(z.string()),
  changes: z.array(
    z.object({ path: z.string(), label: z.string(), unit: z.string(), from: z.number(), to: z.number() }),
  ),
  effects: z.array(effect),
  from: origin,
});

/** `pull_levers`: what would change if somebody did something. */
export const pullLevers = defineTool({
  name: "pull_levers",
  title: "Pull levers",
  description:
    "What the levers of a case change in its simulation, everything else equal: options (who could do them, whose consent they need) and sensitivities, each with the difference it makes, its standard error and its range over readings. Ask about one output at a time; the answer lists them.",
  long: true,
  input: z.strictObject({
    case: caseId,
    lever: z.string().max(200).optional().describe("One lever, by its id, on all outputs; all levers unless given."),
    kind: z.enum(["option", "sensitivity"]).optional(),
    output: z.string().max(200).optional().describe("What is looked at; the case's first question unless given."),
    ...viewInput,
    ...pageInput(40, USUAL),
  }),
  output: z.object({
    case: z.string(),
    seed: z.int(),
    runs: z.int().describe("Trajectories without and with each lever, under the reading looked at."),
    outputs: z.array(z.object({ id: z.string(), label: z.string(), unit: z.string() })),
    levers: z.array(lever).describe("The strongest first."),
    ...pageOutput,
  }),
  async answer(input, desk) {
    const { shelved, assessment } = await desk.assess(input.case, input);
    const { sensitivity } = assessment;
    if (sensitivity === null) {
      throw ParleyError.of("usage", {
        detail: "the simulation does not apply: the case has no war of two sides",
        hint: "parley schema describes the section war",
      });
    }
    const { outputs } = sensitivity;
    const wanted = input.output ?? outputs[0]?.id;
    expectOneOf("output", input.output, outputs);
    expectOneOf("lever", input.lever, sensitivity.levers);
    const command = commandOf("assess", shelved, input);
    const shown = sensitivity.levers
      .map((each, l) => ({ each, l }))
      .filter(({ each }) => (input.lever ?? each.id) === each.id && (input.kind ?? each.kind) === each.kind)
      .map(({ each, l }) => {
        const effects = each.effects
          .map((found, w) => ({ found, w }))
          .filter(({ found }) => (input.lever !== undefined && input.output === undefined) || found.output === wanted)
          .map(({ found, w }): z.input<typeof effect> => {
            const { label = found.output, unit = "" } = outputs.find(({ id }) => id === found.output) ?? {};
            const at = `sensitivity.levers[${l}].effects[${w}]`;
            return { ...found, label, unit, reproduce: { command, at } };
          });
        return { each, effects };
      })
      .toSorted((a, b) => Math.abs(b.effects[0]?.difference ?? 0) - Math.abs(a.effects[0]?.difference ?? 0));
    const { items, ...page } = pageOf(shown, input, USUAL);
    const text = [
      ...items.flatMap(({ each, effects }) =>
        effects.slice(0, 1).map(({ label, difference, se, range, unit }) => {
          const isChance = unit === "probability";
          const by = isChance ? points(difference) : difference.toFixed(3);
          const over = isChance
            ? pointsRange(range.low, range.high)
            : `${range.low.toFixed(3)} to ${range.high.toFixed(3)}`;
          const error = isChance ? `${(100 * se).toFixed(1)} points` : se.toFixed(3);
          return `${each.name}: ${label} ${by} (standard error ${error}; over readings ${over})`;
        }),
      ),
      ...moreOf(page),
      `Again: ${command}`,
    ].join("\n");
    return {
      text,
      data: {
        case: input.case,
        seed: sensitivity.seed,
        runs: sensitivity.leverRuns,
        outputs: outputs.map(({ id, label, unit }) => ({ id, label, unit })),
        levers: items.map(({ each, effects }) => ({
          id: each.id,
          name: each.name,
          kind: each.kind,
          doneBy: each.doneBy,
          consentOf: each.consentOf,
          because: each.because,
          citations: each.citations,
          changes: each.changes,
          effects,
          from: originOf(assessment, each.node),
        })),
        ...page,
      },
    };
  },
});

function expectOneOf(kind: string, value: string | undefined, all: readonly { readonly id: string }[]): void {
  const known = all.map(({ id }) => id);
  if (value === undefined || known.includes(value)) return;
  throw ParleyError.of("unknown-reference", {
    kind,
    value,
    near: nearest(value, known),
    known: known.length === 0 ? `the case has none` : `there are: ${known.join(", ")}`,
  });
}
