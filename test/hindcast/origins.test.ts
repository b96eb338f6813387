import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MODELS } from "../../scripts/hindcast/models.ts";
import { type Ask, outcomeOf, rollingOrigins } from "../../scripts/hindcast/origins.ts";
import { daysOf, EVENT, OTHER, type Rule, trainingFor, type War } from "../../scripts/hindcast/wars.ts";

const ASK: Ask = {
  isEvent: (ending) => ending === "deal",
  ages: [1, 6, 12],
  horizons: [3, 12],
  covariates: ["x"],
};

const war = (id: string, begun: number, days: number, more: Partial<War> = {}): War => ({
  id,
  name: id,
  cluster: id,
  begun,
  days,
  ended: true,
  ending: "deal",
  known: () => ({ x: 0, kind: 0 }),
  ...more,
});

const anyWar = fc.record({
  begun: fc.integer({ min: 0, max: 4000 }),
  days: fc.integer({ min: 1, max: 1500 }),
  ended: fc.boolean(),
  deal: fc.boolean(),
  x: fc.constantFrom(0, 1),
});

const listOf = (drawn: readonly { begun: number; days: number; ended: boolean; deal: boolean; x: number }[]): War[] =>
  drawn.map(({ begun, days, ended, deal, x }, i) =>
    war(`w${i}`, begun, days, {
      // Neighbours in the list are one war, as far as leaving out goes.
      cluster: `c${Math.floor(i / 2)}`,
      ended,
      ending: ended ? (deal ? "deal" : "victory") : "",
      known: () => ({ x, kind: x }),
    }),
  );

const saidAt = (wars: readonly War[], question: string, rule: Rule) =>
  rollingOrigins(wars, ASK, rule).find((each) => each.question === question)?.said;

describe("what a forecast is fitted to", () => {
  const list = [
    war("own", 1000, 900, { cluster: "a" }),
    war("sister", 500, 100, { cluster: "a" }),
    war("over", 100, 200),
    war("won", 100, 250, { ending: "victory" }),
    war("going-on", 900, 800),
    war("later", 1100, 50),
  ];
  const [own = war("", 0, 1)] = list;
  const told = (rule: Rule) =>
    trainingFor(list, own, 1100, rule, ASK.isEvent).map(({ id, duration, ended, ending }) => [
      id,
      duration,
      ended,
      ending,
    ]);

  it("is all other wars as the list has them, without the war's own cluster", () => {
    expect(told("others")).toEqual([
      ["over", 200, true, EVENT],
      ["won", 250, true, OTHER],
      ["going-on", 800, true, EVENT],
      ["later", 50, true, EVENT],
    ]);
  });

  it("is in the strict version what had begun before that day, what was going on then censored on it", () => {
    expect(told("past")).toEqual([
      ["over", 200, true, EVENT],
      ["won", 250, true, OTHER],
      ["going-on", 200, false, undefined],
    ]);
  });

  it("counts a war as over only from the day after its last", () => {
    const ends = (on: number) => trainingFor([war("x", 0, 100), own], own, on, "past", ASK.isEvent)[0]?.ended;
    expect([ends(99), ends(100)]).toEqual([false, true]);
  });

  it("has of the others only what was known of them on that day", () => {
    const joins = war("j", 0, 900, { known: (on) => ({ x: on >= 500 ? 2 : 1 }) });
    const known = (rule: Rule) => trainingFor([joins, own], own, 400, rule, ASK.isEvent)[0]?.covariates;
    expect(known("past")).toEqual({ x: 1 });
    expect(known("others")).toEqual({ x: 2 });
  });
});

describe("outcomes", () => {
  const any = () => true;
  it("come up to the last day that counts, and not after", () => {
    expect(outcomeOf(war("a", 0, 130), 30, 100, any)).toBe(1);
    expect(outcomeOf(war("a", 0, 131), 30, 100, any)).toBe(0);
  });

  it("are unknown where the list ends before", () => {
    expect(outcomeOf(war("a", 0, 129, { ended: false, ending: "" }), 30, 100, any)).toBeUndefined();
    expect(outcomeOf(war("a", 0, 130, { ended: false, ending: "" }), 30, 100, any)).toBe(0);
  });

  it("are unknown, too, where it ended early but the list stops before the last day that counts", () => {
    expect(outcomeOf(war("a", 0, 60, { watched: 129 }), 30, 100, any)).toBeUndefined();
    expect(outcomeOf(war("a", 0, 60, { watched: 130 }), 30, 100, any)).toBe(1);
  });

  it("are no for an ending of another kind", () => {
    expect(outcomeOf(war("a", 0, 60, { ending: "victory" }), 30, 100, ASK.isEvent)).toBe(0);
  });
});

describe("no forecast knows what it may not", () => {
  const lists = fc.array(anyWar, { minLength: 24, maxLength: 30 });

  it("nothing of the war itself, nor of its cluster, moves its forecasts", () => {
    fc.assert(
      fc.property(lists, anyWar, anyWar, fc.constantFrom<Rule>("others", "past"), (drawn, own, sister, rule) => {
        const before = listOf(drawn);
        const after = [...listOf(drawn)];
        const [first, second] = listOf([own, sister]);
        if (before[0] === undefined || first === undefined || second === undefined) return;
        // It began when it did, and x is known of it: all else is another war.
        after[0] = { ...first, begun: before[0].begun, known: before[0].known };
        after[1] = second;
        const now = new Map(rollingOrigins(after, ASK, rule).map(({ question, said }) => [question, said]));
        for (const { question, said } of rollingOrigins(before, ASK, rule)) {
          if (!question.startsWith("w0 ")) continue;
          const there = now.get(question);
          if (there !== undefined) expect(there).toEqual(said);
        }
      }),
      { numRuns: 25, seed: 7 },
    );
  });

  it("nothing that comes after the day of the forecast moves it in the strict version", () => {
    let compared = 0;
    fc.assert(
      fc.property(lists, fc.array(anyWar, { minLength: 30, maxLength: 30 }), (drawn, others) => {
        const before = listOf(drawn);
        const asked = rollingOrigins(before, ASK, "past");
        const question = asked[Math.floor(asked.length / 2)];
        if (question === undefined) return;
        const { on } = question;
        const after = before.map((each, i): War => {
          const { days = 1, ended = false, deal = false, x = 0 } = others[i] ?? {};
          const ending = ended ? (deal ? "deal" : "victory") : "";
          if (each.cluster === question.cluster) return each;
          if (each.begun >= on)
            return { ...each, begun: on + days, days, ended, ending, known: () => ({ x, kind: x }) };
          if (each.begun + each.days <= on) return each;
          const known = (day: number) => (day <= on ? each.known(day) : { x: 9, kind: 9 });
          return { ...each, days: on - each.begun + days, ended, ending, known };
        });
        compared++;
        expect(saidAt(after, question.question, "past")).toEqual(question.said);
      }),
      { numRuns: 25, seed: 11 },
    );
    expect(compared).toBeGreaterThan(15);
  });

  it("but what others did before it does move it, in both versions", () => {
    const list = Array.from({ length: 30 }, (_, i) => war(`w${i}`, 10 * i, 40 + 17 * i));
    const longer = list.map((each, i) => (i === 2 ? { ...each, days: each.days + 30 } : each));
    for (const rule of ["others", "past"] as const) {
      const question = `w29 at 12 within 12`;
      expect(saidAt(longer, question, rule)?.best).not.toBe(saidAt(list, question, rule)?.best);
    }
  });
});

describe("rolling origins", () => {
  const list = Array.from({ length: 30 }, (_, i) => war(`w${i}`, 10 * i, 20 + 23 * i));

  it("ask at the ages that a war reached, and leave it out from the day after", () => {
    const asked = rollingOrigins(list, ASK, "others");
    for (const { age, question } of asked) {
      const own = list.find(({ id }) => question.startsWith(`${id} `));
      expect(own?.days).toBeGreaterThan(daysOf(age));
    }
    const reached = list.flatMap(({ days }) => ASK.ages.filter((age) => days > daysOf(age)));
    expect(asked).toHaveLength(2 * reached.length);
  });

  it("say a probability by every model", () => {
    for (const rule of ["others", "past"] as const) {
      for (const { said } of rollingOrigins(list, ASK, rule)) {
        for (const model of MODELS) {
          expect(said[model]).toBeGreaterThanOrEqual(0);
          expect(said[model]).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  it("pass over what has too few endings before it", () => {
    const first = rollingOrigins(list, ASK, "past").toSorted((a, b) => a.on - b.on)[0];
    const over = list.filter(
      ({ begun, days, id }) => begun + days <= (first?.on ?? 0) && !first?.question.startsWith(`${id} `),
    );
    expect(over.length).toBeGreaterThanOrEqual(10);
    expect(rollingOrigins(list.slice(0, 8), ASK, "past")).toEqual([]);
  });
});
