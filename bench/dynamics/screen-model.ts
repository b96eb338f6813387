import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bindDynamics, warModel } from "../../src/assess/index.ts";
import { filesInFolder } from "../../src/case/folder.ts";
import { readDossier, viewCase } from "../../src/case/index.ts";
import type { EnsembleInput } from "../../src/dynamics/index.ts";
import { readParameterFile } from "../../src/formats/par.ts";
import { type Plan, planSobol, type SobolResult } from "../../src/sensitivity/index.ts";

/** The reference engine's first case lies beside the project, or where PARLEY_SHARED says. */
const FILE = join(process.env["PARLEY_SHARED"] ?? "../shared", "reference/dynamics-c/ru-ua-2024-11-28.par");
const BUNDLED = fileURLToPath(new URL("../../cases/ukraine-2024", import.meta.url));

/** The war that is screened: the reference engine's first case, or where it is not at hand the bundled case. */
function input(): EnsembleInput {
  if (existsSync(FILE)) {
    const { parameters } = readParameterFile(readFileSync(FILE, "utf8"), FILE);
    if (parameters !== undefined) return parameters;
  }
  const { dossier } = readDossier(filesInFolder(BUNDLED));
  const content = dossier === undefined ? undefined : viewCase(dossier, {}).case;
  const inputs = content === undefined ? undefined : bindDynamics(content).inputs;
  if (inputs === undefined) throw new Error("no war to screen");
  return inputs;
}

/** A screen of what drives the war: 700 draws of all its parameters, 24 trajectories for each vector, five outputs. */
export function screen(): Plan<SobolResult> {
  const model = warModel(input(), [
    { name: "talks12", kind: "by", passage: "talks", month: 12 },
    { name: "stop14", kind: "by", passage: "stop", month: 14 },
    { name: "settlement60", kind: "by", passage: "settlement", month: 60 },
    { name: "victory A", kind: "end", as: ["victoryA"] },
    { name: "durable", kind: "end", as: ["settlementDurable", "ceasefireDurable", "freezeDurable"] },
  ]);
  return planSobol(model, { draws: 700, reps: 24, seed: 42 });
}
