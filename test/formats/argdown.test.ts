import { ArgdownApplication, ModelPlugin, ParserPlugin } from "@argdown/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { filesInFolder } from "../../src/case/folder.ts";
import { filesInMemory, readDossier, viewCase } from "../../src/case/index.ts";
import { toArgdown } from "../../src/formats/argdown.ts";

interface Parsed {
  readonly errors: readonly unknown[];
  readonly statements: readonly string[];
  readonly relations: readonly string[];
  readonly texts: Readonly<Record<string, string>>;
}

/** Reads a map with Argdown's own parser. */
function parse(input: string): Parsed {
  const app = new ArgdownApplication();
  app.addPlugin(new ParserPlugin(), "parse-input");
  app.addPlugin(new ModelPlugin(), "build-model");
  const response = app.run({ process: ["parse-input", "build-model"], input, logLevel: "silent" }) as {
    parserErrors?: unknown[];
    lexerErrors?: unknown[];
    statements?: Record<string, { canonicalTextRaw?: string; members?: { text?: string }[] }>;
    relations?: { relationType: string; from: { title: string }; to: { title: string } }[];
  };
  return {
    errors: [...(response.parserErrors ?? []), ...(response.lexerErrors ?? [])],
    statements: Object.keys(response.statements ?? {}),
    relations: (response.relations ?? []).map(
      ({ relationType, from, to }) => `${from.title} ${relationType} ${to.title}`,
    ),
    texts: {},
  };
}

function caseOf(yaml: string) {
  const { dossier, problems } = readDossier(filesInMemory({ "case.yaml": yaml }));
  const view = dossier === undefined ? undefined : viewCase(dossier);
  if (view?.case === undefined)
    throw new Error([...problems, ...(view?.problems ?? [])].map(({ message }) => message).join("; "));
  return view.case;
}

describe("the argument map in Argdown", () => {
  it("is read by Argdown's own parser with every statement and relation", () => {
    const content = caseOf(`parley: 1
title: "Maps: a test"
questions: {talks: {text: "Will they talk?", prior: 0.5, because: x}}
claims:
  losses: {text: "Losses are heavy: on both sides [see 1] {and} #2 *bold* _x_ <y> @z", bears: {talks: 3}}
  differences: {text: Differences are wide., bears: {talks: 0.4}}
  counted: {text: Graves were counted., supports: losses}
  doubted: {text: Counts are partial., attacks: losses}
`);
    const { errors, statements, relations } = parse(toArgdown(content));
    expect(errors).toEqual([]);
    expect(statements.toSorted()).toEqual(["counted", "differences", "doubted", "losses", "talks"]);
    expect(relations.toSorted()).toEqual([
      "counted support losses",
      "differences attack talks",
      "doubted attack losses",
      "losses support talks",
    ]);
  });

  it("of the bundled cases parses without an error", () => {
    for (const name of ["colombia-2012", "ukraine-2024"]) {
      const { dossier } = readDossier(filesInFolder(`cases/${name}`));
      const content = dossier === undefined ? undefined : viewCase(dossier).case;
      expect(content, name).toBeDefined();
      if (content === undefined) continue;
      const { errors, statements } = parse(toArgdown(content));
      expect(errors, name).toEqual([]);
      expect(statements.length, name).toBe(Object.keys(content.claims).length + Object.keys(content.questions).length);
    }
  });

  it("survives any text in a claim", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 80 }).filter((text) => text.trim() !== ""),
        (text) => {
          const yaml = stringify({
            parley: 1,
            title: "T",
            claims: { a: { text: `x ${text} y` }, b: { text: "z", supports: "a" } },
          });
          const { errors, statements, relations } = parse(toArgdown(caseOf(yaml)));
          expect([errors, statements.toSorted(), relations]).toEqual([[], ["a", "b"], ["b support a"]]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
