import { describe, expect, test } from "vitest";
import { formatProblem } from "../../../src/core/problems/index.ts";
import { readGenius, readGeniusWeb, readNegmas, readNegotiation } from "../../../src/formats/negotiation/index.ts";

const NEGMAS = `name: d
type: DiscreteCartesianOutcomeSpace
issues:
- name: line
  type: CategoricalIssue
  values: [yes, 2, "No"]
`;

function negmas(party: string) {
  return readNegmas([
    { name: "d.yml", text: NEGMAS },
    { name: "north.yml", text: party },
    { name: "south.yml", text: "values: [{type: TableFun, mapping: {yes: 1, 2: 0, No: 0.5}}]\nweights: [1]\n" },
  ]);
}

describe("NegMAS files", () => {
  test("may write options as truth values and numbers", () => {
    const { domain, problems } = negmas("values: [{type: TableFun, mapping: {Yes: 1, 2: 0, no: 0.5}}]\n");
    expect(problems).toEqual([]);
    expect(domain?.issues[0]?.options).toEqual(["yes", "2", "No"]);
    expect(domain?.parties[0]?.utility.issues?.["line"]?.values).toEqual({
      kind: "table",
      values: { yes: 1, 2: 0, No: 0.5 },
    });
  });

  test.each([
    [
      "an incomplete table",
      "values:\n- type: TableFun\n  mapping: {yes: 1, 2: 0}\n",
      "north.yml:3:12  missing value",
      "No",
    ],
    [
      "an unknown option",
      "values:\n- type: TableFun\n  mapping: {yes: 1, 2: 0, No: 1, Maybe: 1}\n",
      "north.yml:3:34  unknown option: Maybe",
      "",
    ],
    [
      "a weight too many",
      "values: [{type: TableFun, mapping: {yes: 1, 2: 0, No: 0}}]\nweights: [1, 2]\n",
      "north.yml:2:10  invalid file.weights: 2",
      "1 weights",
    ],
    [
      "a word for a number",
      "values: [{type: TableFun, mapping: {yes: high, 2: 0, No: 0}}]\n",
      "north.yml:1:42",
      "a number",
    ],
    ["an unknown utility", "type: WeirdFunction\n", "north.yml:1:1", "WeirdFunction"],
    ["broken YAML", "values: [{\n", "north.yml:2:1", "YAML"],
  ])("say where %s stands", (_, text, place, word) => {
    const { domain, problems } = negmas(text);
    expect(domain).toBeUndefined();
    expect(problems.map(formatProblem).join("\n")).toContain(place);
    expect(problems.map(formatProblem).join("\n")).toContain(word);
  });

  test("without a domain's file are not a domain", () => {
    expect(readNegmas([{ name: "north.yml", text: "values: []" }]).problems[0]?.message).toContain("issues");
    expect(readNegotiation([{ name: "x.txt", text: "?" }]).problems).toHaveLength(1);
  });
});

const TEMPLATE = `<negotiation_template><utility_space><objective index="0">
<issue index="1" name="line" type="discrete"><item index="1" value="here"/><item index="2" value="there"/><item index="3" value="here"/></issue>
<issue index="4" name="price" type="integer" lowerbound="0" upperbound="9"><range lowerbound="1" upperbound="3"/></issue>
</objective></utility_space></negotiation_template>`;

describe("GENIUS files", () => {
  const read = (profile: string) =>
    readGenius([
      { name: "domain.xml", text: TEMPLATE },
      { name: "north.xml", text: profile },
      { name: "pareto.xml", text: "0.5, 1.0" },
    ]);

  test("are read with gaps in the indices, repeated values, ranges in a child, and weights in shares of their sum", () => {
    const { domain, problems, notes } = read(`<utility_space><objective>
      <weight index="4" value="3"/><weight index="1" value="1"/>
      <issue index="1"><item index="1" value="here" evaluation="5"/><item index="2" value="there" evaluation="10"/></issue>
      <issue index="4"><evaluator ftype="linear" offset="0.5" slope="0.1"/></issue>
      </objective><discount_factor value="0.5"/><reservation value="0.25"/></utility_space>`);
    expect(problems).toEqual([]);
    expect(domain?.issues).toEqual([
      { name: "line", options: ["here", "there"] },
      { name: "price", options: ["1", "2", "3"], ordered: true, numbers: [1, 2, 3] },
    ]);
    const [party] = domain?.parties ?? [];
    expect(party?.utility.issues?.["line"]).toEqual({
      weight: 0.25,
      values: { kind: "table", values: { here: 0.5, there: 1 } },
    });
    expect(party?.utility.issues?.["price"]).toEqual({
      weight: 0.75,
      values: { kind: "affine", intercept: 0.4, slope: 0.1 },
    });
    expect([party?.reservation, party?.discount]).toEqual([
      0.25,
      { factor: 0.5, clock: "deadline", reservation: true },
    ]);
    expect(notes).toEqual(["pareto.xml: not XML, left out."]);
  });

  test.each([
    [
      "a missing evaluation",
      '<utility_space><objective><weight index="1" value="1"/><weight index="4" value="1"/>\n<issue index="1"><item value="here" evaluation="1"/></issue></objective></utility_space>',
      "north.xml:2:1",
    ],
    [
      "a word for a weight",
      '<utility_space><objective>\n <weight index="1" value="heavy"/></objective></utility_space>',
      "north.xml:2:2",
    ],
    ["XML that is not closed", "<utility_space>\n<objective>", "north.xml:2:12"],
    [
      "a bound on no issue",
      '<utility_space type="nonlinear"><utility maxutility="5">\n<hyperRectangle utility="1"><INCLUDES index="9" min="0" max="1"/></hyperRectangle></utility></utility_space>',
      "north.xml:2:29",
    ],
  ])("say where %s stands", (_, text, place) => {
    const { domain, problems } = read(text);
    expect(domain).toBeUndefined();
    expect(problems.map(formatProblem).join("\n")).toContain(place);
  });
});

describe("GeniusWeb files", () => {
  test("give the reservation value as the worth of a bid, and ranges as numbers", () => {
    const profile = {
      LinearAdditiveUtilitySpace: {
        name: "north",
        domain: {
          name: "d",
          issuesValues: { line: { values: ["here", "there"] }, price: { range: ["1.0", "2.0", "0.5"] } },
        },
        issueUtilities: {
          line: { discreteutils: { valueUtilities: { here: 1, there: 0 } } },
          price: { numberutils: { lowValue: 1, lowUtility: 0, highValue: 2, highUtility: 1 } },
        },
        issueWeights: { line: 0.5, price: 0.5 },
        reservationBid: { issuevalues: { line: "there", price: "1.5" } },
      },
    };
    const { domain, problems } = readGeniusWeb([{ name: "north.json", text: JSON.stringify(profile) }]);
    expect(problems).toEqual([]);
    expect(domain?.issues[1]).toEqual({
      name: "price",
      options: ["1.0", "1.5", "2.0"],
      ordered: true,
      numbers: [1, 1.5, 2],
    });
    expect(domain?.parties[0]?.reservation).toEqual({ package: { line: "there", price: "1.5" } });
  });

  test("say which option has no value", () => {
    const text = JSON.stringify({
      LinearAdditiveUtilitySpace: {
        domain: { issuesValues: { line: { values: ["here", "there"] } } },
        issueUtilities: { line: { discreteutils: { valueUtilities: { here: 1 } } } },
      },
    });
    const { problems } = readGeniusWeb([{ name: "north.json", text }]);
    expect(problems.map(formatProblem)[0]).toMatch(/^north\.json:1:\d+ {2}missing value: .* there of issue line$/);
  });
});
