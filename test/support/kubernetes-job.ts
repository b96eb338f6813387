import { z } from "zod";

/**
 * A job as Kubernetes 1.33 takes it: the fields of batch/v1 and core/v1 that ours may have and no others, and the rules that its
 * server checks beyond their types (kubernetes.io/docs/concepts/workloads/controllers/job, Job API reference).
 */
const whole = z.number().int().nonnegative();
const name = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/)
  .max(63);
const label = z
  .string()
  .regex(/^([A-Za-z0-9]([-\w.]*[A-Za-z0-9])?)?$/)
  .max(63);
const key = z.string().regex(/^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]*[A-Za-z0-9])?$/);
const labels = z.record(key, label);
const path = z.string().regex(/^\/[^:]*$/);
const quantity = z.string().regex(/^\d+(\.\d+)?(m|Ki|Mi|Gi|k|M|G)?$/);
const resources = z.strictObject({ cpu: quantity, memory: quantity });

const container = z.strictObject({
  name,
  image: z.string().min(1),
  command: z.array(z.string()).min(1),
  env: z.array(z.strictObject({ name: z.string().regex(/^[A-Za-z_]\w*$/), value: z.string() })),
  resources: z.strictObject({ requests: resources, limits: resources }),
  securityContext: z.strictObject({
    allowPrivilegeEscalation: z.boolean(),
    readOnlyRootFilesystem: z.boolean(),
    capabilities: z.strictObject({ drop: z.array(z.string()) }),
  }),
  volumeMounts: z.array(z.strictObject({ name, mountPath: path })),
});

const pod = z.strictObject({
  // A policy for failures of pods needs it.
  restartPolicy: z.literal("Never"),
  automountServiceAccountToken: z.boolean(),
  securityContext: z.strictObject({
    runAsNonRoot: z.boolean(),
    runAsUser: whole,
    runAsGroup: whole,
    fsGroup: whole,
    seccompProfile: z.strictObject({ type: z.enum(["RuntimeDefault", "Unconfined"]) }),
  }),
  containers: z.array(container).min(1),
  volumes: z.array(
    z.union([
      z.strictObject({ name, persistentVolumeClaim: z.strictObject({ claimName: name }) }),
      z.strictObject({ name, emptyDir: z.strictObject({}) }),
    ]),
  ),
});

const rule = z.union([
  z.strictObject({
    action: z.enum(["Ignore", "Count", "FailJob", "FailIndex"]),
    onPodConditions: z.array(z.strictObject({ type: z.string(), status: z.enum(["True", "False", "Unknown"]) })).min(1),
  }),
  z.strictObject({
    action: z.enum(["Ignore", "Count", "FailJob", "FailIndex"]),
    onExitCodes: z.strictObject({
      containerName: name.optional(),
      operator: z.enum(["In", "NotIn"]),
      values: z.array(z.number().int().min(0).max(255)).min(1).max(255),
    }),
  }),
]);

export const kubernetesJob = z
  .strictObject({
    apiVersion: z.literal("batch/v1"),
    kind: z.literal("Job"),
    metadata: z.strictObject({ name, labels, annotations: z.record(key, z.string()) }),
    spec: z.strictObject({
      completions: whole.min(1),
      parallelism: whole,
      completionMode: z.literal("Indexed"),
      backoffLimitPerIndex: whole,
      maxFailedIndexes: whole,
      podFailurePolicy: z.strictObject({ rules: z.array(rule).min(1).max(20) }),
      template: z.strictObject({ metadata: z.strictObject({ labels }), spec: pod }),
    }),
  })
  .superRefine(({ spec, metadata }, { addIssue }) => {
    const wrong = (message: string) => addIssue({ code: "custom", message });
    const { completions, parallelism, maxFailedIndexes, podFailurePolicy, template } = spec;
    // Names of pods end with a hyphen, the index, and six more characters, and a host's name has 63 at most.
    if (metadata.name.length + 1 + String(completions - 1).length > 63) wrong("the name is too long for an index");
    if (parallelism > 100_000) wrong("at most 100000 pods at a time");
    if (maxFailedIndexes > completions) wrong("more indices may fail than there are");
    if (completions > 100_000 && (maxFailedIndexes > 10_000 || parallelism > 10_000)) wrong("too many at a time");
    const [containers, volumes] = [template.spec.containers.map((each) => each.name), template.spec.volumes];
    for (const { volumeMounts } of template.spec.containers) {
      for (const mount of volumeMounts) {
        if (!volumes.some((volume) => volume.name === mount.name)) wrong(`no volume ${mount.name}`);
      }
    }
    for (const each of podFailurePolicy.rules) {
      if (!("onExitCodes" in each)) continue;
      const { values, operator, containerName } = each.onExitCodes;
      if (operator === "In" && values.includes(0)) wrong("exit code 0 is no failure");
      if (values.some((value, i) => i > 0 && value <= (values[i - 1] ?? 0)))
        wrong("exit codes are in order, once each");
      if (containerName !== undefined && !containers.includes(containerName)) wrong(`no container ${containerName}`);
    }
  });
