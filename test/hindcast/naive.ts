import { parse } from "csv-parse/sync";
import { exp } from "../../src/core/math/index.ts";

/** Constant hazard, curve (where nobody is censored) and persistence on interstate wars, written out once more. */
export function naiveBriers(text: string) {
  const records: Record<string, string>[] = parse(text, { columns: true });
  const day = (cell = "") => Date.parse(cell) / 86_400_000;
  const states = (cell = "") => cell.split("; ");
  const wars = records.map((row, i) => {
    const { start, end, side1, side2 } = row;
    return { begun: day(start), last: day(end), sides: [states(side1), states(side2)] as const, lead: i };
  });
  type Sided = (typeof wars)[number];
  const fought = ({ sides: [a, b] }: Sided, x: string, y: string) =>
    (a.includes(x) && b.includes(y)) || (a.includes(y) && b.includes(x));
  const together = (a: Sided, b: Sided) =>
    Math.max(a.begun, b.begun) - Math.min(a.last, b.last) < 365 &&
    a.sides[0].some((x) => a.sides[1].some((y) => fought(b, x, y)));
  // Spread the least number through what hangs together until nothing changes.
  for (let moved = true; moved; ) {
    moved = false;
    for (const a of wars) {
      for (const b of wars) {
        if (a.lead <= b.lead || !together(a, b)) continue;
        a.lead = b.lead;
        moved = true;
      }
    }
  }
  const days = (months: number) => Math.floor(months * 30.4375 + 0.5);
  const lengthOf = ({ begun, last }: Sided) => last - begun + 1;
  const run = (past: boolean) => {
    const sums = { count: 0, constant: 0, curve: 0, persistence: 0 };
    for (const own of wars) {
      for (const age of [1, 3, 6, 12, 24, 36].map(days)) {
        if (lengthOf(own) <= age) continue;
        const on = own.begun + age;
        const others = wars
          .filter(({ lead, begun }) => lead !== own.lead && !(past && begun >= on))
          .map((war) => ({
            time: past ? Math.min(lengthOf(war), on - war.begun) : lengthOf(war),
            over: !past || war.last < on,
          }));
        const ended = others.filter(({ over }) => over).length;
        if (ended < 10) continue;
        const rate = ended / others.reduce((sum, { time }) => sum + time, 0);
        const longer = others.filter(({ time }) => time > age);
        for (const within of [3, 6, 12, 24].map(days)) {
          const came = lengthOf(own) <= age + within ? 1 : 0;
          const share = longer.filter(({ time }) => time <= age + within).length / longer.length;
          sums.count += 1;
          sums.constant += (1 - exp(-rate * within) - came) * (1 - exp(-rate * within) - came);
          sums.curve += (share - came) * (share - came);
          sums.persistence += came;
        }
      }
    }
    const { count, constant, curve, persistence } = sums;
    return { count, constant: constant / count, curve: curve / count, persistence: persistence / count };
  };
  return { others: run(false), past: run(true) };
}
