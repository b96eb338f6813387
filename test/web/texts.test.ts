import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { TextSaved } from "../../src/web/cases/home.ts";
import type { PlacedProblem } from "../../src/web/engine/editor-protocol.ts";
import { type DraftStore, type KeptDraft, makeTexts } from "../../src/web/state/texts.ts";

const error = (message: string, code = "unknown-reference"): PlacedProblem =>
  ({
    file: "case.yaml",
    line: 1,
    column: 1,
    code,
    severity: "error",
    message,
    hint: "",
    path: undefined,
  }) as PlacedProblem;

/** Texts over a home in memory: a line `bad` is an error of the check, `broken` is no YAML. */
function over(text = "a\nb\nc\nd\ne\n", drafts = new Map<string, KeptDraft>()) {
  const home = { text, answer: undefined as TextSaved | undefined, saves: [] as string[] };
  const store: DraftStore = {
    find: async (file) => drafts.get(file),
    keep: async (file, draft) => void drafts.set(file, draft),
    drop: async (file) => void drafts.delete(file),
  };
  const texts = makeTexts({
    files: { "case.yaml": text },
    check: async (_, each) =>
      each
        .split("\n")
        .flatMap((line) =>
          line.startsWith("bad") ? [error(line)] : line === "broken" ? [error("no YAML", "yaml-syntax")] : [],
        ),
    async save(_, each) {
      if (home.answer !== undefined) return home.answer;
      home.saves.push(each);
      home.text = each;
      texts.outside({ "case.yaml": each });
      return { ok: true };
    },
    drafts: store,
    now: () => "2026-01-02T14:02:00Z",
  });
  const now = () => {
    const found = texts.store.getState()["case.yaml"];
    if (found === undefined) throw new Error("the file is gone");
    return found;
  };
  return { texts, home, drafts, now, type: (each: string) => texts.typed("case.yaml", each) };
}

const rest = () => vi.advanceTimersByTimeAsync(2000);

describe("a text that is typed", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is saved by itself once typing rests, and leaves no draft", async () => {
    const { home, drafts, now, type } = over();
    type("a1");
    type("a12");
    expect(now().state).toBe("waiting");
    await vi.advanceTimersByTimeAsync(300);
    expect(drafts.get("case.yaml")?.text).toBe("a12");
    await rest();
    expect(home.saves).toEqual(["a12"]);
    expect(now()).toMatchObject({ state: "saved", base: "a12", savedAt: "2026-01-02T14:02:00Z" });
    expect(drafts.size).toBe(0);
  });

  it("is kept as a draft where it brings an error, and written all the same where that is asked for", async () => {
    const { texts, home, drafts, now, type } = over();
    type("bad one\n");
    await rest();
    expect(home.saves).toEqual([]);
    expect(now().state).toBe("held");
    expect(now().fresh.map(({ message }) => message)).toEqual(["bad one"]);
    expect(drafts.get("case.yaml")).toMatchObject({ text: "bad one\n", base: "a\nb\nc\nd\ne\n" });
    await texts.saveAnyway("case.yaml");
    await rest();
    expect(home.saves).toEqual(["bad one\n"]);
    expect([now().state, drafts.size]).toEqual(["saved", 0]);
    // An error that was there before keeps nothing out; text that is no YAML always does.
    type("bad one\nmore\n");
    await rest();
    expect(home.saves.at(-1)).toBe("bad one\nmore\n");
    type("broken");
    await rest();
    expect(now().state).toBe("held");
  });

  it("is brought together with what somebody else changed elsewhere in the file", async () => {
    const { texts, home, now, type } = over();
    type("a!\nb\nc\nd\ne\n");
    texts.outside({ "case.yaml": "a\nb\nc\nd\nE\n" });
    expect(now()).toMatchObject({ text: "a!\nb\nc\nd\nE\n", base: "a\nb\nc\nd\nE\n", clash: undefined });
    await rest();
    expect(home.text).toBe("a!\nb\nc\nd\nE\n");
  });

  it("waits for a choice where both changed the same line, and keeps all other changes of both", async () => {
    for (const [side, text] of [
      ["mine", "A\nb\nc!\nd\nE\n"],
      ["theirs", "B\nb\nc!\nd\nE\n"],
    ] as const) {
      const { texts, home, now, type } = over();
      type("A\nb\nc!\nd\ne\n");
      texts.outside({ "case.yaml": "B\nb\nc\nd\ne\n" });
      await rest();
      expect(now().clash?.clashes).toBe(1);
      // What comes after that is brought in too.
      texts.outside({ "case.yaml": "B\nb\nc\nd\nE\n" });
      await rest();
      expect([now().state, home.saves]).toEqual(["clash", []]);
      texts.settle("case.yaml", side);
      await rest();
      expect(home.saves).toEqual([text]);
      expect(now().state).toBe("saved");
    }
  });

  it("is offered again after a reload: taken up into what the file is now, or thrown away", async () => {
    const before: KeptDraft = { text: "bad\nb\nc\nd\ne\n", base: "a\nb\nc\nd\ne\n", at: "2026-01-02T14:02:00Z" };
    const first = over("a\nb\nc\nd\nE\n", new Map([["case.yaml", before]]));
    await first.texts.look("case.yaml");
    expect(first.now()).toMatchObject({ text: "a\nb\nc\nd\nE\n", draft: before });
    first.texts.takeUp("case.yaml");
    await rest();
    expect(first.now()).toMatchObject({ text: "bad\nb\nc\nd\nE\n", state: "held", draft: undefined });
    const second = over(undefined, new Map([["case.yaml", before]]));
    await second.texts.look("case.yaml");
    second.texts.throwAway("case.yaml");
    await rest();
    expect([second.drafts.size, second.now().draft]).toEqual([0, undefined]);
  });

  it("stays, and is tried again, where its home does not answer", async () => {
    const { texts, home, drafts, now, type } = over();
    home.answer = { ok: false, problems: [], changed: false, lost: true };
    type("x");
    await rest();
    expect([now().state, drafts.get("case.yaml")?.text]).toEqual(["lost", "x"]);
    home.answer = undefined;
    texts.retry();
    await rest();
    expect([now().state, home.text]).toEqual(["saved", "x"]);
  });

  it("takes over what is changed elsewhere where nothing is typed", () => {
    const { texts, now } = over();
    texts.outside({ "case.yaml": "new", "more.yaml": "x" });
    expect(now()).toMatchObject({ text: "new", state: "saved" });
    expect(texts.store.getState()["more.yaml"]?.text).toBe("x");
    texts.outside({ "case.yaml": "new" });
    expect(texts.store.getState()["more.yaml"]).toBeUndefined();
  });
});
