import type { Cue } from "../phrases.ts";

/** Which way words lean, and how strongly: positive towards talks, negative away from them. */
export type Lean = number;

const driver = (weight: number, words: string): Cue<Lean> => ({ value: weight, words });
const obstacle = (weight: number, words: string): Cue<Lean> => ({ value: -weight, words });

/**
 * Cue words of direction. What drives parties to talk, after Zartman (2000): a stalemate that hurts, a way out, and
 * somebody who helps to find it. What stands in the way, after Fearon (1995) and Stedman (1997): indivisible claims,
 * broken commitments, hope of gain, spoilers.
 */
export const DIRECTION_CUES: readonly Cue<Lean>[] = [
  // The war hurts and cannot be won.
  driver(
    1,
    "deadlock*; stalemate*; heavy losses; losses; casualties; irreversible; exhaust*; war - weary; war weariness; tired of; fatigue; cannot win; no ammunition; treasury was empty; bankrupt*; have|has lost more than; hardly moved; mutually hurting",
  ),
  driver(
    1.5,
    "neither side can; neither side is able; neither party can; cannot end the war; military means alone; no military solution; war of attrition",
  ),
  // A way out is wanted or in sight.
  driver(
    1,
    "peace talks; direct talks; hold talks; negotiated; dialogue; confidence - building; compromis*; concession*; ceasefire; cease - fire; truce; armistice; de - escalat*; de-escalat*; lower tensions; goodwill; reconcil*; exchange of prisoners; prisoner exchange; prisoner swap; withdraw*; pull|pulled back; demobili*; disarm*; handed over its|their|heavy; lift|lifted|lifting _ ban|blockade|sanctions; resumed; reopen*; humanitarian corridor*; close to a deal",
  ),
  driver(
    1.5,
    "end|ends|ended|ending the war|conflict|fighting|hostilities; end to the war|fighting; willing|ready|prepared to talk|negotiate|meet|compromise; return to the table; to the table; negotiat* is inevitable; talks are inevitable; inevitabl*; agreed|agrees|agree on|to; peace agreement|treaty|accord|deal; as soon as possible; possibility of peace talks; support* ending|talks|negotiations; something to lose; wants|want to leave the war",
  ),
  // Somebody helps.
  driver(
    1,
    "mediat*; guarantor*; good offices; monitored by; observers; facilitat*; cool|cools|cooling down; friends for peace; six - point consensus; advocate that _ hold; envoy; brokered; host* talks|them; relies|depends heavily on; under pressure to",
  ),

  // Claims that exclude one another.
  obstacle(
    1,
    "precondition*; maximalist; red line*; annex*; sovereignty; indivisible; claim* on; constitution*; recogni* as; territorial claim*",
  ),
  obstacle(
    1.5,
    "differences _ huge|wide|large|great; far apart; hard - liner*; hardliner*; hard-liner*; reject*; refus*; oppos*; unacceptable; will not sit|talk|negotiate|accept|take; insist*; rule|rules|ruled out; no room for compromise; independence",
  ),
  // Broken words and no trust.
  obstacle(
    1,
    "mistrust; distrust; violat*; breach*; broke|broken|breaks; collaps*; failed|fail|fails|failure; stall*; deadline passed; accus*; denied; denies; obstacle*; hinder*; hamper*; difficult*; hard to; unlikely; no clear plan; not given _ plan; divided; rift; split; quarrel; uneasy; terrorist*; reluctant; boycott*; rivalry",
  ),
  // Hope of gain, more arms, wider war.
  obstacle(
    1,
    "offensive; escalat*; gains ground; advances; advance; mobili*; rearm*; re-arm*; sending|sent|send|supply|supplies|supplied weapons|arms; air strikes; strike a|targets|inside; missile*; drone*; siege; besieg*; spread; confrontation; threat*; warned; attack*; invasion; full war; by force; coup",
  ),
  obstacle(
    1.5,
    "unwavering support; cannot _ solve|resolve; does|do not touch|address; continuing|continue|continues _ war|conflict|fighting|assistance|support; defense|defence assistance; continued defense|defence; without russia; fight on; weakening; until victory; return to power; return to war; return to full; keep _ weapons|rifles|arms; confrontation _ continue; expects to win; time is on",
  ),
];

/** Words that turn what follows within three words into its opposite. */
export const NEGATIONS: ReadonlySet<string> = new Set(
  (
    "not no never neither nor without cannot can't won't don't doesn't didn't isn't aren't wasn't hardly nobody none " +
    "reject rejects rejected rejecting refuse refuses refused refusing oppose opposes opposed opposing failed fails " +
    "fail against unlikely unable unwilling reluctant stop stopped stops"
  ).split(" "),
);
