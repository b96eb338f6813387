import type {
  Assessment,
  ComparedQuestion,
  ComparedSimulation,
  Course,
  EventByMonth,
  Score,
  WarControls,
} from "../../assess/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import type { Look, PackedFiles } from "./protocol.ts";

/** Work beside the assessment that is on screen: what can be moved, single trajectories, other views, two views compared. */
export interface Jobs {
  readonly controls: { readonly ask: { readonly look: Look }; readonly answer: WarControls | null };
  readonly courses: {
    readonly ask: { readonly look: Look; readonly trajectories: readonly number[] };
    readonly answer: readonly Course[];
  };
  readonly assess: {
    readonly ask: { readonly look: Look };
    readonly answer: { readonly assessment: Assessment | undefined; readonly problems: readonly Problem[] };
  };
  readonly compare: {
    readonly ask: {
      readonly a: Look;
      readonly b: Look;
      readonly runs: number;
      readonly also: EventByMonth | undefined;
    };
    readonly answer: ComparedViews;
  };
  readonly score: {
    /** The record's text and the file that it stands in; null where there is none. */
    readonly ask: { readonly text: string | null; readonly file: string; readonly seed: number };
    readonly answer: ScoredRecord;
  };
}
/** What the record of a case says; `score` is null where there is nothing to score, or the record is broken. */
export interface ScoredRecord {
  readonly score: Score | null;
  readonly problems: readonly Problem[];
}
export type JobKind = keyof Jobs;

/** Two views side by side; problems where one of them cannot be looked at. */
export interface ComparedViews {
  readonly simulation: ComparedSimulation | null;
  readonly evidence: readonly ComparedQuestion[];
  readonly problems: readonly Problem[];
}

export type Job = { readonly [K in JobKind]: { readonly kind: K; readonly ask: Jobs[K]["ask"] } }[JobKind];

export type SideRequest = { readonly open: PackedFiles } | { readonly id: number; readonly job: Job };

export type SideReply =
  | { readonly id: number; readonly answer: Jobs[JobKind]["answer"] }
  | { readonly id: number; readonly step: string }
  | { readonly id: number; readonly broke: string };
