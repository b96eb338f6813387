import { describe } from "vitest";
import { everyWayOneDigest } from "../../support/digests.ts";
import { SMALL_WAR } from "../../support/small-war.ts";

describe("every way to compute a run gives one digest, at full size", () => everyWayOneDigest(SMALL_WAR, 1003, 12));
