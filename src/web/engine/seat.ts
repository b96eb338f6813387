import { assess, bindDynamics, bindGraph, checkHistory, Live, lookAt, type Memo } from "../../assess/index.ts";
import { checkDossier, type Dossier, filesInMemory, readDossier } from "../../case/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import type { ChangedFiles, ClaimName, Look, PackedFiles, Reply, Request } from "./protocol.ts";

/** What is worked out before anybody asks: as an address without a seed has it. */
const PREPARED = { seed: 1, runs: 1000 };

/** What a worker does with what it is sent; apart from the worker itself, so that it runs anywhere. */
export interface Seat {
  take(request: Request): Promise<void>;
}

/**
 * Holds a case and answers looks at it.
 *
 * @param post sends a reply
 * @param rest lets messages come in; after it the work goes on, or is dropped where something newer came
 */
export function takeSeat(post: (reply: Reply) => void, rest: () => Promise<void>): Seat {
  let packed: PackedFiles = { main: "case.yaml", files: {} };
  let dossier: Dossier | undefined;
  /** Counts what came in: work goes on as long as it is the newest. */
  let turn = 0;
  let asked = 0;
  const kept = new Map<string, string>();
  const live = new Live();

  /** Tells what is being worked out, and hands what is finished to the page, which gives it to the next worker. */
  const memo: Memo = {
    read(key) {
      post({ step: stepOf(key), ask: asked });
      return kept.get(key);
    },
    write(key, value) {
      kept.set(key, value);
      post({ kept: [key, value] });
    },
  };

  function open(files: PackedFiles, check: boolean): Reply {
    packed = files;
    const read = readDossier(filesInMemory(packed.files, packed.main));
    dossier = read.dossier;
    const problems: Problem[] = [...read.problems];
    const claims: ClaimName[] = [];
    let title = "";
    if (dossier !== undefined) {
      const { case: content, problems: found } = lookAt(dossier, {});
      problems.push(...(check ? checkDossier(dossier) : found));
      if (content !== undefined) {
        title = content.title;
        problems.push(...bindDynamics(content).problems, ...bindGraph(content).problems, ...checkHistory(content));
        const known = Object.entries(content.claims);
        claims.push(...known.map(([id, claim]) => ({ id, name: claim.name ?? id.replaceAll("-", " ") })));
      }
    }
    const unique = [...new Map(problems.map((each) => [JSON.stringify(each), each])).values()];
    if (dossier === undefined || unique.some(({ severity }) => severity === "error")) {
      dossier = undefined;
      return { failed: unique };
    }
    return { opened: true, title, claims, problems: unique };
  }

  /** The parts of the answer, as they are finished; gives whether nothing newer came in meanwhile. */
  async function answerLive(
    of: Dossier,
    ask: number,
    { reading, asOf, sets, seed }: Look,
    own: number,
  ): Promise<boolean> {
    for (const part of live.answer(of, { reading, asOf, sets }, { seed })) {
      if (part !== undefined) post({ live: ask, part });
      else await rest();
      if (turn !== own) return false;
    }
    post({ lived: ask });
    await rest();
    return turn === own;
  }

  async function answer(of: Dossier, ask: number, look: Look, evidenceOnly: boolean, own: number): Promise<void> {
    asked = ask;
    const { reading, asOf, sets, seed } = look;
    try {
      if (evidenceOnly && !(await answerLive(of, ask, look, own))) return;
      const result = assess(of, { reading, asOf, sets }, { seed, memo, evidenceOnly });
      post({ answer: ask, assessment: result.assessment, problems: result.problems });
    } catch (error) {
      post({ broke: error instanceof Error ? error.message : String(error), ask });
    }
  }

  /** Works out the leading figures of every reading while nobody asks, so that they are there when somebody does. */
  async function prepare(of: Dossier, own: number): Promise<void> {
    const readings = Object.keys((of.raw["readings"] as object | undefined) ?? {});
    for (const reading of [undefined, ...readings]) {
      for (const part of live.answer(of, { reading }, { seed: PREPARED.seed, runs: PREPARED.runs })) {
        if (part === undefined) await rest();
        if (turn !== own) return;
      }
    }
  }

  return {
    async take(request) {
      turn += 1;
      if ("open" in request) {
        const own = turn;
        for (const [key, value] of request.known) kept.set(key, value);
        post(open(request.open, request.check));
        await rest();
        if (request.check && dossier !== undefined && turn === own) await prepare(dossier, own);
      } else if ("change" in request) {
        post(open(changed(packed, request.change), false));
      } else if (dossier !== undefined) {
        await answer(dossier, request.ask, request.look, request.evidenceOnly, turn);
      }
    },
  };
}

/** A case with some of its texts replaced. */
function changed(packed: PackedFiles, { main, files }: ChangedFiles): PackedFiles {
  const all = Object.entries({ ...packed.files, ...files });
  return { main, files: Object.fromEntries(all.flatMap(([path, text]) => (text === null ? [] : [[path, text]]))) };
}

/** The first word of a key says what it is a result of. */
function stepOf(key: string): string {
  return /^\["([^"]*)"/.exec(key)?.[1] ?? /^\[\["([^"]*)"/.exec(key)?.[1] ?? "";
}
