export type { ArgumentClaim, ArgumentExhibit, CriticalQuestion, Moment } from "./argument-schema.ts";
export type { AssessOptions } from "./assess.ts";
export { assess } from "./assess.ts";
export { poolSentence, shrunkSentence } from "./base-rates/answers.ts";
export type { BaseRatesExhibit } from "./base-rates/schema.ts";
export * from "./compare/index.ts";
export type { Control, LeverSets, WarControls } from "./controls.ts";
export { warControls } from "./controls.ts";
export type { Course, CourseEvent, CourseMonth, Phase } from "./course.ts";
export { coursesOf } from "./course.ts";
export { capital, count, list, number } from "./format.ts";
export { changeWords, lowerFirst } from "./graph-names.ts";
export type { BoundParameter, DynamicsBinding, DynamicsInputs } from "./inputs/dynamics.ts";
export { bindDynamics } from "./inputs/dynamics.ts";
export type { EvidenceInputs } from "./inputs/evidence.ts";
export { compileEvidence } from "./inputs/evidence.ts";
export type { GraphBinding, GraphInputs, GraphOption, GraphUncertainty, GraphView } from "./inputs/graph.ts";
export { bindGraph } from "./inputs/graph.ts";
export type { Situation } from "./inputs/graph-context.ts";
export { checkHistory } from "./inputs/history.ts";
export type { BoundLever } from "./inputs/levers.ts";
export { bindLevers } from "./inputs/levers.ts";
export type { ReservationBasis, TermsBinding, TermsInputs, WarWorth } from "./inputs/terms.ts";
export { bindTerms } from "./inputs/terms.ts";
export type { WordScale } from "./likelihood.ts";
export { decibans, inWords, percent, percentRange, points, pointsRange } from "./likelihood.ts";
export { LIVE_RUNS, Live, type LiveOptions, type LiveStep } from "./live.ts";
export type * from "./live-parts.ts";
export { lookAt } from "./looks.ts";
export type { Memo } from "./memo.ts";
export { memoInMemory } from "./memo.ts";
export type { FoundPackage, PackageOptions, PackageSearch, SeatedParty } from "./packages.ts";
export { judgePackage, searchPackages } from "./packages.ts";
export type { PlacesExhibit } from "./places.ts";
export { AS_CODED } from "./readings.ts";
export { asserted } from "./record/assertion.ts";
export { caseToScore } from "./record/case-to-score.ts";
export type { AskedQuestion, EntryDraft, ForecastEntry, RecordEntry, ResolutionEntry } from "./record/entry.ts";
export { entrySchema, isDatedBack, MODEL_PREFIX, RECORD_FORMAT } from "./record/entry.ts";
export type { Kept, RecordFile } from "./record/file.ts";
export { addedLines, emptyRecord, hashOfEntry, LARGEST_RECORD, readRecord, recordNameOf } from "./record/file.ts";
export type { CaseToScore, ForecastKind } from "./record/gathered.ts";
export { MODELS, modelForecasts, modelName } from "./record/models.ts";
export { askedOf, forecastOf, questionOf, resolutionOf, rewordingOf } from "./record/questions.ts";
export type { ScoreOptions } from "./record/score.ts";
export { forecastersOf, scoreCases } from "./record/score.ts";
export type { ForecasterScore, Score, ScoredQuestion, ScoreSet } from "./record/score-schema.ts";
export { scoreJsonSchema, scoreSchema } from "./record/score-schema.ts";
export type { Settled } from "./record/settled.ts";
export { closedOn, fitting, settledQuestions, wordOf } from "./record/settled.ts";
export { redacted, redactedComparison } from "./redact.ts";
export type {
  Answer,
  AnswerId,
  Assessment,
  AssessmentNode,
  ClaimRow,
  Figure,
  IndicatorExhibit,
  Likelihood,
  LinkEffect,
  LinkFinding,
  LinkRow,
  LinkTable,
  NegotiationExhibit,
  QuestionAssessment,
  ReadingInfo,
  SensitivityExhibit,
  SimulationExhibit,
  SourceExhibit,
  StabilityExhibit,
  TermsExhibit,
  TimelineEntry,
} from "./schema.ts";
export { ANSWERS, assessmentJsonSchema, assessmentSchema } from "./schema.ts";
export type { EventByMonth, SensitivityOutput, SensitivityOutputs } from "./sensitivity-outputs.ts";
export { ALSO, sensitivityOutputs, usualOutputs } from "./sensitivity-outputs.ts";
export { CONCEPT_WORDS } from "./stability.ts";
export { uncertaintyOf } from "./stability-robustness.ts";
export type { StateEdge, StateGraph, StateGraphOptions, StateNode } from "./state-graph.ts";
export { stateGraph } from "./state-graph.ts";
export { DRAWS as ACCEPTANCE_DRAWS } from "./terms.ts";
export type { WarOutput, WarValue } from "./war-model.ts";
export { WAR_VALUES, warModel } from "./war-model.ts";
export { warWorths } from "./war-reservations.ts";
export type { WatchItem, WatchList } from "./watch-schema.ts";
