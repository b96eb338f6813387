import { z } from "zod";
import { percent, searchPackages as search } from "../../assess/index.ts";
import { commandOf } from "../commands.ts";
import { viewOf } from "../desk.ts";
import { reproduction } from "../origin.ts";
import { partiesTold, seat } from "../seats.ts";
import { caseId, defineTool, moreOf, pageInput, pageOutput, viewInput } from "../tool.ts";
import { packageInput, packageWord } from "./evaluate-package.ts";

const USUAL = 10;
const outcome = z.record(z.string(), z.string());
const zone = {
  exists: z.boolean(),
  says: z.string(),
  size: z.string().nullable().describe("Packages that nobody who must accept refuses, in decimal digits."),
  packages: z.string().nullable().describe("Packages that red lines leave."),
};

/** `search_packages`: terms that every party who must accept could live with. */
export const searchPackages = defineTool({
  name: "search_packages",
  title: "Search for packages",
  description:
    "Searches the terms of a case for packages that nobody who must accept would refuse and that waste nothing, with some issues held to what you name: whether there are any, how many under each reading, the focal ones (Nash, Kalai-Smorodinsky, egalitarian), and the packages themselves, the best first for a party or for the one who gains least. Exact at central values; each package with its chance where values are drawn.",
  long: true,
  input: z.strictObject({
    case: caseId,
    hold: packageInput.optional().describe("Issues held to an option, or to some: nothing unless given."),
    best: z.string().max(200).optional().describe("A party to order by; the one who gains least unless given."),
    ...viewInput,
    ...pageInput(50, USUAL),
  }),
  output: z.object({
    case: z.string(),
    zone: z.object(zone),
    readings: z.array(z.object({ reading: z.string().nullable(), name: z.string(), ...zone })),
    solutions: z.array(
      z.object({
        concept: z.string(),
        outcome,
        utilities: z.array(z.number()),
        ties: z.int(),
        exact: z.boolean(),
        reproduce: reproduction,
      }),
    ),
    exact: z.boolean().describe("Whether all undominated packages were found."),
    draws: z.int(),
    packages: z.array(
      z.object({
        outcome,
        words: z.string(),
        utilities: z.array(z.number()).describe("By party, in the order of parties."),
        chance: z.object({ p: z.number(), se: z.number() }).describe("That nobody refuses it, with values drawn."),
        readings: z
          .array(z.object({ reading: z.string().nullable(), acceptable: z.boolean().nullable() }))
          .describe("Whether nobody refuses it, by reading."),
        reproduce: reproduction,
      }),
    ),
    ...pageOutput,
    parties: z.array(seat),
    assumed: z.array(z.string()),
    reproduce: reproduction,
  }),
  async answer(input, desk) {
    const { shelved, dossier } = await desk.open(input.case);
    const { hold = {}, best, seed, offset = 0, limit = USUAL } = input;
    const found = search(dossier, viewOf(input), { lock: hold, best, seed, offset, limit });
    const held = Object.keys(hold).length === 0 ? [] : ["--lock", packageWord(hold)];
    const command = commandOf("terms", shelved, input, held);
    const end = offset + found.packages.length;
    const page = { total: found.total, next: end < found.total ? end : null };
    const exist = found.readings.filter(({ exists }) => exists).length;
    const text = [
      `${found.zone.exists ? `A deal exists: ${found.zone.size ?? "many"} packages` : `No deal: ${found.zone.says}`}; in ${exist} of ${found.readings.length} readings there is one.`,
      ...found.packages
        .slice(0, 5)
        .map(({ words, chance }) => `${words} (with values drawn nobody refuses in ${percent(chance.p)})`),
      ...moreOf(page),
      `Again: ${command}`,
    ].join("\n");
    return {
      text,
      data: {
        case: input.case,
        zone: found.zone,
        readings: found.readings.map(({ kind: _, ...each }) => each),
        solutions: found.solutions.map(({ words: _, ...each }) => ({
          ...each,
          reproduce: { command, at: `solutions.${each.concept}` },
        })),
        exact: found.exact,
        draws: found.draws,
        packages: found.packages.map((each) => {
          const word = packageWord(each.outcome);
          return {
            outcome: { ...each.outcome },
            words: each.words,
            utilities: [...each.utilities],
            chance: each.chance,
            readings: each.readings.map((under) => ({ ...under })),
            reproduce: {
              command: commandOf("terms", shelved, input, ["--propose", word, "--chances"]),
              at: `proposals["${word}"]`,
            },
          };
        }),
        ...page,
        parties: partiesTold(found.parties),
        assumed: [...found.assumed],
        reproduce: { command, at: "zopa" },
      },
    };
  },
});
