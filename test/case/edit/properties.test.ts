import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Document, isMap, isSeq, type Node, parseDocument } from "yaml";
import type { CaseFiles, Edit, Raw, RawMap } from "../../../src/case/index.ts";
import { applyEdits, filesInMemory, readDossier } from "../../../src/case/index.ts";
import { chooser, content, pathsOf, value, written } from "./random-cases.ts";

const RUNS = 150;

type Kind = "set" | "add" | "remove" | "rename";
interface Setup {
  readonly files: Record<string, string>;
  readonly comments: readonly string[];
  readonly edit: Edit;
  readonly path: readonly string[];
}

/** A random case in one file or two, with one random edit that can be made. */
const setup = fc
  .record({
    raw: content,
    seeds: fc.array(fc.nat(1000), { minLength: 5, maxLength: 40 }),
    step: fc.constantFrom(2, 4),
    crlf: fc.boolean(),
    open: fc.boolean(),
    included: fc.boolean(),
    kind: fc.constantFrom<Kind>("set", "add", "remove", "rename"),
    pick: fc.nat(),
    key: fc.stringMatching(/^new-[a-z]{1,4}$/),
    value,
  })
  .map((given): Setup => {
    const { raw, seeds, step, crlf, open, included, pick } = given;
    const comments: string[] = [];
    const layout = { step, end: "\n", choose: chooser(seeds), comments };
    const { claims, ...rest } = raw;
    const split = included && claims !== undefined;
    const head = `parley: 1\ntitle: A case # title\n${split ? "include: more.yaml\n" : ""}`;
    const finish = (text: string) => {
      const ended = crlf ? text.replaceAll("\n", "\r\n") : text;
      return open ? ended.trimEnd() : ended;
    };
    const files: Record<string, string> = { "case.yaml": finish(head + written(split ? rest : raw, layout)) };
    if (split) files["more.yaml"] = finish(written({ claims } as RawMap, layout));
    const { edit, path } = editOf(given, pathsOf(raw), pick);
    return { files, comments, edit, path };
  });

function editOf(
  { raw, kind, key, value: to }: { raw: RawMap; kind: Kind; key: string; value: Raw },
  paths: readonly (readonly string[])[],
  pick: number,
): { readonly edit: Edit; readonly path: readonly string[] } {
  const path = paths[pick % paths.length] ?? [];
  const at = path.reduce<Raw>((there, each) => (there as RawMap)[each] as Raw, raw);
  const above = path.slice(0, -1).reduce<Raw>((there, each) => (there as RawMap)[each] as Raw, raw);
  if (kind === "remove") return { edit: { remove: path }, path };
  if (kind === "rename" && !Array.isArray(above)) return { edit: { rename: path, to: key }, path };
  if (kind === "add" && Array.isArray(at)) return { edit: { add: path, key: pick % (at.length + 1), value: to }, path };
  if (kind === "add" && at !== null && typeof at === "object") return { edit: { add: path, key, value: to }, path };
  return { edit: { set: path, value: to }, path };
}

const rawOf = (files: CaseFiles) => JSON.parse(JSON.stringify(readDossier(files).dossier?.raw ?? null)) as Raw;

/** The edit made on plain values, by other means than the ones under test. */
function model(raw: Raw, edit: Edit): Raw {
  const copy = { top: structuredClone(raw) } as Record<string, unknown>;
  const reach = (path: readonly string[]) =>
    path.reduce<Record<string, unknown>>((there, key) => there[key] as Record<string, unknown>, copy);
  if ("add" in edit) {
    const there = reach(["top", ...(edit.add as string[])]);
    if (Array.isArray(there)) there.splice(Number(edit.key), 0, edit.value);
    else there[edit.key] = edit.value;
  } else {
    const path = ("set" in edit ? edit.set : "remove" in edit ? edit.remove : edit.rename) as string[];
    const there = reach(["top", ...path.slice(0, -1)]);
    const last = path.at(-1) ?? "";
    if ("set" in edit) there[last] = edit.value;
    else if ("rename" in edit) {
      there[edit.to] = there[last];
      delete there[last];
    } else if (Array.isArray(there)) there.splice(Number(last), 1);
    else delete there[last];
  }
  return JSON.parse(JSON.stringify(copy["top"])) as Raw;
}

/** The first and last line that an entry covers in its file, or those of what it is added to. */
function linesOf(text: string, path: readonly string[]): readonly [number, number] {
  let node: Node | null = (parseDocument(text, { uniqueKeys: false }) as Document<Node>).contents;
  let [from, to] = [0, text.length];
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => String((key as { value: unknown }).value) === step);
      const key = pair?.key as Node | undefined;
      node = (pair?.value ?? null) as Node | null;
      [from, to] = [key?.range?.[0] ?? 0, node?.range?.[1] ?? key?.range?.[1] ?? 0];
    } else if (isSeq(node)) {
      node = (node.items[Number(step)] ?? null) as Node | null;
      [from, to] = [node?.range?.[0] ?? 0, node?.range?.[1] ?? 0];
    }
  }
  const line = (offset: number) => text.slice(0, offset).split("\n").length - 1;
  return [line(from), line(text.slice(0, to).trimEnd().length)];
}

/** Whether what holds an entry changes its lines with it: it is the only one, or stands behind its list's hyphen. */
function isAlone(text: string, path: readonly string[]): boolean {
  const above = parseDocument(text, { uniqueKeys: false }).getIn(path.slice(0, -1).map(stepOf), true);
  if (path.length < 2 || !(isMap(above) || isSeq(above))) return false;
  const first = above.range?.[0] ?? 0;
  return above.items.length === 1 || /-[ ]*$/.test(text.slice(text.lastIndexOf("\n", first) + 1, first));
}

const stepOf = (step: string): string | number => (/^\d+$/.test(step) ? Number(step) : step);

describe("edits of random cases", () => {
  it("make exactly the edited content of it", () => {
    fc.assert(
      fc.property(setup, ({ files, edit }) => {
        const before = filesInMemory(files);
        const edited = applyEdits(before, [edit]);
        expect(edited.ok).toBe(true);
        if (!edited.ok) return;
        const after = filesInMemory({ ...files, ...Object.fromEntries(edited.files) });
        expect(readDossier(after).problems).toEqual(readDossier(before).problems.length === 0 ? [] : expect.anything());
        expect(rawOf(after)).toEqual(model(rawOf(before), edit));
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: 15_000, markInterruptAsFailure: false },
    );
  });

  it("are taken back to the byte by their inverse", () => {
    fc.assert(
      fc.property(setup, ({ files, edit }) => {
        const edited = applyEdits(filesInMemory(files), [edit]);
        if (!edited.ok) return;
        const after = { ...files, ...Object.fromEntries(edited.files) };
        const back = applyEdits(filesInMemory(after), edited.inverse);
        expect(back.ok).toBe(true);
        expect(back.ok && { ...after, ...Object.fromEntries(back.files) }).toEqual(files);
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: 15_000, markInterruptAsFailure: false },
    );
  });

  it("leave every line outside the edited entry as it was, and every comment there", () => {
    fc.assert(
      fc.property(setup, ({ files, edit, path }) => {
        const edited = applyEdits(filesInMemory(files), [edit]);
        if (!edited.ok) return;
        for (const [name, text] of edited.files) {
          const former = files[name] ?? "";
          const local = linesOf(former, "remove" in edit && isAlone(former, path) ? path.slice(0, -1) : path);
          // The last line of a text may come to be without its end, or get one.
          const lines = (all: string) => (former.endsWith("\n") ? all : all.replaceAll("\r", "")).split("\n");
          const old = lines(former);
          const now = lines(text);
          expect(now.slice(0, local[0])).toEqual(old.slice(0, local[0]));
          const rest = old.slice(local[1] + 1);
          const open = rest.length === 0;
          // An entry that was the last of a text without a line end takes that of the line before it with it.
          if (!open) expect(now.slice(-rest.length)).toEqual(rest);
        }
        expect(edited.files.size).toBeLessThan(2);
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: 15_000, markInterruptAsFailure: false },
    );
  });

  it("keep all comments where a scalar takes the place of another", () => {
    fc.assert(
      fc.property(setup, fc.nat(), ({ files, comments }, pick) => {
        const raw = rawOf(filesInMemory(files));
        const scalars = pathsOf(raw).filter((path) => {
          const there = path.reduce<Raw>((above, key) => (above as RawMap)[key] as Raw, raw);
          return there === null || typeof there !== "object";
        });
        const path = scalars[pick % scalars.length] ?? ["title"];
        const edited = applyEdits(filesInMemory(files), [{ set: path, value: "2 to 4" }]);
        expect(edited.ok).toBe(true);
        const all = Object.values({ ...files, ...(edited.ok ? Object.fromEntries(edited.files) : {}) }).join("\n");
        for (const each of comments) expect(all).toContain(`# ${each}`);
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: 15_000, markInterruptAsFailure: false },
    );
  });
});
