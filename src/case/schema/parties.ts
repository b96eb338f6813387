import { z } from "zod";
import { UNIT_INTERVAL } from "../notation/amount.ts";
import { amount, entries, note, provenance, ref, shortText, text, word } from "./fields.ts";

const role = z.strictObject({
  role: word(
    "belligerent",
    "backer",
    "mediator",
    "guarantor",
    "host",
    "monitor",
    "observer",
    "ratifier",
    "spoiler",
  ).describe("What the party does in the conflict or the talks."),
  of: ref("party").optional().describe("Whose backer, guarantor or ratifier it is."),
  says: note(
    z
      .union([ref("party or source"), z.array(ref("party or source"))])
      .transform((value) => (typeof value === "string" ? [value] : value)),
    { expected: "the name of a party or a source, or a list of them" },
  )
    .optional()
    .describe("Who says that it has this role: parties or sources."),
  ...provenance,
});

const aim = z.strictObject({
  text: text.describe("What the party is said to want."),
  basis: word("stated", "ascribed").describe("Whether the party says so itself or another ascribes it."),
  ...provenance,
});

const faction = z.strictObject({
  name: shortText,
  ratifies: z.boolean().optional().describe("Whether an agreement needs its consent."),
  text: text.optional().describe("What it stands for."),
  aims: z.array(aim).optional().describe("What it wants: its own stated aim beside what others ascribe to it."),
  ...provenance,
});

/** Support from a backer, per month where it is a rate. */
const aid = z.strictObject({
  to: ref("party").describe("Who receives it."),
  share: amount(UNIT_INTERVAL).optional().describe("Share of the receiver's capability that hangs on it."),
  cutRate: amount({ low: 0 }).optional().describe("Hazard that it is cut, per month."),
  restoreRate: amount({ low: 0 }).optional().describe("Hazard that a cut is undone, per month."),
  left: amount(UNIT_INTERVAL).optional().describe("Share of it that flows on after a cut."),
  replaces: amount(UNIT_INTERVAL).optional().describe("Share of another backer's lost aid that this one makes up for."),
  wantsTalks: amount(UNIT_INTERVAL).optional().describe("How far its government wants talks, 0 to 1."),
  flowing: amount(UNIT_INTERVAL).optional().describe("Chance that it flows on the day of the case; 1 unless given."),
  ...provenance,
});

/** A country's numeric code; YAML reads 076 as 76. */
const iso = note(
  z.union([z.int().min(1).max(999), z.string().regex(/^\d{3}$/)]).transform((value) => String(value).padStart(3, "0")),
  { expected: "an ISO 3166-1 numeric code such as 804" },
);

export const party = z.strictObject({
  name: shortText.describe("Name shown in every view."),
  aliases: z.array(shortText).optional().describe("Other names by which texts call it."),
  kind: word("state", "coalition", "organisation", "movement", "person").optional(),
  iso: iso
    .optional()
    .describe("Its country for a map, by ISO 3166-1 numeric code: 804 is Ukraine. A state of today only."),
  roles: z.array(role).optional().describe("Roles are plural and attributed."),
  aid: aid.optional(),
  aims: z.array(aim).optional(),
  factions: entries("faction", faction).optional().describe("Groups within the party that can bind its hands."),
  ...provenance,
});
