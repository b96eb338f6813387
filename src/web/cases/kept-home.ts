import type { EditorClient } from "../engine/editor-client.ts";
import type { PackedFiles } from "../engine/protocol.ts";
import type { CaseHome, Held, Saved } from "./home.ts";
import { type Kept, keptCase, replaceKept } from "./kept.ts";

/** Tabs of one browser tell one another what they changed. */
const CHANNEL = "parley-cases";

/** How often edits are made anew on a case that changes under them. */
const TRIES = 3;

const heldOf = ({ packed, state }: Kept): Held => ({ packed, hash: String(state), hashes: {} });

/** The home of a case that is kept in this browser; other tabs may have it open too. */
export function keptHome(id: string, editor: EditorClient): CaseHome {
  const tell = () => {
    const channel = new BroadcastChannel(CHANNEL);
    channel.postMessage(id);
    channel.close();
  };

  async function put(base: Held, packed: PackedFiles): Promise<Held | undefined> {
    const kept = await replaceKept(id, packed, Number(base.hash));
    if (kept !== undefined) tell();
    return kept === undefined ? undefined : heldOf(kept);
  }

  return {
    kind: "browser",
    readOnly: false,
    where: "",
    key: "",
    async edit(held, edits): Promise<Saved> {
      let base = held;
      for (let tries = 0; tries < TRIES; tries += 1) {
        const merged = base !== held;
        if (merged) {
          const problems = await editor.call("conflicts", { packed: base.packed, edits });
          if (problems.length > 0) return { ok: false, problems, held: base };
        }
        await editor.call("open", base.packed);
        const applied = await editor.call("apply", edits);
        if (!applied.ok) return { ok: false, problems: applied.problems, held: base };
        const saved = await put(base, applied.packed);
        if (saved !== undefined) return { ok: true, held: saved, inverse: applied.inverse, merged };
        const now = await keptCase(id);
        if (now === undefined) return { ok: false, problems: [], lost: true };
        base = heldOf(now);
      }
      return { ok: false, problems: [], held: base };
    },
    async saveText(held, name, text): Promise<Saved> {
      let base = held;
      for (let tries = 0; tries < TRIES; tries += 1) {
        const packed = { main: base.packed.main, files: { ...base.packed.files, [name]: text } };
        const saved = await put(base, packed);
        if (saved !== undefined) return { ok: true, held: saved, inverse: [], merged: base !== held };
        const now = await keptCase(id);
        if (now === undefined) return { ok: false, problems: [], lost: true };
        base = heldOf(now);
        // Changes of other files do not stand in its way.
        if (base.packed.files[name] !== held.packed.files[name]) break;
      }
      return { ok: false, problems: [], held: base };
    },
    watch(changed) {
      const channel = new BroadcastChannel(CHANNEL);
      channel.onmessage = ({ data }) => {
        if (data === id) void keptCase(id).then((now) => now !== undefined && changed(heldOf(now)));
      };
      return () => channel.close();
    },
  };
}

/** The state of a kept case, to begin with. */
export async function heldInBrowser(id: string): Promise<Held | undefined> {
  const kept = await keptCase(id);
  return kept === undefined ? undefined : heldOf(kept);
}
