import { describe } from "vitest";
import { everyWayOneDigest } from "../support/digests.ts";
import { SMALL_WAR } from "../support/small-war.ts";

// At full size in test/long/runs.
describe("every way to compute a run gives one digest", () => everyWayOneDigest(SMALL_WAR, 23, 2));
