import { stringify } from "yaml";
import type { PlanFile } from "./plan-file.ts";

/** What a manifest is rendered for. */
export interface ManifestOptions {
  /** Where the jobs find the plan. */
  readonly planPath: string;
  /** Where they put their shards. */
  readonly out: string;
  /** Shards that are computed at a time. */
  readonly parallel: number;
}

export interface KubernetesOptions extends ManifestOptions {
  readonly image: string;
  /** The persistent volume claim that holds the plan and takes the shards. */
  readonly claim: string;
  /** Where it is mounted. */
  readonly mount: string;
}

/** How often a shard is tried again before it is given up. */
const RETRIES = 4;
/** Bad input: the same plan will not compute on another try. */
const BAD_INPUT = 2;

/**
 * A Kubernetes indexed job: a pod for each shard, with the shard's index from JOB_COMPLETION_INDEX. A shard that fails is
 * tried again by itself (backoffLimitPerIndex, Kubernetes 1.33); a pod that was moved off its node does not count as failed.
 */
export function kubernetesManifest(plan: PlanFile, options: KubernetesOptions): string {
  const { image, claim, mount, planPath, out, parallel } = options;
  const job = {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      name: `parley-${plan.hash.slice(0, 12)}`,
      labels: { "app.kubernetes.io/name": "parley", "app.kubernetes.io/component": "shard" },
      annotations: { "parley/plan": plan.hash, "parley/code": plan.code },
    },
    spec: {
      completions: plan.shards,
      parallelism: Math.min(parallel, plan.shards),
      completionMode: "Indexed",
      backoffLimitPerIndex: RETRIES,
      // One shard that cannot be computed does not stop the others.
      maxFailedIndexes: plan.shards,
      podFailurePolicy: {
        rules: [
          { action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] },
          { action: "FailIndex", onExitCodes: { containerName: "shard", operator: "In", values: [BAD_INPUT] } },
        ],
      },
      template: {
        metadata: { labels: { "app.kubernetes.io/name": "parley", "app.kubernetes.io/component": "shard" } },
        spec: {
          restartPolicy: "Never",
          automountServiceAccountToken: false,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 1000,
            runAsGroup: 1000,
            fsGroup: 1000,
            seccompProfile: { type: "RuntimeDefault" },
          },
          containers: [
            {
              name: "shard",
              image,
              command: ["parley", "shard", planPath, "--out", out],
              env: [
                { name: "PARLEY_CACHE", value: "/tmp/parley" },
                { name: "NO_COLOR", value: "1" },
              ],
              resources: {
                requests: { cpu: "1", memory: "256Mi" },
                limits: { cpu: "1", memory: "512Mi" },
              },
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ["ALL"] },
              },
              volumeMounts: [
                { name: "runs", mountPath: mount },
                { name: "tmp", mountPath: "/tmp" },
              ],
            },
          ],
          volumes: [
            { name: "runs", persistentVolumeClaim: { claimName: claim } },
            { name: "tmp", emptyDir: {} },
          ],
        },
      },
    },
  };
  return stringify(job, { lineWidth: 0 });
}

export interface SlurmOptions extends ManifestOptions {
  readonly partition: string | undefined;
  /** The command that starts Parley on a node. */
  readonly command: string;
}

/** Slurm takes this many tasks in an array unless its site has set another MaxArraySize. */
const MOST_TASKS = 1000;

/** A Slurm batch script: an array with a task for each shard, or for several in a row where there are more than 1000. */
export function slurmManifest(plan: PlanFile, options: SlurmOptions): string {
  const { planPath, out, parallel, partition, command } = options;
  const each = Math.ceil(plan.shards / MOST_TASKS);
  const tasks = Math.ceil(plan.shards / each);
  const words = [command, "shard", quoted(planPath), "--out", quoted(out)].join(" ");
  const body =
    each === 1
      ? [`exec ${words} --index "$SLURM_ARRAY_TASK_ID"`]
      : [
          `# ${each} shards in a task: an array holds ${MOST_TASKS} tasks unless MaxArraySize allows more.`,
          `first=$((SLURM_ARRAY_TASK_ID * ${each}))`,
          `last=$((first + ${each - 1}))`,
          `if [ "$last" -gt ${plan.shards - 1} ]; then last=${plan.shards - 1}; fi`,
          "failed=0",
          "for index in $(seq $first $last); do",
          `  ${words} --index "$index" || failed=$?`,
          "done",
          "exit $failed",
        ];
  return `${[
    "#!/bin/bash",
    `#SBATCH --job-name=parley-${plan.hash.slice(0, 12)}`,
    `#SBATCH --array=0-${tasks - 1}%${Math.min(parallel, tasks)}`,
    "#SBATCH --ntasks=1",
    "#SBATCH --cpus-per-task=1",
    "#SBATCH --mem=512M",
    "#SBATCH --requeue",
    ...(partition === undefined ? [] : [`#SBATCH --partition=${partition}`]),
    `# ${plan.runs} trajectories in ${plan.shards} shards, by parley ${plan.code}.`,
    "set -u",
    ...body,
  ].join("\n")}\n`;
}

/** A word of a shell, whatever is in it. */
function quoted(word: string): string {
  return /^[\w./@%+=:,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
