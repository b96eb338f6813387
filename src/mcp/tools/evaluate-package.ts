import { z } from "zod";
import { judgePackage, percent } from "../../assess/index.ts";
import { commandOf } from "../commands.ts";
import { viewOf } from "../desk.ts";
import { reproduction } from "../origin.ts";
import { partiesTold, seat } from "../seats.ts";
import { caseId, defineTool, viewInput } from "../tool.ts";

/** A package as an assistant writes it. */
export const packageInput = z
  .record(z.string().max(200), z.union([z.string().max(200), z.array(z.string().max(200)).min(1).max(50)]))
  .refine((asked) => Object.keys(asked).length > 0, "expected one issue with an option at least");
export type PackageInput = z.output<typeof packageInput>;

/** A package as the command line has it: `territory=line-de-facto,alignment=neutral|limited`. */
export function packageWord(asked: PackageInput): string {
  return Object.entries(asked)
    .map(([issue, option]) => `${issue}=${typeof option === "string" ? option : option.join("|")}`)
    .join(",");
}

const outcome = z.record(z.string(), z.string());
const accepts = z.enum(["yes", "no", "depends"]);

const verdict = z.object({
  party: z.string(),
  accepts,
  worst: z.number().describe("What its worst completion is worth to the party, 0 to 1."),
  best: z.number(),
  surplus: z.number().nullable().describe("The best over what it gets without agreement."),
  redLines: outcome.describe("Options that cross its red lines."),
  shortfall: z.number().describe("What is missing to what it gets without agreement."),
  issues: z.record(z.string(), z.number()).describe("The shortfall by issue."),
  chance: z.number().nullable().describe("That it accepts the best completion, with values drawn."),
});

/** `evaluate_package`: who would accept it, who would not, and on what. */
export const evaluatePackage = defineTool({
  name: "evaluate_package",
  title: "Evaluate a package",
  description:
    "Judges terms of a settlement that need not be in the case: what each party would make of them, who refuses and on which issue, the chance that nobody refuses with uncertain values drawn, what is nearest that nobody would refuse, and the verdict under every reading. An issue left out is open, and so is a list of options.",
  long: true,
  input: z.strictObject({
    case: caseId,
    package: packageInput.describe('Issues with an option, or a list of them: {"territory": "line-de-facto"}.'),
    ...viewInput,
  }),
  output: z.object({
    case: z.string(),
    acceptable: z.boolean().nullable().describe("Whether some completion is one that nobody who must accept refuses."),
    feasible: z.boolean(),
    open: z.array(z.string()).describe("Issues that it leaves open."),
    completion: outcome.nullable().describe("The completion that comes nearest to what all would accept."),
    chance: z.object({ p: z.number(), se: z.number() }).nullable().describe("That nobody refuses that completion."),
    draws: z.int(),
    verdicts: z.array(verdict),
    dominatedBy: z.object({ outcome, utilities: z.array(z.number()) }).nullable(),
    nearest: z.array(z.object({ changed: z.array(z.string()), outcome, utilities: z.array(z.number()) })),
    readings: z.array(
      z.object({
        reading: z.string().nullable(),
        name: z.string(),
        acceptable: z.boolean().nullable(),
        accepts: z.record(z.string(), accepts),
        surplus: z.record(z.string(), z.number()),
      }),
    ),
    parties: z.array(seat).describe("Who sits at the table; utilities above stand in this order."),
    assumed: z.array(z.string()),
    reproduce: reproduction,
  }),
  async answer(input, desk) {
    const { shelved, dossier } = await desk.open(input.case);
    const found = judgePackage(dossier, viewOf(input), input.package, { seed: input.seed });
    const word = packageWord(input.package);
    const command = commandOf("terms", shelved, input, ["--propose", word, "--chances"]);
    const names = new Map(found.parties.map(({ party, name }) => [party, name]));
    const refused = found.verdicts.filter(
      ({ accepts: says, party }) =>
        says === "no" && found.parties.some((each) => each.party === party && each.accepts !== "none"),
    );
    const yes = found.readings.filter(({ acceptable }) => acceptable === true).length;
    const text = [
      found.acceptable === true
        ? "Nobody who must accept refuses it, at its best completion."
        : `Not acceptable to all: refused by ${refused.map(({ party }) => names.get(party) ?? party).join(", ") || "nobody alone"}.`,
      `Acceptable in ${yes} of ${found.readings.length} readings.`,
      ...(found.chance === null
        ? []
        : [
            `With values drawn nobody refuses in ${percent(found.chance.p)} (standard error ${percent(found.chance.se)}).`,
          ]),
      ...refused.map(({ party, redLines, issues }) => {
        const crossed = Object.entries(redLines).map(([issue, option]) => `red line ${issue}=${option}`);
        const short = Object.entries(issues)
          .toSorted(([, a], [, b]) => b - a)
          .slice(0, 3)
          .map(([issue, part]) => `${issue} ${part.toFixed(2)}`);
        return `${names.get(party) ?? party}: ${[...crossed, ...short].join(", ")}`;
      }),
      `Again: ${command}`,
    ].join("\n");
    return {
      text,
      data: {
        case: input.case,
        acceptable: found.acceptable,
        feasible: found.feasible,
        open: found.open,
        completion: found.completion,
        chance: found.chance,
        draws: found.draws,
        verdicts: found.verdicts,
        dominatedBy:
          found.dominatedBy === null
            ? null
            : { outcome: { ...found.dominatedBy.outcome }, utilities: [...found.dominatedBy.utilities] },
        nearest: found.nearest,
        readings: found.readings.map(({ kind: _, ...each }) => each),
        parties: partiesTold(found.parties),
        assumed: [...found.assumed],
        reproduce: { command, at: `proposals["${word}"]` },
      },
    };
  },
});
