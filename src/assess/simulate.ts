import type { Case } from "../case/index.ts";
import { madeOnce } from "../core/kept/index.ts";
import { OCCUPANTS, runRange, Summary, tallyLayoutOf } from "../dynamics/index.ts";
import type { DynamicsInputs } from "./inputs/dynamics.ts";
import { dynamicsKey } from "./keys.ts";
import { percent } from "./likelihood.ts";
import type { Reasons } from "./reasons.ts";
import type { SimulationExhibit } from "./schema.ts";
import { tracesOf } from "./traces.ts";
import { dayOfMonth, monthsUntil, type WarViews } from "./war-views.ts";

type Exhibit = NonNullable<SimulationExhibit>;
type Simulated = Exhibit["readings"][number];

/** Trajectories under each reading: a standard error of 1.6 points of percent at most. */
export const SIMULATED_RUNS = 1000;

/** Months after the first stop at which relapse is told. */
const RELAPSE_MONTHS = [3, 12, 24];

/** Months at which a side's chance to win by arms is told (row 6 of the source's argument). */
export const VICTORY_MONTHS = [12, 24, 60];

/**
 * Runs the ensemble of a case under every reading, the case as coded first, and once with its uncertain parameters drawn.
 * Null where the case has no war of two sides.
 */
export function simulateCase(
  views: WarViews | undefined,
  content: Case,
  reasons: Reasons,
  seed: number,
): SimulationExhibit {
  if (views === undefined) return null;
  const bound = views.own.inputs;
  const all = views.all.map(({ reading, name, kind, inputs }) => {
    const summary = run({ ...inputs, uncertain: [] }, seed);
    return { summary, told: tell(summary, reading ?? null, name, kind as Simulated["kind"]) };
  });
  const own = all.find(({ told }) => told.reading === (content.reading ?? null));
  if (own === undefined) return null;
  const { told } = own;
  const predictive = run(bound, seed);
  const engine = engineNode(reasons, seed);
  const parameters = parameterNodes(reasons, bound);
  const node = reasons.table.add({
    id: "figure:simulation",
    kind: "figure",
    label: `Ensemble of ${SIMULATED_RUNS} trajectories under each of ${all.length} readings`,
    because: [engine, ...parameters],
  });
  const months = own.summary.layout.months;
  const dates = Array.from({ length: months }, (_, i) => dayOfMonth(content, i + 1));
  return {
    runs: SIMULATED_RUNS,
    seed,
    months,
    dates,
    sides: [bound.sideNames[0], bound.sideNames[1]],
    readings: all.map((each) => each.told),
    same: [...views.same],
    predictive: tell(predictive, told.reading, told.name, told.kind),
    occupancy: Array.from({ length: months }, (_, i) => {
      const shares = own.summary.occupancy(i + 1);
      return Object.fromEntries(OCCUPANTS.map((name) => [name, shares[name].p]));
    }),
    terms: {
      ceasefire: termsOf(own.summary, "ceasefire", bound),
      settlement: termsOf(own.summary, "settlement", bound),
    },
    traces: tracesOf(
      bound,
      bound.backers.map((party) => content.parties[party]?.name ?? party),
      seed,
    ),
    questions: questionsOf(content, all, predictive, dates, reasons, [engine, node]),
    parameters: bound.parameters.map(({ name, path, label, unit, text, central, uncertain, assumed }) => ({
      name,
      path,
      label,
      unit,
      text,
      central,
      uncertain,
      assumed,
      line: assumed ? "" : content.line(path.split(".")),
    })),
    node,
  };
}

/** Counts of ensembles run before: readings of one case share most of them, and a case is assessed again and again. */
const counted = madeOnce<Float64Array>(64);

/** Counts of the first trajectories of an ensemble; the same input and seed give the same counts, which are found again. */
export function countsOf(inputs: DynamicsInputs, seed: number): Float64Array {
  return counted(`${seed} ${dynamicsKey(inputs)}`, () => runRange(inputs, seed, 0, SIMULATED_RUNS));
}

const run = (inputs: DynamicsInputs, seed: number): Summary =>
  new Summary(tallyLayoutOf(inputs), countsOf(inputs, seed));

/** Chances without their errors. */
export const shares = (chances: readonly { readonly p: number }[]): number[] => chances.map(({ p }) => p);

/** How likely the first stop of fighting has relapsed within some months. */
export const relapseOf = (summary: Summary): Simulated["relapse"] =>
  RELAPSE_MONTHS.map((within) => {
    const { p, se } = summary.relapseWithin(within);
    return { months: within, p, se };
  });

function tell(summary: Summary, reading: string | null, name: string, kind: Simulated["kind"]): Simulated {
  const months = Array.from({ length: summary.layout.months }, (_, i) => i + 1);
  const silent = ["ceasefire", "freeze", "ceasefireDurable", "freezeDurable"] as const;
  return {
    reading,
    name,
    kind,
    talksBy: shares(summary.by("talks")),
    stopBy: shares(summary.by("stop")),
    settlementBy: shares(summary.by("settlement")),
    freezeBy: shares(summary.by("freeze")),
    unsettled: shares(months.map((month) => summary.inAny(month, silent))),
    victory: [
      shares(months.map((month) => summary.inAny(month, ["victoryA"]))),
      shares(months.map((month) => summary.inAny(month, ["victoryB"]))),
    ],
    relapse: relapseOf(summary),
    digest: digestOf(summary.counts),
  };
}

function termsOf(summary: Summary, of: "ceasefire" | "settlement", { packages }: DynamicsInputs) {
  const found = summary.quantiles(`${of}Term`);
  const shares = summary.packages(of);
  const names = packages.length === 0 ? ["the line as it is"] : packages.map(({ name }) => name);
  return {
    share: found === null ? null : { p05: found.p05, p50: found.p50, p95: found.p95 },
    packages: names.map((name, i) => ({ name, p: shares[i] ?? 0 })),
  };
}

/** A short hash of counts, FNV-1a over their doubles: enough to see whether two runs agree. */
function digestOf(counts: Float64Array): string {
  const bytes = new Uint8Array(Float64Array.from(counts).buffer);
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/** Questions of the case that the simulation answers: those with an event of it and a last day within the horizon. */
export function answerable(content: Case, months: number) {
  return Object.entries(content.questions).flatMap(([id, { text, event, by }]) => {
    const month = monthsUntil(content, by?.last, months);
    if (event === undefined || event === "none" || month === 0) return [];
    const at = (summary: Summary) => {
      const found = summary.by(event)[month - 1];
      return { p: found?.p ?? 0, se: found?.se ?? 0 };
    };
    return [{ id, text, month, at }];
  });
}

function questionsOf(
  content: Case,
  all: readonly { readonly summary: Summary; readonly told: Simulated }[],
  predictive: Summary,
  dates: readonly (string | null)[],
  reasons: Reasons,
  because: readonly string[],
): Exhibit["questions"] {
  return answerable(content, dates.length).map(({ id, text, month, at }) => {
    const readings = all.map(({ summary, told: { reading, name, kind } }) => ({ reading, name, kind, ...at(summary) }));
    const span = (of: typeof readings) =>
      of.length === 0 ? null : { low: Math.min(...of.map(({ p }) => p)), high: Math.max(...of.map(({ p }) => p)) };
    const own = readings.find(({ reading }) => reading === (content.reading ?? null));
    const node = reasons.table.add({
      id: `figure:${id}/simulation`,
      kind: "figure",
      label: `${text}: ${percent(own?.p ?? 0)} of trajectories by ${dates[month - 1] ?? ""}`,
      value: own?.p ?? 0,
      because: [...because],
    });
    return {
      question: id,
      text,
      month,
      date: dates[month - 1] ?? "",
      readings,
      predictive: at(predictive),
      range: span(readings.filter(({ kind }) => kind !== "stress")) ?? { low: 0, high: 0 },
      stress: span(readings.filter(({ kind }) => kind === "stress")),
      node,
    };
  });
}

function engineNode(reasons: Reasons, seed: number): string {
  return reasons.table.add({
    id: "engine:dynamics",
    kind: "engine",
    label: `dynamics engine: ensemble of fighting, learning, bargaining and relapse; ${SIMULATED_RUNS} trajectories a reading, seed ${seed}`,
    because: [reasons.definition("ensemble"), reasons.definition("war-value"), reasons.definition("relapse")],
  });
}

/** Parameters that the case sets, each with its place; assumed ones are told in one node. */
function parameterNodes(reasons: Reasons, { parameters }: DynamicsInputs): string[] {
  const set = parameters.filter(({ assumed }) => !assumed);
  const assumed = parameters.filter((parameter) => parameter.assumed);
  const nodes = set.map(({ path, label, text, unit, because, source }) =>
    reasons.table.add({
      id: `parameter:${path}`,
      kind: "parameter",
      label,
      value: text,
      unit,
      ...reasons.at(path),
      ...(because === undefined ? {} : { note: because }),
      because: reasons.sources(source),
    }),
  );
  if (assumed.length === 0) return nodes;
  const values = assumed.map(({ path, text }) => `${path} ${text}`).join("; ");
  return [
    ...nodes,
    reasons.table.add({
      id: "definition:assumed-parameters",
      kind: "definition",
      label: `${assumed.length} parameters that the case leaves out take Parley's defaults: ${values}`,
    }),
  ];
}
