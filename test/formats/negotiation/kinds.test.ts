import { describe, expect, test } from "vitest";
import { readGenius, readNegmas } from "../../../src/formats/negotiation/index.ts";
import { compileDomain, type Domain, utilities } from "../../../src/terms/index.ts";

/** What each package is worth to the only party, packages in order, the last issue running fastest. */
function worths(domain: Domain | undefined): number[] {
  const [party] = domain?.parties ?? [];
  if (domain === undefined || party === undefined) throw new Error("no domain");
  const compiled = compileDomain({ ...domain, parties: [party, { ...party, name: "another" }] });
  const sizes = domain.issues.map(({ options }) => options.length);
  const count = sizes.reduce((product, size) => product * size, 1);
  return Array.from({ length: count }, (_, n) => {
    let rest = n;
    const outcome = sizes.map(() => 0);
    for (let k = sizes.length - 1; k >= 0; k--) {
      outcome[k] = rest % (sizes[k] ?? 1);
      rest = Math.floor(rest / (sizes[k] ?? 1));
    }
    return Number((utilities(compiled, outcome)[0] ?? 0).toFixed(12));
  });
}

const SPACE = `type: DiscreteCartesianOutcomeSpace
issues:
- {name: price, type: ContiguousIssue, values: [0, 3]}
- {name: colour, type: CategoricalIssue, values: [red, green, blue]}
`;
const negmas = (party: string, space = SPACE) =>
  readNegmas([
    { name: "domain.yml", text: space },
    { name: "north.yml", text: party },
  ]);

describe("NegMAS files", () => {
  test("of hyper-rectangles pay weight times utility where a range holds, and say that its ends are within", () => {
    const { domain, problems, notes } = negmas(`type: negmas.preferences.crisp.nonlinear.HyperRectangleUtilityFunction
bias: 0.5
reserved_value: 1
weights: [1, 2, 1, 1]
utilities: [3, 4, 10, 0.25]
outcome_ranges:
- {0: [1, 2]}
- {0: [2, 3], 1: green}
- {colour: [red, blue], price: 0}
- null
`);
    expect(problems).toEqual([]);
    expect(worths(domain)).toEqual([10.75, 0.75, 10.75, 3.75, 3.75, 3.75, 3.75, 11.75, 3.75, 0.75, 8.75, 0.75]);
    expect(domain?.parties[0]?.reservation).toBe(1);
    expect(notes).toEqual(["north: bounds of hyper-rectangles hold at their ends too; NegMAS leaves the ends out."]);
  });

  test.each([
    ["a utility too few", "utilities: []\noutcome_ranges: [{0: 1}]", "1 utilities and weights"],
    ["an issue that is none", "utilities: [1]\noutcome_ranges: [{4: 1}]", "the place or the name of an issue"],
    ["an option that is none", "utilities: [1]\noutcome_ranges: [{1: pink}]", "an option of colour"],
    ["a utility that is a function", "utilities: [{type: LinearFun}]\noutcome_ranges: [{1: red}]", "a number"],
  ])("of hyper-rectangles with %s say so", (_, text, expected) => {
    const { domain, problems } = negmas(`type: HyperRectangleUtilityFunction\n${text}\n`);
    expect(domain).toBeUndefined();
    expect(problems.map(({ message }) => message).join()).toContain(expected);
  });

  test("may have real issues, constants, and a discount that is not held", () => {
    const space = "type: CartesianOutcomeSpace\nissues: [{name: price, type: ContinuousIssue, values: [0.0, 2.0]}]\n";
    const additive =
      "type: LinearAdditiveUtilityFunction\n  weights: [0.5]\n  values: [{type: AffineFun, slope: 1, bias: 1}]";
    const { domain, problems, notes } = negmas(
      `type: LinDiscountedUFun\ncost: 0.1\nreserved_value: 0.75\nufun:\n  ${additive}\n`,
      space,
    );
    expect(problems).toEqual([]);
    const found = worths(domain);
    expect([found.length, found[0], found[1], found.at(-1)]).toEqual([21, 0.5, 0.55, 1.5]);
    expect(domain?.parties[0]?.discount).toBeUndefined();
    expect(notes).toEqual([
      "price: real numbers from 0 to 2, of which 21 equally spaced ones are options.",
      "north: its LinDiscountedUFun is not held; utilities are those at the start.",
    ]);
    expect(worths(negmas("type: ConstUtilityFunction\nvalue: 0.3\n").domain)).toEqual(new Array(12).fill(0.3));
  });
});

describe("GENIUS files", () => {
  const genius = (issue: string, evaluator: string) =>
    readGenius([
      {
        name: "domain.xml",
        text: `<negotiation_template><utility_space><objective>${issue}</objective></utility_space></negotiation_template>`,
      },
      {
        name: "north.xml",
        text: `<utility_space><objective><weight index="1" value="1"/><issue index="1">${evaluator}</issue></objective><reservation value="0.2"/></utility_space>`,
      },
    ]);

  test("with real numbers have equally spaced ones as options, both ends among them", () => {
    const issue = '<issue index="1" name="rate" type="real"><range lowerbound="0.1" upperbound="0.2"/></issue>';
    const { domain, problems, notes } = genius(issue, '<evaluator ftype="linear" parameter0="-1" parameter1="10"/>');
    expect(problems).toEqual([]);
    expect(domain?.issues[0]?.options.slice(0, 3)).toEqual(["0.1", "0.105", "0.11"]);
    const found = worths(domain);
    expect([found.length, found[0], found[1], found.at(-1)]).toEqual([21, 0, 0.05, 1]);
    expect(notes).toEqual(["rate: real numbers from 0.1 to 0.2, of which 21 equally spaced ones are options."]);
  });

  test("count a line over whole numbers from the lower bound, and keep it between 0 and 1", () => {
    const issue = '<issue index="1" name="price" type="integer" lowerbound="5" upperbound="8"/>';
    const line = (words: string) => worths(genius(issue, `<evaluator ${words}/>`).domain);
    expect(line('ftype="linear" offset="0.4" slope="0.2"')).toEqual([0.4, 0.6, 0.8, 1]);
    expect(line('ftype="linear" offset="0.7" slope="0.2"')).toEqual([0.7, 0.9, 1, 1]);
    expect(line('ftype="linear" parameter0="-1" parameter1="0.2"')).toEqual([0, 0.2, 0.4, 0.6]);
    expect(line('ftype="constant" parameter0="0.5"')).toEqual([0.5, 0.5, 0.5, 0.5]);
  });
});
