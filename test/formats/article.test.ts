import { describe, expect, it } from "vitest";
import { checkDossier, filesInMemory, readDossier, viewCase } from "../../src/case/index.ts";
import { caseOfArticle, readArticle } from "../../src/formats/article.ts";

const TEXT = `# Talks stall

By Ana Writer, 3 May 2024

Russia said that it would not withdraw from Kherson. Ukraine has lost over 20 000 soldiers since 2022.

Mediators expect that talks will begin before 2025. The fighting continues because both sides still hope to win.
`;

describe("a case of an article", () => {
  it("holds what was accepted, in the person's words, with paragraphs, and nothing else", async () => {
    const article = await readArticle(new TextEncoder().encode(TEXT), "talks.md", "A text");
    expect(article.title).toBe("Talks stall");
    expect(article.sentences.length).toBeGreaterThan(2);
    const [first, second] = article.sentences;
    if (first === undefined || second === undefined) throw new Error("no sentences were found");
    const text = caseOfArticle(
      article,
      [
        { id: first.id, text: "It refuses to leave: for now.", kind: "position", speaker: "Russia" },
        { id: second.id, text: "Losses are heavy.", kind: "fact", speaker: "" },
        { id: "unknown", text: "x", kind: "fact", speaker: undefined },
      ],
      { title: "Stalled", published: "2024-05-03" },
    );
    const { dossier, problems } = readDossier(filesInMemory({ "case.yaml": text }));
    expect(problems).toEqual([]);
    if (dossier === undefined) throw new Error("the case was not read");
    expect(checkDossier(dossier).filter(({ severity }) => severity === "error")).toEqual([]);
    const { case: content } = viewCase(dossier);
    expect(content?.title).toBe("Stalled");
    const claims = Object.values(content?.claims ?? {});
    expect(claims.map((each) => [each.text, each.kind, each.status])).toEqual([
      ["It refuses to leave: for now.", "position", "accepted"],
      ["Losses are heavy.", "fact", "accepted"],
    ]);
    expect(claims[0]?.note).toBe("Said by: Russia.");
    expect(text).toContain(`#${first.paragraph}`);
    expect(text).not.toContain(second.sentence);
  });

  it("is refused where the file is no text", async () => {
    await expect(readArticle(new Uint8Array([0, 1, 2]), "x.txt", "x")).rejects.toThrow(/unreadable|no text/);
    await expect(readArticle(new Uint8Array(), "x.pdf", "x")).rejects.toThrow(/empty/);
  });
});
