import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createStream, purpose } from "../../src/core/random/index.ts";
import { readNegmas } from "../../src/formats/negotiation/index.ts";
import {
  analyse,
  type Domain,
  judgeProposal,
  makeArena,
  makeSpace,
  mergedFrontier,
  objectiveOf,
  runSession,
  Search,
  STRATEGIES,
} from "../../src/terms/index.ts";
import { milliseconds, type Report } from "../measure.ts";

/** Domains of random weights and values, each party's best package worth 1 to it and its worst 0. */
function randomDomain(sizes: readonly number[], parties: number, seed: number, reservation?: number): Domain {
  const stream = createStream(seed, purpose("TERM"));
  let drawn = 0;
  const unit = () => stream.uniform(0, 0, drawn++);
  const issues = sizes.map((size, k) => ({
    name: `issue ${k}`,
    options: Array.from({ length: size }, (_, o) => `option ${o}`),
  }));
  return {
    issues,
    parties: Array.from({ length: parties }, (_, i) => {
      const weights = sizes.map(unit);
      const sum = weights.reduce((total, weight) => total + weight, 0);
      const stances = issues.map(({ name, options }, k) => {
        const values = options.map(unit);
        const [low, high] = [Math.min(...values), Math.max(...values)];
        const table = Object.fromEntries(options.map((option, o) => [option, (values[o]! - low) / (high - low)]));
        return [name, { weight: weights[k]! / sum, values: { kind: "table" as const, values: table } }] as const;
      });
      return { name: `party ${i}`, reservation, utility: { issues: Object.fromEntries(stances) } };
    }),
  };
}

/** The domain of AgentHp2 (ANAC 2016): eight prices from 8 to 14, three parties; its files where they are, else its numbers. */
function agentHp2(): Domain {
  const folder = join(process.env["PARLEY_SHARED"] ?? "../shared", "vectors/terms/24-agenthp2-5.8M");
  if (existsSync(folder)) {
    const files = readdirSync(folder)
      .filter((name) => name.endsWith(".yml"))
      .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
    return readNegmas(files).domain!;
  }
  const numbers = [8, 9, 10, 11, 12, 13, 14];
  const issues = Array.from({ length: 8 }, (_, k) => ({
    name: `price ${k}`,
    options: numbers.map(String),
    ordered: true,
    numbers,
  }));
  const slopes = [
    [-83 / 6000, -83 / 6000, -83 / 6000, -83 / 6000, -83 / 6000, -17 / 1200, -1 / 24, -1 / 24],
    Array.from({ length: 8 }, () => 1 / 48),
    [-1 / 75, -1 / 75, -1 / 75, -1 / 75, -1 / 75, 1 / 30, 1 / 30, 1 / 30],
  ];
  return {
    issues,
    parties: slopes.map((slope, i) => ({
      name: `party ${i}`,
      reservation: 0,
      utility: {
        bias: [7 / 3, -4 / 3, 2 / 15][i],
        issues: Object.fromEntries(
          issues.map(({ name }, k) => [name, { weight: 1, values: { kind: "affine" as const, slope: slope[k]! } }]),
        ),
      },
    })),
  };
}

export default async function (report: Report): Promise<void> {
  const row = (name: string, task: () => void, note: string) => report({ name, ms: milliseconds(task), note });
  const concepts = ["nash", "kalaiSmorodinsky", "egalitarian", "utilitarian"] as const;

  const prices = agentHp2();
  const hp2 = analyse(prices, { concepts });
  row(
    "AgentHp2, all of it",
    () => analyse(prices, { concepts }),
    `${hp2.outcomes} packages, ${hp2.frontier.points.size} points; NegMAS: frontier over 200 s`,
  );

  const five = randomDomain([4, 4, 4, 5, 5, 5, 5, 6], 5, 2);
  const fiveParties = analyse(five, { concepts });
  row(
    "five parties, all of it",
    () => analyse(five, { concepts }),
    `${fiveParties.outcomes} packages, ${fiveParties.frontier.points.size} points; NegMAS: frontier of 240 000 in 87 s`,
  );

  const opposed = opposedDomain();
  const many = mergedFrontier(makeSpace(opposed), true);
  row(
    "five parties, opposed, frontier and solutions",
    () => analyse(opposed, { concepts }),
    `240 000 packages, ${many.points.size} points`,
  );

  const wide = randomDomain(
    Array.from({ length: 20 }, () => 20),
    2,
    1,
  );
  const size = mergedFrontier(makeSpace(wide), true).points.size;
  row(
    "20 issues of 20 options, two parties, frontier",
    () => mergedFrontier(makeSpace(wide), true),
    `10^26 packages, ${size} points, exact`,
  );

  const deep = randomDomain(
    Array.from({ length: 12 }, () => 8),
    4,
    1,
    0.5,
  );
  const first = Object.fromEntries(deep.issues.map(({ name, options }) => [name, options[0]!]));
  row(
    "12 issues of 8 options, four parties, Nash",
    () => {
      const search = new Search(makeSpace(deep));
      const ideals = search.ideals();
      if (ideals !== undefined) search.best(objectiveOf(makeSpace(deep), "nash", ideals));
    },
    "7 x 10^10 packages, exact, no frontier",
  );
  row("the same, verdict and nearest packages", () => judgeProposal(makeSpace(deep), first), "exact, four packages");

  const table = makeArena(randomDomain([3, 3, 4, 4, 5, 5], 2, 6, 0.3));
  const names = Object.keys(STRATEGIES);
  const strategies = (session: number) => [
    STRATEGIES[names[session % 5]!]!,
    STRATEGIES[names[Math.floor(session / 5) % 5]!]!,
  ];
  row(
    "10 000 sessions of alternating offers, 100 rounds",
    () => {
      for (let session = 0; session < 10_000; session++) {
        runSession(table, strategies(session), { rounds: 100, index: session, trace: false });
      }
    },
    `${table.packages} packages, every pair of five strategies; NegMAS: 3 to 32 sessions a second`,
  );
}

/** 240 000 packages whose options give one party what they take from the others, but for a share, so that many are undominated. */
function opposedDomain(): Domain {
  const domain = randomDomain([4, 4, 5, 5, 5, 5, 24], 5, 3);
  const stream = createStream(4, purpose("TERM"));
  const opposed = domain.issues.map(({ options }, k) =>
    options.map((_, o) => {
      const values = domain.parties.map((_, i) => stream.uniform(i, k, o));
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return values.map((value) => value - OPPOSITION * mean);
    }),
  );
  const parties = domain.parties.map((party, i) => {
    const issues = domain.issues.map(({ name, options }, k) => {
      const values = Object.fromEntries(options.map((option, o) => [option, opposed[k]![o]![i]!]));
      return [name, { weight: 1 / 7, values: { kind: "table" as const, values } }] as const;
    });
    return { ...party, utility: { issues: Object.fromEntries(issues) } };
  });
  return { ...domain, parties };
}

/** How much of what the parties have in common is taken away: 1 leaves nothing but conflict. */
const OPPOSITION = 0.4;
