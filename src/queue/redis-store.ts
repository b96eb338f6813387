import type { Redis } from "ioredis";
import { decodeCounts, digestOf, encodeCounts } from "../runs/index.ts";
import {
  type Arrived,
  AT_A_TIME,
  type Differing,
  fieldOf,
  KEEP,
  type Kept,
  OWNED,
  placeOf,
  type RunStore,
  type ShardJob,
} from "./store.ts";

/**
 * Keeps a result if it is the first of its shard or equal to it; else notes that two differ. One step, so that it holds
 * whoever is ended when. KEYS: digests, results, differs, plan; ARGV: shard, digest, worker, field, counts, seconds to keep, tries.
 * A digest stands with the tries that it took and the name of who computed it.
 */
const KEEP_RESULT = `
if redis.call('EXISTS', KEYS[4]) == 0 then return 'over' end
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known and string.sub(known, 1, 64) ~= ARGV[2] then
  redis.call('HSET', KEYS[3], ARGV[1], string.match(known, '^%x+ %d+ (.*)$') .. '\\n' .. ARGV[3])
  redis.call('EXPIRE', KEYS[3], ARGV[6])
  return 'differs'
end
if not known then redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ' ' .. ARGV[7] .. ' ' .. ARGV[3]) end
redis.call('HSET', KEYS[2], ARGV[4], ARGV[5])
redis.call('EXPIRE', KEYS[1], ARGV[6])
redis.call('EXPIRE', KEYS[2], ARGV[6])
return known and 'known' or 'kept'`;

/** Takes or keeps the right to gather a run. KEYS: owner; ARGV: name, milliseconds. */
const OWN = `
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return owner end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return ARGV[1]`;

/** Gives it up. */
const DISOWN = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end return 1`;

/** What a run has on a Redis or Valkey server, under keys that begin with `parley:`. */
export class RedisStore implements RunStore {
  readonly #redis: Redis;
  readonly #key: (part: string) => string;

  constructor(redis: Redis, code: string, run: string) {
    this.#redis = redis;
    this.#key = (part) => `parley:${code}:{${run}}:${part}`;
  }

  async publish(plan: string): Promise<void> {
    await this.#redis.set(this.#key("plan"), plan, "EX", KEEP);
  }

  plan(): Promise<string | null> {
    return this.#redis.get(this.#key("plan"));
  }

  async isPublished(): Promise<boolean> {
    return (await this.#redis.exists(this.#key("plan"))) === 1;
  }

  async own(name: string): Promise<string> {
    return String(await this.#redis.eval(OWN, 1, this.#key("owner"), name, OWNED));
  }

  async disown(name: string): Promise<void> {
    await this.#redis.eval(DISOWN, 1, this.#key("owner"), name);
  }

  async keep(job: ShardJob, counts: Float64Array, worker: string, tries: number): Promise<Kept> {
    const kept = await this.#redis.eval(
      KEEP_RESULT,
      4,
      this.#key("digests"),
      this.#key("results"),
      this.#key("differs"),
      this.#key("plan"),
      String(job.i),
      digestOf(counts),
      worker,
      fieldOf(job),
      Buffer.from(encodeCounts(counts)),
      KEEP,
      tries,
    );
    return kept as Kept;
  }

  async arrived(take: (result: Arrived) => Promise<void>): Promise<number> {
    const fields = await this.#redis.hkeys(this.#key("results"));
    for (let at = 0; at < fields.length; at += AT_A_TIME) {
      const some = fields.slice(at, at + AT_A_TIME);
      const values = await this.#redis.hmgetBuffer(this.#key("results"), ...some);
      const digests = await this.#redis.hmget(this.#key("digests"), ...some.map((field) => String(placeOf(field).i)));
      for (const [at, field] of some.entries()) {
        const value = values[at];
        const counts = value === null || value === undefined ? undefined : decodeCounts(value);
        const [, tries = "1", worker] = /^\w+ (\d+) (.*)$/.exec(digests[at] ?? "") ?? [];
        if (counts !== undefined) await take({ ...placeOf(field), counts, worker, tries: Number(tries) });
      }
      await this.#redis.hdel(this.#key("results"), ...some);
    }
    return fields.length;
  }

  async differing(): Promise<Differing | undefined> {
    const [found] = Object.entries(await this.#redis.hgetall(this.#key("differs")));
    if (found === undefined) return undefined;
    const [first = "", second = ""] = found[1].split("\n");
    return { i: Number(found[0]), first, second };
  }

  async remove(): Promise<void> {
    await this.#redis.del(...["plan", "digests", "results", "differs"].map(this.#key));
  }
}
