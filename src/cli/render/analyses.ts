import { number, percent, points } from "../../assess/index.ts";
import type { Analyses, ToldFlip } from "../simulation/analyses.ts";
import { pad, type Terminal, wrap } from "../terminal.ts";
import { share } from "./simulation.ts";

/** Bars, and drivers, that a terminal shows of each output. */
const BARS = 12;
const DRIVERS = 8;

/** What analyses beside the ensemble found, for a terminal. */
export function renderAnalyses(analyses: Analyses, terminal: Terminal): string {
  return [
    ...(analyses.levers === undefined ? [] : leverLines(analyses.levers, terminal)),
    ...(analyses.tornado === undefined ? [] : tornadoLines(analyses.tornado, terminal)),
    ...(analyses.drivers === undefined ? [] : driverLines(analyses.drivers, terminal)),
    ...(analyses.flips ?? []).flatMap((flip) => flipLines(flip, terminal)),
  ].join("\n");
}

const chance = (unit: string, value: number): string =>
  unit === "probability" ? share({ p: value, se: 0 }) : number(value);
const change = (unit: string, value: number): string =>
  unit === "probability" ? points(value) : `${value < 0 ? "" : "+"}${value.toFixed(2)}`;
const error = (unit: string, se: number): string => (unit === "probability" ? (100 * se).toFixed(1) : se.toFixed(2));

function leverLines({ levers, trajectories }: NonNullable<Analyses["levers"]>, { style, width }: Terminal): string[] {
  const labels = Math.max(20, Math.min(36, width - 46));
  return [
    "",
    style.bold(`What levers change`),
    style.dim(wrap(`${number(trajectories)} trajectories without and with each, on the same chance`, width)),
    ...levers.flatMap(({ name, set, effects }) => [
      "",
      `  ${style.bold(name)}`,
      style.dim(wrap(set.map(({ path, value }) => `${path} = ${number(value)}`).join(", "), width, "    ")),
      ...effects.map(({ label, unit, base, result, difference }) => {
        const clear = Math.abs(difference.estimate) > 2 * difference.se;
        const row = `    ${pad(label, labels)} ${pad(chance(unit, base.estimate), 6, "right")} to ${pad(chance(unit, result.estimate), 6)} ${pad(change(unit, difference.estimate), 11, "right")} (±${error(unit, difference.se)})`;
        return clear ? row : style.dim(row);
      }),
    ]),
  ];
}

function tornadoLines({ outputs, trajectories, quantiles }: NonNullable<Analyses["tornado"]>, terminal: Terminal) {
  const { style, width } = terminal;
  const [low, high] = quantiles.map((p) => `${Math.round(100 * p)} %`);
  return [
    "",
    style.bold("One parameter at a time"),
    style.dim(wrap(`From its ${low} to its ${high} point; ${number(trajectories)} trajectories at each end`, width)),
    ...outputs
      .filter(({ bars }) => (bars[0]?.width ?? 0) > 0)
      .flatMap(({ label, unit, base, bars }) => [
        "",
        `  ${style.bold(label)}, ${chance(unit, base.estimate)} at central values`,
        ...bars
          .filter((bar) => bar.width > 0)
          .slice(0, BARS)
          .map((bar) => {
            const name = pad(bar.label, Math.max(20, width - 42));
            const ends = [bar.low, bar.high].map(({ result }) => chance(unit, result.estimate));
            return `    ${name} ${pad(ends[0] ?? "", 6, "right")} to ${pad(ends[1] ?? "", 6)} ${pad(change(unit, bar.swing.estimate), 11, "right")} (±${error(unit, bar.swing.se)})`;
          }),
      ]),
  ];
}

function driverLines({ outputs, draws, reps, trajectories }: NonNullable<Analyses["drivers"]>, terminal: Terminal) {
  const { style, width } = terminal;
  const size = `${number(draws)} draws, ${reps} trajectories each, ${number(trajectories)} in all`;
  return [
    "",
    style.bold("What drives it"),
    style.dim(wrap(`Sobol indices: S alone, T with its part in interactions, and their error; ${size}`, width)),
    ...outputs
      .filter(({ resolved }) => resolved)
      .flatMap(({ label, unit, mean, parameterSd, parameterShare, inputs }) => [
        "",
        wrap(
          `${style.bold(label)}: ${chance(unit, mean.estimate)}, ±${unit === "probability" ? `${(100 * parameterSd.estimate).toFixed(0)} points` : number(parameterSd.estimate)} by what is uncertain, which is ${percent(parameterShare.estimate)} of the variance`,
          width,
          "  ",
        ),
        ...inputs.slice(0, DRIVERS).map((input) => {
          const name = pad(input.label, Math.max(20, width - 34));
          return `    ${name} S ${input.first.estimate.toFixed(2)}  T ${input.total.estimate.toFixed(2)}  (±${input.total.se.toFixed(2)})`;
        }),
      ]),
  ];
}

function flipLines(flip: ToldFlip, { style, width }: Terminal): string[] {
  const { label, path, outputLabel, threshold, range, crossings, nearest } = flip;
  const about = `${label} (${path})`;
  const said =
    crossings.length === 0
      ? `No value from ${number(range[0])} to ${number(range[1])} carries “${outputLabel}” across ${percent(threshold)}; nearest at ${number(nearest.value)}, ${points(nearest.distance.estimate)} off.`
      : crossings
          .map(
            ({ at, rising }) =>
              `“${outputLabel}” ${rising ? "rises" : "falls"} across ${percent(threshold)} at ${number(at.estimate)} (±${number(at.se)}).`,
          )
          .join(" ");
  return ["", style.bold(wrap(`Flip point of ${about}`, width)), wrap(said, width, "  ")];
}
