import { describe, expect, it } from "vitest";
import type { SimulationExhibit } from "../../src/assess/index.ts";
import { OCCUPANTS } from "../../src/dynamics/index.ts";
import { differencesChart } from "../../src/report/charts/differences.ts";
import { fanChart } from "../../src/report/charts/fan.ts";
import { bandsOf, occupancyChart, shareOf } from "../../src/report/charts/occupancy.ts";
import { draw } from "../../src/report/charts/plot.ts";

type Exhibit = NonNullable<SimulationExhibit>;

const month = (war: number): Record<string, number> => ({
  war,
  talks: 0.2,
  ceasefire: 0.8 - war - 0.1,
  freezeDurable: 0.1,
});
const occupied = {
  months: 12,
  sides: ["East", "West"] as [string, string],
  occupancy: Array.from({ length: 12 }, (_, i) => month(0.6 - i / 30)),
};

describe("the picture of where trajectories are", () => {
  it("has a band for every phase and end of the simulation, each in one of them", () => {
    const held = bandsOf(occupied).flatMap(({ of }) => of);
    expect(held.toSorted()).toEqual([...OCCUPANTS].toSorted());
  });

  it("names the sides", () => {
    expect(bandsOf(occupied).map(({ name }) => name)).toContain("West prevails");
  });

  it("adds up what a band holds", () => {
    const freeze = bandsOf(occupied).find(({ key }) => key === "freeze");
    expect(freeze === undefined ? 0 : shareOf(occupied, freeze, 3)).toBe(0.1);
  });

  it("tells bands apart by hatches of its own width, says their names, and marks the month", () => {
    const plain = String(draw(occupancyChart(occupied), 720));
    const marked = String(draw(occupancyChart(occupied, 6), 720));
    expect(plain).toContain('id="hatch-talks-720"');
    expect(plain).toContain("url(#hatch-victory-second-720)");
    expect(plain).toContain("fighting, in talks");
    // A band without room for its name has none.
    expect(plain).not.toContain("East prevails");
    expect(marked.match(/<line/g)?.length).toBeGreaterThan(plain.match(/<line/g)?.length ?? 0);
  });
});

describe("the fan of a reading", () => {
  const byMonth = [0.1, 0.2, 0.3];
  const simulated = { reading: null, name: "as coded", kind: "base", stopBy: byMonth } as Exhibit["predictive"];
  const simulation = { months: 3, readings: [simulated], predictive: simulated } as unknown as Exhibit;

  it("has the view before as a dashed line where there is one", () => {
    const without = String(draw(fanChart(simulation, "stopBy", null), 720));
    const ghost = String(draw(fanChart(simulation, "stopBy", null, [0.2, 0.3, 0.4]), 720));
    expect(without).not.toContain('stroke-dasharray="6,4"');
    expect(ghost).toContain('stroke-dasharray="6,4"');
  });
});

describe("differences", () => {
  it("are drawn even where there is none", () => {
    const drawn = String(draw(differencesChart([{ id: "B", label: "B", value: 0, se: 0 }], "points", 100), 720));
    expect(drawn).not.toContain("NaN");
    expect(drawn).toContain("<circle");
  });
});
