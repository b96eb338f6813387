import type { Cue } from "../phrases.ts";
import type { Kind } from "../types.ts";

/** How strongly words speak for a kind. 1: a hint; 2: likely; 3: clear; 4: hardly anything else. */
export interface KindCue {
  readonly kind: Kind;
  readonly weight: number;
}

const cue = (kind: Kind, weight: number, words: string): Cue<KindCue> => ({ value: { kind, weight }, words });

/**
 * Cue words by kind. A sentence takes the kind whose words weigh most; what weighs less is listed beside it.
 *
 * Review them as a list of judgements: each line says that whoever writes these words is, as a rule, doing this.
 */
export const KIND_CUES: readonly Cue<KindCue>[] = [
  // Forecast: what is to come, with how sure the writer is. After Palmer (2001), modals of likelihood and future.
  cue(
    "forecast",
    2,
    "will; won't; due to start|begin|end|expire|take|meet|visit|vote|leave|open|resume|return|arrive|hold|be|sign|join; is|are going to; is|are about to; is|are set to; is|are poised to; on course to",
  ),
  cue(
    "forecast",
    1.5,
    "may; might; could; in the long run; in the coming weeks|months|years|days; within the next; chances of; possibility of; prospect* of; the odds",
  ),
  cue(
    "forecast",
    1,
    "would; is|are possible; it is possible that; risk of; risks; could|may|might still; in future; in the future; sooner or later; remains possible",
  ),
  cue(
    "forecast",
    1,
    "in our|my view|judgement|judgment|assessment; we judge|assess; our judgement|judgment|assessment is",
  ),
  cue("forecast", 2, "probabl*; most probable; threatens to; looks set; heading for|towards|toward; possible by"),
  cue(
    "forecast",
    3,
    "likel*; unlikely; expected to; expects|expect|expecting; inevitabl*; unavoidable; destined to; bound to; predict*; forecast*; foresee*; anticipat*; certain to; almost certain; more likely than not; doomed to; only a matter of time; remains to be seen; cannot be ruled out; can not be ruled out",
  ),

  // Proposal: what ought to be done, or a plan for it.
  cue(
    "proposal",
    2,
    "must; need|needs to; plan; plans; suggest|suggests|suggested|suggesting; initiative*; let us; let's; it is time to|for; framework; would be better; roadmap; road map; blueprint; formula; in return",
  ),
  cue("proposal", 1, "draft; in exchange for; be granted; be deployed; be placed; be given; package"),
  cue(
    "proposal",
    2.5,
    "offer|offers|offered to; plans|planned to; the terms; undertake|undertakes to; must not; it is vital|essential|necessary|important that|to",
  ),
  cue(
    "proposal",
    3,
    "should; shall; ought to; urge|urges|urged|urging; call|calls|called on|upon; recommend*; put|puts forward; tabled; had better; six - point consensus; point plan; point consensus; peace plan",
  ),
  cue(
    "proposal",
    4,
    "propose|proposes|proposed|proposing; proposal*; call|calls|called|calling for; we recommend|propose|suggest|call",
  ),

  // Cause: one thing brings another about, or follows from it.
  cue(
    "cause",
    1.5,
    "thus; depends|depend|depended on; relies|rely|relied _ on; rely|relies|relied on; prevent|prevents|prevented; fuels|fuelled|fueled; turn|turns|turned into; pushes|pushed; weaken|weakens|weakened; allows|allowed _ to; lets; keep|keeps|kept _ from",
  ),
  cue(
    "cause",
    2,
    "force|forces|forced _ to; undermin*; in response to; reason|reasons for|why|that; so that; have|has|had _ impact on; with the result that",
  ),
  cue(
    "cause",
    2.5,
    "thereby; thanks to; explain|explains|explained; contribut* to; exacerbat*; make|makes|made _ difficult|harder|easier|likely|impossible|possible|unlikely; makes|made it harder|easier|possible|impossible|difficult; given the|that|its|their; a major|decisive impact; have _ impact; the more; aggravat*; spurred; prompted; triggered; trigger|triggers; out of fear; in order to keep|protect|avoid; has to do with",
  ),
  cue(
    "cause",
    3,
    "because; due to; owing to; leads|led|lead to; leads|led|lead _ to; leading to; hence; therefore; driven by; means|mean|meant that; which means; result|results|resulted|resulting in; caus*; brings|brought about; on account of; gives|give rise to; gave rise to; is|are why; that is why; so long as; a consequence of; the result of",
  ),
  cue(
    "cause",
    3.5,
    "as a result; as a consequence; consequently; stem|stems|stemmed from; root cause*; rooted in; for this reason; the reason is",
  ),

  // Position: what someone says, wants, fears, accepts or will not accept.
  cue(
    "position",
    2,
    "support|supports|supported|supporting; back|backs|backed; agreed|agrees to|on|that; threaten|threatens|threatened to; interested in; told; adds|added that; announced|announces; signal|signals|signalled|signaled; described|describes",
  ),
  cue("position", 2.4, "say|says|said|saying"),
  cue(
    "position",
    2.5,
    "states that; stated that; believe|believes|believed; argue|argues|argued; claim|claims|claimed|claiming; want|wants|wanted; hope|hopes|hoped; fear|fears|feared; view|views|viewed _ as; sees|regards|regarded _ as; warn|warns|warned; warning that|of|against; ready|willing|prepared to; reluctant; commitment; committed to; pledge|pledges|pledged; question|questions|questioned the; blame|blames|blamed; praised; seeks|sought to; aims to; prefer|prefers|preferred; consider|considers|considered",
  ),
  cue(
    "position",
    3,
    "accus*; stress|stresses|stressed; welcome|welcomes|welcomed; critici*; express|expresses|expressed|expressing; declare|declares|declared that; object|objects|objected to; favour|favours|favoured|favor|favors|favored; red line*; ruled|rules out; unacceptable; promise|promises|promised|promising; maintain|maintains|maintained that; complain*; deplor*; appeal|appeals|appealed to; emphasi*; underlin*; underscor*; swore; assert|asserts|asserted; lay|lays|laid claim",
  ),
  cue(
    "position",
    3.5,
    "den|deny|denies|denied|denying; vow|vows|vowed; will not accept|recognise|recognize|allow|tolerate|negotiate|talk|sit; does|do|did not accept|recognise|recognize; boycott*; disput*",
  ),
  cue(
    "position",
    4,
    "insist*; reject|rejects|rejected|rejecting; demand|demands|demanded|demanding; refus*; oppos*; reaffirm*; reiterat*; condemn*; advocate|advocates|advocated; denounc*; repudiat*",
  ),

  // Fact: what happened or is counted, and who counted it.
  cue("fact", 1, "according to; found that; recorded; counted; documented; verified; confirmed"),
  cue(
    "fact",
    2,
    "polls show; poll shows; survey* show*; data show; figures show; estimates of|put|suggest; it is reported; reportedly; statistics; amounted to; rose|fell|grew|shrank from|to|by",
  ),
];

/** Speakers who describe and are no party: what they say is taken for what it says, not for a position. */
export const DESCRIBERS: ReadonlySet<string> = new Set(
  (
    "analyst analysts expert experts researcher researchers observer observers economist economists historian " +
    "historians scholar scholars study studies report reports survey surveys poll polls panel data journalists " +
    "resident residents witness witnesses doctors medics hospitals agency agencies monitors investigators"
  ).split(" "),
);
