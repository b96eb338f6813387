import { describe, expect, it } from "vitest";
import { makeEditor } from "../../src/web/engine/editor.ts";

const MAIN = `parley: 1
title: A case # so far
parties:
  a: { name: Aland }
  b: { name: Bland }
include: [claims.yaml]
`;
const CLAIMS = `claims:
  hurts:
    text: The war hurts Aland.
    by: a
  # The second one.
  helps:
    text: The war helps Bland.
    by: b
`;
const packed = { main: "case.yaml", files: { "case.yaml": MAIN, "claims.yaml": CLAIMS } };

function opened() {
  const editor = makeEditor();
  expect(editor.open(packed).ok).toBe(true);
  return editor;
}

describe("the editor of the workbench", () => {
  it("makes edits in the file that holds the part, and gives what takes them back", () => {
    const editor = opened();
    const applied = editor.apply([{ set: "claims.helps.text", value: "The war ruins Bland." }]);
    if (!applied.ok) throw new Error("refused");
    expect(applied.packed.files["claims.yaml"]).toBe(CLAIMS.replace("helps Bland", "ruins Bland"));
    expect(applied.packed.files["case.yaml"]).toBe(MAIN);
    const back = editor.apply(applied.inverse);
    expect(back.ok && back.packed.files).toEqual(packed.files);
  });

  it("keeps nothing of edits that are refused", () => {
    const editor = opened();
    const refused = editor.apply([{ remove: "claims.nothing" }]);
    expect(refused.ok).toBe(false);
    const applied = editor.apply([{ set: "title", value: "B" }]);
    expect(applied.ok && applied.packed.files["claims.yaml"]).toBe(CLAIMS);
  });

  it("tells which problems edits would bring, where, and not those that were there", () => {
    const editor = opened();
    const before = editor.check(undefined).map(({ message }) => message);
    const brought = editor.tryOut([{ set: "claims.helps.credence", value: 1.4 }]);
    expect(brought).toHaveLength(1);
    expect(brought[0]).toMatchObject({
      path: "claims.helps.credence",
      file: "claims.yaml",
      line: 9,
      severity: "error",
    });
    expect(before).not.toContain(brought[0]?.message);
    expect(editor.check(undefined).map(({ message }) => message)).toEqual(before);
  });

  it("checks a text that is still being typed", () => {
    const editor = opened();
    const [problem] = editor.check({ file: "claims.yaml", text: `${CLAIMS}  half: [` });
    expect(problem).toMatchObject({ file: "claims.yaml", line: 9, severity: "error" });
  });

  it("knows the part at a line, and the line of a part", () => {
    const editor = opened();
    expect(editor.pathAt({ file: "claims.yaml", line: 7 })).toBe("claims.helps.text");
    expect(editor.pathAt({ file: "claims.yaml", line: 5 })).toBe("claims.hurts.by");
    expect(editor.placeOf("claims.helps.text")).toBe("claims.yaml:7");
    expect(editor.placeOf("claims.helps.credence")).toBe("claims.yaml:6");
    expect(editor.placeOf("parties.b.name")).toBe("case.yaml:5");
  });

  it("finds conflicts with what somebody else changed", () => {
    const editor = opened();
    const theirs = { ...packed, files: { ...packed.files, "claims.yaml": CLAIMS.replace("hurts Aland", "ends") } };
    const expected = "The war hurts Aland.";
    const edit = (path: string, was: string) => [{ set: path, value: "x", expected: was }];
    expect(editor.conflicts({ packed: theirs, edits: edit("claims.hurts.text", expected) })).toHaveLength(1);
    expect(editor.conflicts({ packed: theirs, edits: edit("claims.helps.text", "The war helps Bland.") })).toEqual([]);
  });
});
