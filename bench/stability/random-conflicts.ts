import type { OptionForm } from "../../src/stability/index.ts";

/** The 32-bit generator of random conflicts: Mulberry32, so that anybody can make the same ones. */
function mulberry32(seed: number): () => number {
  let a = seed | 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Rankings from the best to the worst of each of three decision makers, shuffled one after the other from one stream. */
export function randomRankings(options: number, seed: number): Int32Array[] {
  const size = 1 << options;
  const random = mulberry32(seed);
  return Array.from({ length: 3 }, () => {
    const ranking = Int32Array.from({ length: size }, (_, s) => s);
    for (let i = size - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [ranking[i], ranking[j]] = [ranking[j]!, ranking[i]!];
    }
    return ranking;
  });
}

/** A conflict of three decision makers with strict random preferences over all combinations of their options. */
export function randomConflict(options: number, seed: number): OptionForm {
  const size = 1 << options;
  return {
    form: "options",
    decisionMakers: randomRankings(options, seed).map((ranking, d) => {
      const payoffs = new Int32Array(size);
      for (let k = 0; k < size; k++) payoffs[ranking[k]!] = size - k;
      const own = Math.floor(options / 3) + (d < options % 3 ? 1 : 0);
      return {
        name: `DM${d}`,
        options: Array.from({ length: own }, (_, o) => ({ name: `option ${d}.${o}` })),
        preferences: { kind: "payoffs", payoffs },
      };
    }),
  };
}
