import { join } from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { askPassphrase, passphraseIn } from "../../src/cli/bundle/passphrase.ts";
import { folderWith } from "../support/cli.ts";

describe("a passphrase", () => {
  /** A terminal on which somebody types. */
  function typing(...keys: readonly string[]) {
    const input = Object.assign(new PassThrough(), {
      isTTY: true as const,
      raw: [] as boolean[],
      setRawMode: (on: boolean) => input.raw.push(on),
    });
    let shown = "";
    const output = {
      write(text: string) {
        shown += text;
        // A question that came before the terminal was silent would show what a quick hand types.
        if (text.endsWith(": ")) expect(input.raw.at(-1)).toBe(true);
        if (text.endsWith(": ")) setImmediate(() => input.write(lines.shift() ?? ""));
      },
    };
    const lines = [...keys];
    return { terminal: { input, output } as never, shown: () => shown, raw: input.raw };
  }

  it("is asked for on a terminal that shows nothing of it, twice where it is new", async () => {
    const one = typing("secret\r");
    expect(await askPassphrase(false, one.terminal)).toBe("secret");
    expect(one.shown()).toBe("Passphrase: \n");
    expect(one.raw).toEqual([true, false]);
    const two = typing("xx\u0015sex\u007fcrét\r", "secrét\n");
    expect(await askPassphrase(true, two.terminal)).toBe("secrét");
    expect(two.shown()).toBe("Passphrase: \nThe same again: \n");
  });

  it("is refused where it is empty or the two differ, and Ctrl-C ends it", async () => {
    await expect(askPassphrase(false, typing("\r").terminal)).rejects.toThrow("empty");
    await expect(askPassphrase(true, typing("a\r", "b\r").terminal)).rejects.toThrow("not the same");
    const stopped = typing("a\u0003");
    await expect(askPassphrase(false, stopped.terminal)).rejects.toMatchObject({ code: 3 });
    expect(stopped.raw).toEqual([true, false]);
  });

  it("is the one line of a file", () => {
    const folder = folderWith({ a: "two words\r\n", b: "\ufeffx", c: "x\n\n", d: "x".repeat(1001) });
    expect([passphraseIn(join(folder, "a")), passphraseIn(join(folder, "b"))]).toEqual(["two words", "x"]);
    for (const name of ["c", "d"]) expect(() => passphraseIn(join(folder, name))).toThrow("invalid passphrase");
  });
});
