import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readGmcr, writeGmcr } from "../../../src/formats/gmcr/index.ts";
import { compileModel } from "../../../src/stability/index.ts";
import { describeWith } from "../../support/shared.ts";
import { type Expected, expectModel, gmcrOf, snapshot, type Vector } from "./vectors.ts";

const CASES = ["Cuban", "Elmira", "Prisoners", "SyriaIraq"];
/** Elmira's states are ranked by hand: the four in which Uniroyal abandons tie, which its statements would tell apart. */
const RANKED = ["Elmira"];
const SYNTHETIC = ["synthetic_gmr", "synthetic_seq", "synthetic_sim"];

function modelOf(text: string) {
  const { conflict, problems } = readGmcr({ name: "vector.gmcr", text });
  expect(problems).toEqual([]);
  if (conflict === undefined) throw new Error("nothing was read");
  return { conflict, model: compileModel(conflict) };
}

describeWith("vectors/stability", "files of GMCR+", (path) => {
  test.each(
    CASES.flatMap((name) => [
      { name, by: "ranking" as const },
      ...(RANKED.includes(name) ? [] : [{ name, by: "statements" as const }]),
    ]),
  )("give the states, moves and order of $name, by $by", ({ name, by }) => {
    const vector = JSON.parse(readFileSync(`${path}/${name}.json`, "utf8")) as Vector;
    const names = vector.decisionMakers.map((each) => each.name);
    const expected: Expected = {
      states: vector.states,
      UM: names.map((each) => vector.UM[each] ?? []),
      UI: names.map((each) => vector.UI[each] ?? []),
      payoffs: vector.decisionMakers.map(({ payoffs }) => payoffs),
    };
    // Payoffs that a file gives agree with its preferences.
    expect(readGmcr({ name: "vector.gmcr", text: gmcrOf(vector, by) }).notes).toEqual([]);
    expectModel(modelOf(gmcrOf(vector, by)).model, expected);
  });

  test.each(SYNTHETIC)("give the states, moves and order of %s", (name) => {
    const vector = JSON.parse(readFileSync(`${path}/${name}.json`, "utf8")) as Expected & { model: object };
    expectModel(modelOf(JSON.stringify(vector.model)).model, vector);
  });

  test("tell where the payoffs of a file are not those of its preferences", () => {
    const vector = JSON.parse(readFileSync(`${path}/Elmira.json`, "utf8")) as Vector;
    const { notes } = readGmcr({ name: "vector.gmcr", text: gmcrOf(vector, "statements") });
    expect(notes).toHaveLength(3);
    expect(notes[0]).toContain("MoE: its payoffs order the states otherwise");
  });

  test.each([...CASES, ...SYNTHETIC])("of %s are the same when written and read again", (name) => {
    const vector = JSON.parse(readFileSync(`${path}/${name}.json`, "utf8")) as Vector & { model?: object };
    const text = vector.model === undefined ? gmcrOf(vector, "statements") : JSON.stringify(vector.model);
    const { conflict, model } = modelOf(text);
    const { text: written, losses } = writeGmcr(conflict);
    expect(losses).toEqual([]);
    expect(snapshot(modelOf(written).model)).toEqual(snapshot(model));
    expect(writeGmcr(modelOf(written).conflict).text).toBe(written);
  });
});
