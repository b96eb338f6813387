import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sentencesOf } from "../../src/reader/sentences.ts";

const split = (text: string): string[] => sentencesOf(text).map((each) => each.text);

describe("sentencesOf", () => {
  it.each([
    ["He joined the U.S. Army. He left.", ["He joined the U.S. Army.", "He left."]],
    ["They live in the U.S. They stay.", ["They live in the U.S.", "They stay."]],
    ["Gen. Smith met Mr. Jones at 5 p.m. on Friday.", ["Gen. Smith met Mr. Jones at 5 p.m. on Friday."]],
    ["See No. 5 of the list. It is long.", ["See No. 5 of the list.", "It is long."]],
    ["Is that a no. Yes it is.", ["Is that a no.", "Yes it is."]],
    ["It cost $2.5 million. Then more.", ["It cost $2.5 million.", "Then more."]],
    ['"We will not talk," he said. "Not now."', ['"We will not talk," he said.', '"Not now."']],
    ["“Stop!” he cried.", ["“Stop!” he cried."]],
    ["J. R. Smith spoke. A. Jones did not.", ["J. R. Smith spoke.", "A. Jones did not."]],
    ["It was signed in Nov. 2022. It held.", ["It was signed in Nov. 2022.", "It held."]],
    ["It ended.[12] Then it began.3 Now it rests.", ["It ended.[12]", "Then it began.3", "Now it rests."]],
    ["1. The parties agree. 2. They sign.", ["1. The parties agree.", "2. They sign."]],
    ["Who knows ... perhaps nobody.", ["Who knows ... perhaps nobody."]],
    ["", []],
  ])("%s", (text, expected) => expect(split(text)).toEqual(expected));

  it("loses no character but space, and says where each sentence begins", () => {
    const words = fc.constantFrom(
      "The",
      "army",
      "U.S.",
      "Mr.",
      "3.5",
      '"We',
      'go."',
      "No.",
      "5",
      "(ca.",
      "end.)",
      "why?",
      "…",
      "a.m.",
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), (parts) => {
        const text = parts.join(" ");
        const sentences = sentencesOf(text);
        expect(
          sentences
            .map((each) => each.text)
            .join("")
            .replaceAll(" ", ""),
        ).toBe(text.replaceAll(" ", ""));
        for (const { text: sentence, start } of sentences) expect(text.startsWith(sentence, start)).toBe(true);
      }),
    );
  });
});
