/** A table of a backup, in an order in which each refers to those before it alone. */
export interface KeptTable {
  readonly name: string;
  /** The order of its rows, the same on every store. */
  readonly order: readonly string[];
  /** The column that refers to rows of the same table. */
  readonly refersToItself?: string;
  /** The column that counts by itself. */
  readonly counts?: string;
  /** Rows that are read at a time; fewer where they may be long. */
  readonly atATime?: number;
}

/** What a backup holds. */
export const KEPT: readonly KeptTable[] = [
  { name: "users", order: ["id"] },
  { name: "accounts", order: ["id"] },
  { name: "passkeys", order: ["id"] },
  { name: "workspaces", order: ["id"] },
  { name: "workspace_members", order: ["workspace_id", "user_id"] },
  { name: "cases", order: ["id"] },
  { name: "case_members", order: ["case_id", "user_id"] },
  { name: "contents", order: ["case_id", "hash"], atATime: 20 },
  { name: "versions", order: ["case_id", "number"] },
  { name: "comments", order: ["id"], refersToItself: "parent_id" },
  { name: "assessments", order: ["case_id", "key"], atATime: 5 },
  { name: "runs", order: ["id"], atATime: 20 },
  { name: "run_shards", order: ["key", "shard"], atATime: 20 },
  { name: "audit", order: ["seq"], counts: "seq" },
  { name: "invitations", order: ["id"] },
  { name: "api_tokens", order: ["id"] },
  { name: "shares", order: ["id"] },
];

/** What no backup holds: who is signed in or about to be, what is under way, what is counted for a while. */
export const LEFT_OUT: readonly string[] = ["sessions", "verifications", "resets", "presence", "rate_limits"];
