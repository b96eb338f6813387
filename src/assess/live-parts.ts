import type { Problem } from "../core/problems/index.ts";
import type { SimulationExhibit } from "./schema.ts";

type Exhibit = NonNullable<SimulationExhibit>;
type Simulated = Exhibit["readings"][number];

/** The simulation of one view, of as many trajectories as were run so far. */
export interface LiveCurve extends Pick<Simulated, "talksBy" | "stopBy" | "settlementBy"> {
  readonly kind: "curve";
  readonly key: string;
  readonly runs: number;
  /** Trajectories that it will be of. */
  readonly of: number;
  readonly months: number;
  readonly dates: readonly (string | null)[];
  /**
   * Questions of the case that it answers, and relapse: of the first trajectories alone, as the assessment has them, so that a
   * figure that is read does not change under the reader when the assessment comes.
   */
  readonly figures: {
    readonly runs: number;
    readonly questions: readonly { readonly question: string; readonly p: number; readonly se: number }[];
    readonly relapse: Simulated["relapse"];
  };
}

/** What the evidence says of the first hypothesis of each question that has a prior. */
export interface LivePosteriors {
  readonly kind: "posteriors";
  readonly key: string;
  readonly questions: readonly {
    readonly question: string;
    readonly central: number;
    readonly median: number;
    readonly low80: number;
    readonly high80: number;
  }[];
}

/** Which named situations are stable at the preferences as they stand, by the concept that headlines speak of. */
export interface LiveSituations {
  readonly kind: "situations";
  readonly key: string;
  readonly situations: readonly { readonly id: string; readonly stable: boolean }[];
}

/** Whether there is a package that nobody who must accept would refuse, at central values. */
export interface LiveDeal {
  readonly kind: "deal";
  readonly key: string;
  readonly exists: boolean;
}

/** What the parties make of each proposal at central values. */
export interface LiveProposals {
  readonly kind: "proposals";
  readonly key: string;
  readonly proposals: readonly {
    readonly id: string;
    readonly acceptable: boolean | null;
    /** By party: "yes", "no", or that it depends on how the proposal is filled in. */
    readonly accepts: Readonly<Record<string, string>>;
  }[];
}

/** Why there is no such view. */
export interface LiveProblems {
  readonly kind: "problems";
  readonly key: string;
  readonly problems: readonly Problem[];
}

/** A part of the answer to a view. Its key holds all that it depends on: the same key, the same part. */
export type LivePart = LiveCurve | LivePosteriors | LiveSituations | LiveDeal | LiveProposals | LiveProblems;
export type LiveKind = LivePart["kind"];
