const plural = (n: number, one: string, more = `${one}s`): string =>
  `${n.toLocaleString("en")} ${n === 1 ? one : more}`;

/** Words of long runs on a team server. */
export const runsWords = {
  title: "Long runs",
  lead: "Simulations of many trajectories, computed on the server or its cluster. The digest of a run is the same wherever it is computed.",
  none: "You have started none yet.",
  start: "Start a run",
  case: "Case",
  noCase: "There is no case here that could be simulated.",
  trajectories: "Trajectories",
  seed: "Seed",
  prior: "Draw uncertain parameters anew for each trajectory",
  go: "Start it",
  state: {
    queued: "waiting for its turn",
    running: "running",
    done: "done",
    incomplete: "incomplete",
    failed: "failed",
    cancelled: "cancelled",
  } as Readonly<Record<string, string>>,
  of: (label: string, version: number) => `${label}, version ${version}`,
  progress: (done: number, all: number) =>
    `${done.toLocaleString("en")} of ${plural(all, "trajectory", "trajectories")}`,
  shards: (done: number, total: number) => `${done} of ${plural(total, "shard")}`,
  retried: (n: number) => `${plural(n, "shard")} tried again`,
  parked: (n: number) => `${plural(n, "shard")} given up`,
  replayed: (n: number) => `${plural(n, "shard")} known before`,
  rate: (n: number) => `${Math.round(n).toLocaleString("en")} a second`,
  where: { threads: "on the server", cluster: "on the cluster" },
  workers: (n: number) => plural(n, "worker"),
  began: "started",
  over: "ended",
  digest: "Digest",
  command: "The same on your own machine:",
  cancel: "Cancel",
  cancelOf: (label: string) => `Cancel the run of ${label}`,
  forget: "Forget",
  forgetOf: (label: string) => `Forget the run of ${label}`,
} as const;
