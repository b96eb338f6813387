import { z } from "zod";
import {
  assess,
  bindDynamics,
  caseToScore,
  compareEvidence,
  compareWars,
  coursesOf,
  type Memo,
  readRecord,
  scoreCases,
  warControls,
} from "../../assess/index.ts";
import { type Case, type Dossier, filesInMemory, readDossier, viewCase } from "../../case/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import type { Look } from "./protocol.ts";
import type { ComparedViews, Job, Jobs, ScoredRecord, SideReply, SideRequest } from "./side-protocol.ts";

// The library would else try to compile checks, which a strict policy forbids.
z.config({ jitless: true });

const scope = globalThis as unknown as {
  onmessage: ((event: { readonly data: SideRequest }) => void) | null;
  postMessage(reply: SideReply): void;
};

/** Draws of the evidence where the case does not say. */
const DRAWS = 10_000;

let dossier: Dossier | undefined;
let working = 0;
const kept = new Map<string, string>();

/** Tells what is being worked out. */
const memo: Memo = {
  read(key) {
    scope.postMessage({ id: working, step: /"([^"]*)"/.exec(key)?.[1] ?? "" });
    return kept.get(key);
  },
  write: (key, value) => void kept.set(key, value),
};

scope.onmessage = ({ data }) => {
  if ("open" in data) {
    dossier = readDossier(filesInMemory(data.open.files, data.open.main)).dossier;
    return;
  }
  working = data.id;
  try {
    if (dossier === undefined) throw new Error("the case cannot be read");
    scope.postMessage({ id: data.id, answer: done(dossier, data.job) });
  } catch (error) {
    scope.postMessage({ id: data.id, broke: error instanceof Error ? error.message : String(error) });
  }
};

function done(open: Dossier, { kind, ask }: Job): Jobs[Job["kind"]]["answer"] {
  switch (kind) {
    case "controls": {
      const content = viewed(open, ask.look).case;
      return content === undefined ? null : warControls(content);
    }
    case "courses": {
      const content = viewed(open, ask.look).case;
      return content === undefined ? [] : coursesOf(content, ask.look.seed, ask.trajectories);
    }
    case "assess": {
      const { assessment, problems } = assess(open, ask.look, { seed: ask.look.seed, memo });
      return { assessment, problems };
    }
    case "compare":
      return compared(open, ask);
    case "score":
      return scored(open, ask);
  }
}

const viewed = (open: Dossier, { reading, asOf, sets }: Look) => viewCase(open, { reading, asOf, sets });

function compared(open: Dossier, { a, b, runs, also }: Jobs["compare"]["ask"]): ComparedViews {
  const sides = [viewed(open, a), viewed(open, b)] as const;
  const [from, to] = sides.map((side) => side.case);
  const problems = sides.flatMap((side) => (side.case === undefined ? side.problems : []));
  if (from === undefined || to === undefined) return { simulation: null, evidence: [], problems };
  const wars = [warOf(from), warOf(to)] as const;
  const faults = wars.flatMap((war) => war.problems.filter(({ severity }) => severity === "error"));
  const [one, two] = wars;
  return {
    simulation:
      one.inputs === undefined || two.inputs === undefined
        ? null
        : compareWars(
            { content: from, inputs: one.inputs },
            { content: to, inputs: two.inputs },
            { seed: a.seed, runs, prior: false, also },
          ),
    evidence: compareEvidence(from, to, { seed: a.seed, draws: from.settings.draws ?? DRAWS }),
    problems: faults,
  };
}

const warOf = (content: Case) => bindDynamics(content);

/** Scores the record of a case; where it holds no forecasts, what the case says as it stands against what came of it. */
function scored(open: Dossier, { text, file, seed }: Jobs["score"]["ask"]): ScoredRecord {
  const read = text === null ? undefined : readRecord(text, file);
  const broken = (read?.problems ?? []).filter(({ severity }) => severity === "error");
  if (broken.length > 0) return { score: null, problems: broken };
  const { given, problems } = caseToScore("case", open, read?.record, { seed, memo });
  if (given === undefined) return { score: null, problems };
  if (given.record === undefined && given.hindsight === undefined) return { score: null, problems: [] };
  const score = scoreCases([given], { seed });
  return { score, problems: score.problems as unknown as readonly Problem[] };
}
