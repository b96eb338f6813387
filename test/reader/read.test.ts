import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readText } from "../../src/reader/index.ts";
import { candidate, reading } from "./support.ts";

describe("kinds", () => {
  it.each([
    ["The army took the town on Monday.", "fact"],
    ["According to the UN, 10,000 people have fled.", "fact"],
    ["Prices rose because the border was closed.", "cause"],
    ["The blockade led to famine in the north.", "cause"],
    ["Since neither side can win, the war goes on.", "cause"],
    ["Russia rejects the plan.", "position"],
    ["The minister said that losses were heavy.", "position"],
    ['"We will never give up the valley," the general said.', "position"],
    ["A ceasefire is unlikely before the elections.", "forecast"],
    ["The war could last for years.", "forecast"],
    ["If the city falls, the war will spread.", "forecast"],
    ["The parties should exchange all prisoners.", "proposal"],
    ["China proposed a truce of two weeks.", "proposal"],
    ["The draft calls for a withdrawal of heavy weapons.", "proposal"],
  ])("%s is a %s", (text, kind) => expect(candidate(text).kind).toBe(kind));

  it("lists the weaker kind of a sentence that has two", () => {
    const { kind, otherKinds } = candidate("The army rejects the truce because it is winning, and it will fight on.");
    expect([kind, ...otherKinds]).toEqual(expect.arrayContaining(["position", "cause", "forecast"]));
    expect(kind).toBe("position");
  });

  it("names the words that made it choose", () => {
    expect(candidate("Hamas rejects the plan, which leads to more fighting.").cues.kind).toEqual(["rejects"]);
  });
});

describe("noise", () => {
  it.each([
    "By Jane Example",
    "There are four reasons why such talks are inevitable.",
    "What would bring Russia to the table?",
    "Subscribe to our newsletter on Ukraine.",
    "Photo: Ukrainian soldiers in Kharkiv",
    "Meanwhile, significant changes are unfolding off the battlefield.",
    "© 2024 Institute. All rights reserved.",
    "The author is a fellow at the Institute of War.",
    "Additional reporting by colleagues in Kyiv.",
    "The two sides agreed on the following points:",
    "Not now.",
    "Much remains unclear.",
  ])("%s is no candidate", (text) => expect(reading(text).candidates).toEqual([]));
});

describe("direction", () => {
  it.each([
    ["Both sides are exhausted by heavy losses.", "driver"],
    ["Both governments are ready to negotiate an end of the war.", "driver"],
    ["The government is not ready to negotiate with the rebels.", "obstacle"],
    ["Hardliners in the government reject any compromise.", "obstacle"],
    ["The river runs through three countries.", "neither"],
  ])("%s leans to %s", (text, direction) => expect(candidate(text).direction).toBe(direction));
});

describe("actors", () => {
  it("are countries by name, adjective, leader and seat, the seat only where the country is named too", () => {
    const { candidates } = reading(
      "Ethiopia signed the accord in March.\nAddis Ababa demanded more time.\nThe Ethiopian army withdrew.\nNairobi hosted the talks with Eritrea.",
    );
    expect(candidates.map(({ actors }) => actors)).toEqual([["Ethiopia"], ["Ethiopia"], ["Ethiopia"], ["Eritrea"]]);
  });

  it("are no countries where a talk takes place", () => {
    const { candidates } = reading("Austria offered to help.\nThe delegations of Iran met in Vienna on Monday.");
    expect(candidates[1]?.actors).toEqual(["Iran"]);
  });

  it("are what a text defines by a short form, and names that come back", () => {
    const { candidates, actors } = reading(
      "The Northern River Movement (NRM) took the bridge on Monday.\nThe NRM rejects a truce.\nThe governor Salim Example accused the NRM of murder.\nOn Tuesday Example fled the town.",
    );
    expect(candidates.map((each) => each.actors)).toEqual([
      ["Northern River Movement"],
      ["Northern River Movement"],
      ["Salim Example", "Northern River Movement"],
      ["Salim Example"],
    ]);
    expect(actors.find(({ id }) => id === "northern-river-movement")?.aliases).toEqual(["NRM"]);
  });

  it("are first the parties that the case has, by their names and aliases", () => {
    const text = {
      blocks: [{ kind: "paragraph" as const, text: "Paris and Berlin pledged 40 tanks to Kyiv, the Kremlin said." }],
    };
    const parties = [
      { id: "europe", name: "European backers", aliases: ["Paris", "Berlin"] },
      { id: "ukraine", name: "Ukraine", aliases: [] },
      { id: "russia", name: "Russian Federation", aliases: ["the Kremlin"] },
    ];
    const [found] = readText(text, { parties }).candidates;
    expect(found?.parties).toEqual(["europe", "ukraine", "russia"]);
    expect(found?.actors).toEqual(["European backers", "Ukraine", "Russian Federation"]);
  });
});

describe("speakers", () => {
  it.each([
    ['"We will not go," the army\'s spokesman said.', "the army's spokesman"],
    ["“They will pay,” said President Example.", "President Example"],
    ["The RSF insists that its forces stay.", "The RSF"],
    ["According to the Ministry of Finance, the war costs $5 million a day.", "the Ministry of Finance"],
  ])("%s", (text, speaker) => expect(candidate(text).speaker).toBe(speaker));

  it("of a quotation that goes on are those of its paragraph", () => {
    const { candidates } = reading(
      '"We want peace with Iran. We will not beg for it," the minister said. "They must stop the attacks first."',
    );
    expect(candidates.map(({ speaker }) => speaker)).toEqual(["the minister", "the minister", "the minister"]);
    expect(candidates.every(({ quoted }) => quoted)).toBe(true);
  });
});

describe("readText", () => {
  it("numbers paragraphs with the byline and without headings and captions", () => {
    const blocks = [
      { kind: "heading", text: "A title" },
      { kind: "paragraph", text: "By Jane Example" },
      { kind: "heading", text: "A part" },
      { kind: "caption", text: "Soldiers in Kharkiv in May 2024." },
      { kind: "paragraph", text: "Nothing here. Ukraine attacked in May 2024." },
      { kind: "item", text: "Russia rejects the plan." },
    ] as const;
    const { candidates, title, by, paragraphs } = readText({ blocks });
    expect(candidates.map(({ paragraph, sentence }) => `${paragraph}.${sentence}`)).toEqual(["2.2", "3.1"]);
    expect({ title, by, paragraphs }).toEqual({ title: "A title", by: "Jane Example", paragraphs: 3 });
  });

  it("takes the date that is given before that of the file, and that before the head of the text", () => {
    expect(reading("PARIS, 5 May 2024 - France sent 30 tanks last month.", undefined).published?.text).toBe(
      "2025-02-12",
    );
    const blocks = [{ kind: "paragraph" as const, text: "PARIS, 5 May 2024 - France sent 30 tanks last month." }];
    const { published, candidates } = readText({ blocks });
    expect(published?.text).toBe("2024-05-05");
    expect(candidates[0]?.dates.map(({ date }) => date)).toEqual(["2024-05-05", "2024-04"]);
  });

  it("finds dates and quantities alone where the text is not English", () => {
    const german =
      "Die Regierung und die Rebellen haben am 5. Februar 2024 in der Hauptstadt über einen Waffenstillstand verhandelt. " +
      "Die Gespräche wurden von den Nachbarn vermittelt und sollen im März weitergehen, wie ein Sprecher sagte. " +
      "Seit Beginn des Krieges sind nach Angaben der Behörden 2,5 Millionen Menschen geflohen.";
    const { english, candidates } = reading(german);
    expect(english).toBe(false);
    expect(candidates.flatMap(({ dates }) => dates.map(({ date }) => date))).toContain("2024-02-05");
    expect(
      candidates.every(({ kind, dates, quantities }) => kind === "fact" && dates.length + quantities.length > 0),
    ).toBe(true);
  });

  it("lets no control character through, and gives the same answer again", () => {
    const words = fc.constantFrom(
      "Russia",
      "will",
      "\u001b[31m",
      "reject",
      "\u0007",
      "40",
      "countries",
      ".",
      '"',
      "in",
      "May",
      "2024",
      "\u202e",
      "said",
      "\n",
      "?",
      "because",
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 60 }), (parts) => {
        const source = { title: parts.join(""), blocks: [{ kind: "paragraph" as const, text: parts.join(" ") }] };
        const first = JSON.stringify(readText(source));
        // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there.
        expect(first).not.toMatch(/\\u00[01]|[\u0000-\u001f\u202e]/);
        expect(JSON.stringify(readText(source))).toBe(first);
      }),
    );
  });
});
