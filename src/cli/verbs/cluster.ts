import { posix, resolve } from "node:path";
import type { Command } from "commander";
import { isControl, ParleyError } from "../../core/problems/index.ts";
import { kubernetesManifest, slurmManifest } from "../cluster/manifest.ts";
import { readPlan } from "../cluster/plan-file.ts";
import { helpWithExamples } from "../help.ts";
import { countOf } from "../options.ts";
import type { Output } from "../output.ts";
import { refuse } from "../refuse.ts";

interface ManifestVerbOptions {
  readonly plan: string;
  readonly planPath?: string;
  readonly out?: string;
  readonly parallel?: string;
  readonly image?: string;
  readonly claim?: string;
  readonly mount?: string;
  readonly partition?: string;
  readonly command?: string;
}

const KINDS = ["k8s", "slurm"] as const;
const K8S_ONLY = ["image", "claim", "mount"] as const;
const SLURM_ONLY = ["partition", "command"] as const;
const PARALLEL = 50;
const MOUNT = "/runs";

/** `parley cluster manifest`: what a scheduler is given to compute the shards of a plan. */
export function addCluster(program: Command, outputOf: (command: Command) => Output): void {
  const cluster = program
    .command("cluster")
    .description("manifests for schedulers that compute a run on many machines");
  const command = cluster
    .command("manifest")
    .argument("<kind>", "k8s (an indexed job) or slurm (a job array)")
    .description("print the manifest that has a scheduler compute every shard of a plan")
    .requiredOption("--plan <file>", "the plan, as parley simulate --plan writes it")
    .option("--plan-path <path>", `where jobs find it (default: the file; k8s: ${MOUNT}/plan.json)`)
    .option("--out <folder>", `where jobs put shards (default: shards beside it; k8s: ${MOUNT}/shards)`)
    .option("--parallel <n>", `shards at a time (default: ${PARALLEL})`)
    .option("--image <image>", "k8s: an image that has parley (default: parley)")
    .option("--claim <name>", "k8s: the volume claim with the plan, shared by all nodes (default: parley-runs)")
    .option("--mount <path>", `k8s: where the claim is mounted (default: ${MOUNT})`)
    .option("--partition <name>", "slurm: the partition (default: the site's)")
    .option("--command <words>", "slurm: what starts Parley on a node (default: parley)")
    .action((kind: string, options: ManifestVerbOptions) => manifest(kind, options, outputOf(command)));
  helpWithExamples(command, [
    "parley cluster manifest slurm --plan run.json --out shards | sbatch",
    "parley cluster manifest k8s --plan run.json --image registry.local/parley:1 > job.yaml",
  ]);
}

function manifest(kind: string, options: ManifestVerbOptions, output: Output): void {
  if (kind !== "k8s" && kind !== "slurm") {
    throw ParleyError.of("invalid-option", { option: "kind", value: kind, expected: KINDS.join(" or ") });
  }
  const own = kind === "k8s" ? SLURM_ONLY : K8S_ONLY;
  const foreign = own.find((name) => options[name] !== undefined);
  if (foreign !== undefined) refuse(`--${foreign}`, `it is for ${kind === "k8s" ? "slurm" : "k8s"}`);
  const plan = readPlan(options.plan);
  const parallel = countOf("--parallel", options.parallel ?? String(PARALLEL), 10_000);
  const text = kind === "k8s" ? kubernetes() : slurm();
  output.printJson({ kind, plan: plan.hash, shards: plan.shards, manifest: text });
  output.print(text.trimEnd());

  function kubernetes(): string {
    const mount = below("--mount", options.mount ?? MOUNT, "/");
    return kubernetesManifest(plan, {
      image: options.image ?? "parley",
      claim: claimOf(options.claim ?? "parley-runs"),
      mount,
      planPath: below("--plan-path", options.planPath ?? `${mount}/plan.json`, mount),
      out: below("--out", options.out ?? `${mount}/shards`, mount),
      parallel,
    });
  }

  function slurm(): string {
    const planPath = options.planPath ?? resolve(options.plan);
    return slurmManifest(plan, {
      planPath,
      out: options.out === undefined ? resolve(options.plan, "..", "shards") : resolve(options.out),
      parallel,
      partition: options.partition === undefined ? undefined : nameOf("--partition", options.partition),
      command: wordsOf(options.command ?? "parley"),
    });
  }
}

/** A path that a container finds on the volume: the rest of its file system is read-only, and another one's. */
function below(option: string, value: string, folder: string): string {
  const normal = posix.normalize(value);
  const base = folder.endsWith("/") ? folder : `${folder}/`;
  if (normal.startsWith(base) && normal !== base) return value;
  throw ParleyError.of("invalid-option", { option, value, expected: `an absolute path below ${folder}` });
}

/** The name of a volume claim. @throws ParleyError where Kubernetes would refuse it (DNS-1123) */
function claimOf(value: string): string {
  if (value.length <= 253 && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(value))
    return value;
  const expected = "lower-case letters, digits, points and hyphens, a letter or digit first and last";
  throw ParleyError.of("invalid-option", { option: "--claim", value, expected });
}

/** What starts Parley, on the one line that it has in the script. */
function wordsOf(value: string): string {
  if (value.trim() !== "" && ![...value].some((character) => isControl(character.codePointAt(0) ?? 0))) return value;
  throw ParleyError.of("invalid-option", { option: "--command", value, expected: "a command on one line" });
}

/** A name that a scheduler takes. @throws ParleyError where it has other characters */
function nameOf(option: string, value: string): string {
  if (/^[A-Za-z0-9][\w.-]{0,252}$/.test(value)) return value;
  throw ParleyError.of("invalid-option", { option, value, expected: "letters, digits, points and hyphens" });
}
