import { z } from "zod";
import { assess, bindDynamics, bindGraph, type Memo } from "../../assess/index.ts";
import { checkDossier, type Dossier, filesInMemory, readDossier, viewCase } from "../../case/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import type { ClaimName, PackedFiles, Reply, Request } from "./protocol.ts";

// The library would else try to compile checks, which a strict policy forbids.
z.config({ jitless: true });

const scope = globalThis as unknown as {
  onmessage: ((event: { readonly data: Request }) => void) | null;
  postMessage(reply: Reply): void;
};

let dossier: Dossier | undefined;
let asked = 0;
const kept = new Map<string, string>();

/** Tells what is being worked out, and hands what is finished to the page, which gives it to the next worker. */
const memo: Memo = {
  read(key) {
    scope.postMessage({ step: stepOf(key), ask: asked });
    return kept.get(key);
  },
  write(key, value) {
    kept.set(key, value);
    scope.postMessage({ kept: [key, value] });
  },
};

/** The first word of a key says what it is a result of. */
function stepOf(key: string): string {
  return /^\["([^"]*)"/.exec(key)?.[1] ?? /^\[\["([^"]*)"/.exec(key)?.[1] ?? "";
}

scope.onmessage = ({ data }) => {
  if ("open" in data) {
    for (const [key, value] of data.known) kept.set(key, value);
    scope.postMessage(open(data.open));
    return;
  }
  if (dossier === undefined) return;
  asked = data.ask;
  const { reading, asOf, sets, seed } = data.look;
  try {
    const result = assess(dossier, { reading, asOf, sets }, { seed, memo, evidenceOnly: data.evidenceOnly });
    scope.postMessage({ answer: data.ask, assessment: result.assessment, problems: result.problems });
  } catch (error) {
    scope.postMessage({ broke: error instanceof Error ? error.message : String(error), ask: data.ask });
  }
};

function open({ main, files }: PackedFiles): Reply {
  const read = readDossier(filesInMemory(files, main));
  dossier = read.dossier;
  const problems: Problem[] = [...read.problems];
  const claims: ClaimName[] = [];
  let title = "";
  if (dossier !== undefined) {
    problems.push(...checkDossier(dossier));
    const { case: content } = viewCase(dossier);
    if (content !== undefined) {
      title = content.title;
      problems.push(...bindDynamics(content).problems, ...bindGraph(content).problems);
      const known = Object.entries(content.claims);
      claims.push(...known.map(([id, claim]) => ({ id, name: claim.name ?? id.replaceAll("-", " ") })));
    }
  }
  const unique = [...new Map(problems.map((each) => [JSON.stringify(each), each])).values()];
  if (dossier === undefined || unique.some(({ severity }) => severity === "error")) return { failed: unique };
  return { opened: true, title, claims, problems: unique };
}
