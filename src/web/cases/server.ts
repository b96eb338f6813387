import type { CaseList, CaseState, CaseSummary, CaseText, WholeCase } from "../../api/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import type { PackedFiles } from "../engine/protocol.ts";
import type { Answer, ApiClient, Connection } from "./api-client.ts";
import type { CaseHome, Held, Saved } from "./home.ts";

/** Cases in folders behind the server that handed out this page. */

/** Whether the page came from Parley's server; where the same files are handed out by another, there are no such cases. */
export async function findServer(client: ApiClient): Promise<Answer<CaseList> | undefined> {
  const answer = await client.list();
  if (answer.ok || answer.locked === true) return answer;
  return undefined;
}

/** What the page hears of a case besides its texts. */
export type News =
  | { readonly kind: "changed" }
  /** Its files went away, or cannot be read: why. */
  | { readonly kind: "gone"; readonly problems: readonly Problem[] }
  /** They are there again. */
  | { readonly kind: "there" }
  | { readonly kind: "connection"; readonly state: Connection }
  /** A team's server says which version is the newest, after every save. */
  | { readonly kind: "version"; readonly version: number }
  /** Something beside its texts is another: comments, who is here, runs. */
  | { readonly kind: "beside"; readonly what: string };

export function heldOf({ case: { hash }, main, files }: WholeCase): Held {
  return heldFrom(main, hash, files);
}

function heldFrom(main: string, hash: string, files: readonly CaseText[]): Held {
  return {
    packed: { main, files: Object.fromEntries(files.map(({ name, text }) => [name, text])) },
    hash,
    hashes: Object.fromEntries(files.map(({ name, hash: own }) => [name, own])),
  };
}

/** A state of a case with some of its files as they are now. */
function overlaid({ packed, hashes }: Held, hash: string, files: readonly CaseText[]): Held {
  const now = heldFrom(packed.main, hash, files);
  return {
    packed: { main: packed.main, files: { ...packed.files, ...now.packed.files } },
    hash,
    hashes: { ...hashes, ...now.hashes },
  };
}

/**
 * The home of a case behind the server: in a folder, or in a workspace of a team.
 *
 * @param key - names the case among all that this browser may keep unsaved edits of; its path unless given.
 */
export function serverHome(
  client: ApiClient,
  { id, path, readOnly, key = path }: Pick<CaseSummary, "id" | "path" | "readOnly"> & { readonly key?: string },
  begin: Held,
  tell: (news: News) => void = () => {},
): CaseHome {
  /** The newest state that this page knows of. */
  let known = begin.hash;
  /** Writes that are not answered yet, and how many there were: what was read meanwhile may be older than they are. */
  let writing = 0;
  let writes = 0;
  let ask = (): void => {};

  async function write(held: Held, act: () => Promise<Saved>): Promise<Saved> {
    writing += 1;
    writes += 1;
    const saved = await act();
    writing -= 1;
    if (saved.held !== undefined && saved.held !== held) known = saved.held.hash;
    ask();
    return saved;
  }

  const refused = (held: Held, answer: Extract<Answer<never>, { ok: false }>): Saved => {
    const { problems, lost, hash, files } = answer;
    const now = hash === undefined || files === undefined ? {} : { held: heldFrom(held.packed.main, hash, files) };
    return { ok: false, problems, ...(lost ? { lost } : {}), ...now };
  };

  return {
    kind: "server",
    readOnly,
    where: path,
    key,
    edit: (held, edits) =>
      write(held, async () => {
        const made = await client.edits(id, held.hash, edits);
        if (!made.ok) return refused(held, made);
        const { hash, files, inverse, merged } = made;
        const now = merged ? heldFrom(held.packed.main, hash, files) : overlaid(held, hash, files);
        return { ok: true, held: now, inverse, merged };
      }),
    saveText: (held, name, text) =>
      write(held, async () => {
        const saved = await client.saveText(id, name, text, held.hashes[name] ?? null);
        if (!saved.ok) return refused(held, saved);
        // The text may name other files than before.
        const whole = await client.open(id);
        const now = whole.ok ? heldOf(whole) : overlaid(held, saved.hash, [{ name, text, hash: saved.file.hash }]);
        return { ok: true, held: now, inverse: [], merged: false };
      }),
    watch(changed, connection) {
      let ended = false;
      let asked = false;
      let told = begin.hash;
      let gone = false;
      let away = false;

      /** Fetches what the files are now, unless a write is under way: its answer brings them. */
      const look = async (): Promise<void> => {
        if (!asked || writing > 0 || ended) return;
        asked = false;
        if (told === known && !gone) return;
        const before = writes;
        const whole = await client.open(id);
        if (ended) return;
        if (before !== writes) {
          asked = true;
          return look();
        }
        if (!whole.ok) {
          if (whole.lost) return;
          gone = true;
          return tell({ kind: "gone", problems: whole.problems });
        }
        if (gone) tell({ kind: "there" });
        gone = false;
        if (whole.case.hash === known) return;
        known = whole.case.hash;
        tell({ kind: "changed" });
        changed(heldOf(whole));
      };
      ask = () => void look();

      const stop = client.events(
        id,
        (state: CaseState & { readonly version?: number }) => {
          if (state.version !== undefined) tell({ kind: "version", version: state.version });
          told = state.hash;
          asked = true;
          void look();
        },
        (state) => {
          if (state === "there" && !away) return;
          away = state !== "there";
          tell({ kind: "connection", state });
          connection(away ? "lost" : "back");
        },
        (what) => {
          if (what !== "gone") return tell({ kind: "beside", what });
          told = "";
          asked = true;
          return void look();
        },
      );
      return () => {
        ended = true;
        ask = () => {};
        stop();
      };
    },
  };
}

/** A case of one's own in the server's folder for new cases or in a workspace, of texts; under the first name that is free. */
export async function createOnServer(
  client: ApiClient,
  name: string,
  { main, files }: PackedFiles,
  workspace?: string,
): Promise<Answer<{ readonly ok: true; readonly case: CaseSummary }>> {
  const { [main]: text = "", ...others } = files;
  const texts = { ...others, "case.yaml": text };
  for (let count = 1; ; count += 1) {
    const made = await client.create({ files: texts, name: count === 1 ? name : `${name}-${count}` }, workspace);
    const isTaken = !made.ok && TAKEN.has(made.problems[0]?.code ?? "");
    if (!isTaken || count === MOST_NAMES) return made;
  }
}

const MOST_NAMES = 50;
const TAKEN: ReadonlySet<string> = new Set(["file-there", "name-taken"]);
