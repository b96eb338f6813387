import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, it } from "vitest";
import { testProcess, type WorkerProcess } from "./worker-process.ts";

/** A host of its own: a network namespace with one link to the middle. */
export interface Host {
  /** Starts a process there. */
  start(words: readonly string[]): WorkerProcess;
  /** Takes its link down, or up again: what was on its way is lost. */
  link(state: "down" | "up"): void;
}

/** A network of namespaces, in none of which the machine's own network is: a host in the middle, others linked to it alone. */
export interface Network {
  /** The address of the middle, as each host has it. */
  addressFor(host: number): string;
  readonly middle: Pick<Host, "start">;
  readonly hosts: readonly Host[];
  stop(): Promise<void>;
}

/** Ways to make a namespace: as one who has no rights elsewhere, or as root. */
const WAYS = [
  { make: ["unshare", "--user", "--map-root-user", "--net"], enter: ["--user", "--net"] },
  { make: ["unshare", "--net"], enter: ["--net"] },
] as const;
const VETH = "ip link add one type veth peer name two && ip link set lo up && command -v nsenter";
const way = WAYS.find(({ make: [command, ...words] }) => spawnSync(command, [...words, "sh", "-c", VETH]).status === 0);

const HOLD = ["sh", "-c", "ip link set lo up; echo ready; exec sleep 3600"];

/** Makes a network of so many hosts around a middle. */
export async function startNetwork(count: number): Promise<Network> {
  const holders: WorkerProcess[] = [];
  const stop = async () => {
    for (const holder of holders.reverse()) await holder.end();
  };
  try {
    return { ...(await makeNetwork(count, holders)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function makeNetwork(count: number, holders: WorkerProcess[]): Promise<Omit<Network, "stop">> {
  const { make, enter } = way ?? WAYS[0];
  const hold = async (words: readonly string[]): Promise<readonly string[]> => {
    const holder = testProcess([...words, ...HOLD]);
    holders.push(holder);
    await holder.says("ready");
    return ["nsenter", "--target", String(holder.child.pid), ...enter];
  };
  const run = ([command = "", ...words]: readonly string[]) => {
    const { status, stderr } = spawnSync(command, words, { encoding: "utf8" });
    if (status !== 0) throw new Error(`${words.join(" ")}: ${stderr}`);
  };
  const middle = await hold(make);
  const hosts: Host[] = [];
  for (let i = 0; i < count; i++) {
    const inside = await hold([...middle, "unshare", "--net"]);
    const pid = String(holders.at(-1)?.child.pid);
    const [here, there] = [`to${i}`, "middle"];
    run([...middle, "ip", "link", "add", here, "type", "veth", "peer", "name", there, "netns", pid]);
    for (const [at, name, last] of [
      [middle, here, 1],
      [inside, there, 2],
    ] as const) {
      run([...at, "ip", "address", "add", `10.77.${i}.${last}/24`, "dev", name]);
      run([...at, "ip", "link", "set", name, "up"]);
    }
    hosts.push({
      start: (words) => testProcess([...inside, ...words]),
      link: (state) => run([...middle, "ip", "link", "set", here, state]),
    });
  }
  // A link takes a moment.
  await sleep(100);
  return {
    addressFor: (host) => `10.77.${host}.1`,
    middle: { start: (words) => testProcess([...middle, ...words]) },
    hosts,
  };
}

/** Tests that need network namespaces; where none may be made they are skipped, and say so. */
export function describeWithNetwork(name: string, tests: () => void): void {
  if (way !== undefined) describe(name, tests);
  else
    describe(name, () =>
      it.skip("skipped: no network namespace with a link may be made here (needs Linux, iproute2, unshare and nsenter, and user namespaces or root)", () => {}),
    );
}
