import { z } from "zod";
import { POSITIVE, UNIT_INTERVAL } from "../notation/amount.ts";
import { amount, byRef, entries, note, provenance, ref, shortText, text } from "./fields.ts";

type Amount = ReturnType<typeof amount>;

/** A value alone, or with its source and reason. */
const value = (field: Amount) =>
  note(z.union([field, z.strictObject({ value: field, ...provenance })]), {
    expected: "a value, or {value: ..., because: ...}",
  }).optional();

/** A value for each side, by its name. */
const sides = (field: Amount) =>
  byRef(
    "party",
    note(z.union([field, z.strictObject({ value: field, ...provenance })]), {
      expected: "a value, or {value: ..., because: ...}",
    }),
  ).optional();

const any = amount({});
const rate = amount({ low: 0 });
const share = amount(UNIT_INTERVAL);
const positive = amount(POSITIVE);

const group = <S extends z.ZodRawShape>(shape: S, says: string) => z.strictObject(shape).optional().describe(says);

const pack = z.strictObject({
  name: shortText.optional(),
  text: text.optional(),
  value: note(z.union([z.literal("from-terms"), sides(any).unwrap()]), {
    expected: "values by the names of the sides, or from-terms",
  })
    .optional()
    .describe(
      "What the package is worth to each side beside its share of the stake, in shares of the stake; from-terms: worked out from what its proposal is worth to them.",
    ),
  guarantee: value(share).describe("Strength of its guarantee, 0 to 1."),
  proposal: ref("proposal").optional().describe("The proposal that it stands for."),
  ...provenance,
});

/**
 * The war as the simulation reads it. Every value is optional: what is left out takes a default that is listed as an
 * assumption. Time is in months; shares, costs and premiums are in shares of the stake, everything in dispute.
 */
export const war = z.strictObject({
  sides: z
    .strictObject({ a: ref("party"), b: ref("party") })
    .optional()
    .describe("The two sides; the two belligerents unless given. Views call them by their names."),
  text: text.optional().describe("How the stake is measured, and what its ends are."),
  clock: group(
    {
      step: value(amount({ low: 0.02, high: 3 })),
      horizon: value(amount({ low: 1, high: 600 })),
      durableAfter: value(positive),
    },
    "Months: the step, how far ahead, and how long a truce must last to count as durable.",
  ),
  front: group(
    {
      share: value(share),
      collapse: sides(any),
      drift: value(rate),
      volatility: value(positive),
      strength: value(any),
      strengthSpread: value(rate),
      strengthDrift: value(rate),
      gradient: value(any),
      inTalks: value(rate),
      inFreeze: value(rate),
    },
    "Where the front stands, where each side would collapse, how it moves.",
  ),
  capability: group(
    { own: sides(share), aidElasticity: value(rate), deliveryLag: value(rate) },
    "What each side has of its own, and what aid adds.",
  ),
  attrition: group(
    {
      losses: sides(rate),
      replacement: sides(rate),
      otherExponent: value(rate),
      ownExponent: value(rate),
      wearinessDrain: value(rate),
      rearmament: value(rate),
      collapse: value(rate),
      cap: value(positive),
    },
    "Losses and replacement, as shares of the force at the start.",
  ),
  beliefs: group(
    { optimism: sides(any), precision: value(positive), learning: sides(share) },
    "How far each side overrates itself, and how fast it learns.",
  ),
  payoff: group(
    {
      discount: sides(positive),
      cost: sides(rate),
      lossShare: value(share),
      rungCost: value(rate),
      wearinessCost: value(any),
      lookAhead: value(rate),
    },
    "What war costs each side, and how much the future counts.",
  ),
  publics: group(
    { forTalks: sides(share), accrual: sides(rate), gainRelief: value(any), decay: value(rate), noise: value(rate) },
    "Publics: who is for talks, and what wearies them.",
  ),
  leaders: group(
    {
      premium: sides(any),
      ceasefirePremium: value(rate),
      turnover: sides(rate),
      turnoverWeariness: value(any),
      successor: value(rate),
    },
    "What hard-liners demand, and when leaders change.",
  ),
  escalation: group(
    {
      rate: sides(rate),
      repeat: sides(rate),
      answer: sides(rate),
      decay: value(positive),
      rung: sides(rate),
      rungDecay: value(rate),
      top: value(positive),
      strength: value(any),
      frontLoss: value(any),
      inTruce: value(rate),
      exit: value(rate),
      exitPerRung: value(any),
      mediation: value(any),
    },
    "The ladder of escalation: steps, answers, and the hazard of losing control.",
  ),
  mediation: group(
    { level: value(any), decay: value(rate), initiatives: value(rate), impulse: value(any) },
    "Mediation and outside pressure.",
  ),
  talks: group(
    {
      onset: value(rate),
      ripeness: value(any),
      range: value(any),
      mediation: value(any),
      weariness: value(any),
      failedRounds: value(any),
      hurtScale: value(positive),
      failure: value(rate),
      failureRange: value(any),
      brokenAgreements: value(any),
      escalation: value(any),
      dependence: value(any),
    },
    "What brings talks about and what ends them.",
  ),
  agreements: group(
    {
      ceasefire: value(rate),
      pressed: value(rate),
      pressedGap: value(positive),
      lineAdjustment: value(positive),
      settlement: value(rate),
      fullRange: value(positive),
      rootShare: value(rate),
      rootCause: value(share),
      splitNoise: value(rate),
      freeze: value(rate),
    },
    "How talks come to a ceasefire or a settlement.",
  ),
  relapse: group(
    {
      exposure: sides(share),
      broken: value(rate),
      hazard: value(rate),
      rootCause: value(any),
      brokenAgreements: value(any),
      guarantee: value(any),
      mediation: value(any),
      mismatch: value(any),
      duration: value(any),
      settlement: value(any),
      riskHorizon: value(rate),
    },
    "How a truce breaks.",
  ),
  packages: entries("package", pack)
    .optional()
    .describe("What an agreement can offer besides a line; one of no value, with a weak guarantee, unless given."),
  ...provenance,
});
