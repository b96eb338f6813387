import type { Cue } from "../phrases.ts";

/** Why a sentence is no claim. */
export type Noise = "about the text" | "announces" | "vague";

const cue = (value: Noise, words: string): Cue<Noise> => ({ value, words });

/** Words of sentences that speak of the text, its makers or its readers, or only announce what is to come. */
export const NOISE_CUES: readonly Cue<Noise>[] = [
  cue(
    "about the text",
    "editor's|editors|editors' note; editor ' s note; all rights reserved; copyright; ©; ( c ); subscribe; sign up; newsletter*; read more; follow us; click here; share this; cookies; log in; advertisement; reprinted; photograph by; photo :; photo by; image :; picture :; credit :; additional reporting; reporting by; editing by; edited by; written by; translated by|from; originally published; first published|appeared; updated on|at; last updated; for media inquiries|enquiries; press contact; for more information; minutes read; min read; this story|article has been|was updated; view* of the author*; views expressed; opinions expressed; opinions in this; do|does not necessarily reflect; acknowledg*; download|downloads the; related articles|stories; watch :; listen :; correction :; disclaimer",
  ),
  cue(
    "about the text",
    "the author|authors is|are|was|were|thank|thanks|would; is|are a|an|the fellow|director|professor|lecturer|columnist|correspondent|journalist at|of|for|with; is|are a|an|the senior|visiting|research|associate|assistant|non-resident|nonresident fellow|researcher|analyst|editor|lecturer|professor; is a fellow; this paper|article|report|brief|essay|study|section|chapter describes|examines|argues|outlines|discusses|explores|looks|sets|assesses|analyses|analyzes|asks|draws|is|was; in this paper|article|report|brief|section|chapter; we would like to thank; is supported by a grant; opinions are his|her|their own",
  ),
  cue(
    "announces",
    "there are|were _ reasons|ways|factors|problems|questions|options|scenarios|lessons|issues|difficulties|challenges|obstacles|hurdles|possibilities|points|steps|aspects; there are _ _ difficulties|reasons|challenges|obstacles|problems|questions;  the following; as follows; for the following reasons; what follows; here is|are why|how|what|the; let us look|turn|consider|begin|start; this raises|begs the|several|many question*; the question is; the reasons are; it is worth|important noting|to note that; needless to say; several|many|three|two|four|five|some reasons|things|factors|paths|scenarios|points|questions|lessons explain|lie|stand|follow|are|remain|come|emerge|matter; paths|scenarios|options lie|are; in other words; to begin with ,",
  ),
  // No noise where an actor, a date or a number stands beside it.
  cue(
    "vague",
    "remains|remain unclear|uncertain|open|to be seen; lie|lies ahead; much is|remains; time will tell; is another matter; going on",
  ),
];

/** Nouns that say nothing without what they are of; a sentence about them alone is scene setting. */
export const VAGUE_NOUNS: ReadonlySet<string> = new Set(
  (
    "change changes development developments situation situations environment landscape picture question questions " +
    "challenge challenges thing things matter matters moment time times factor factors story stories answer answers " +
    "way ways issue issues problem problems context dynamics trend trends history past future world reality point " +
    "obstacles reasons background stakes mood atmosphere"
  ).split(" "),
);

/** What texts on wars, and on their ends, are about: a sentence with none of these, no actor, date or number claims little. */
export const SUBJECTS =
  "war; wars; force; talk; talking; generals; junta*; vote*; voter*; power; pressure; city; cities; town*; village*; region*; countr*; nation*; state; states; conflict*; fight*; fought; front; fronts; battle*; combat*; troop*; forces; army; armies; military; soldier*; weapon*; arms; missile*; rocket*; drone*; bomb*; strike*; attack*; offensive*; advance*; territor*; border*; talks; negotiat*; peace; ceasefire*; cease; truce*; armistice; agreement*; deal; deals; treat*; settlement*; accord*; pact; mediat*; sanction*; aid; assistance; ally; allies; government*; leader*; president*; minister*; parliament*; congress; senate; election*; public; publics; people*; population*; civilian*; refugee*; displac*; loss*; casualt*; victor*; defeat*; deadlock*; stalemate*; confrontation; securit*; escalat*; de-escalat*; humanitarian; hunger; famine; rebel*; militia*; guerrilla*; insurg*; coup*; party; parties; side; sides; enem*; prisoner*; monitor*; guarantee*; econom*; export*; oil; plan; plans; proposal*; difference*; delegation*; constitution*; regime*; independence; autonomy; referendum*; sovereign*; occupation; occupied; siege*; blockade*; hostage*; massacre*; atrocit*; genocide; crime*; amnest*; disarm*; demobili*; reintegrat*; withdraw*; guarantor*; donor*; peacekeep*; commander*; fighter*; faction*; movement*; opposition; diploma*; envoy*; summit*; draft*; union; alliance*; reform*; budget*; truces; hardliner*; hostil*; exile*";

/** Forms by which a sentence shows that it states something: verbs that are neither an ending in -ed nor irregular. */
export const FINITE: ReadonlySet<string> = new Set(
  (
    "is are was were am has have had do does did will would shall should can could may might must " +
    "began become became begin begins bring brings brought built buy bought came come comes cost costs cut cuts deal " +
    "drew drive drove fall falls fell feel felt fight fights find finds fled found gave get gets give gives go goes " +
    "went got grew grow grows hold holds held hit hits keep keeps kept know knows knew lay lead leads led leave leaves " +
    "left lie lies lose loses lost made make makes mean means meant meet meets met paid pay pays put puts ran read " +
    "remain remains rise rises rose run runs said saw say says see sees seek seeks sent set sets shot show shows " +
    "shrank shut sits sat speak speaks spent spend spoke spread stand stands stood take takes taken took tell tells " +
    "think thinks thought threw told understand want wants won win wins withdraw withdraws withdrew write writes wrote " +
    "act acts blame blames call calls claim claims demand demands deny denies depend depends deserve deserves expect " +
    "expects face faces fail fails fear fears follow follows force forces gain gains help helps hope hopes include " +
    "includes insist insists live lives need needs offer offers oppose opposes pass passes plan plans promise promises " +
    "propose proposes reject rejects refuse refuses rely relies require requires seem seems serve serves start starts " +
    "stay stays stop stops suffer suffers support supports try tries turn turns urge urges use uses view views vow " +
    "vows wait waits warn warns work works advocate advocates amounts begins believe believes control controls cover " +
    "covers explain explains extend extends exist exists host hosts join joins kill kills let lets look looks move " +
    "moves open opens play plays prevent prevents provide provides reach reaches recognise recognises recognize " +
    "recognizes regard regards represent represents return returns rule rules shape shapes share shares strike strikes " +
    "struck sign signs threaten threatens trust trusts weaken weakens agree agrees argue argues enter enters arise " +
    "arises accept accepts allow allows ask asks attack attacks avoid avoids back backs benefit benefits block blocks"
  ).split(" "),
);
