import { count, list, number } from "../../assess/index.ts";
import { type Analysis, type BasicConcept, type ConceptResult, codeOf } from "../../stability/index.ts";
import { type StabilitySubject, situationOf, stateName, stateWords } from "../stability/target.ts";
import { pad, type Terminal, wrap } from "../terminal.ts";

/** What each concept asks, in the order in which they ask less. */
export const CONCEPTS: readonly (readonly [BasicConcept, label: string, says: string])[] = [
  ["nash", "Nash", "no improvement at all"],
  ["sseq", "SSEQ", "improvements are met by answers that pay, and there is no way out"],
  ["seq", "SEQ", "improvements are met by answers that pay those who give them"],
  ["smr", "SMR", "improvements can be met, and there is no way out"],
  ["gmr", "GMR", "improvements can be met, whatever it costs those who do"],
];

/** States of which a table shows the options. */
function shownStates(subject: StabilitySubject, analysis: Analysis, room: number): number[] {
  const { model, situations, statusQuo } = subject;
  const picked = new Set<number>();
  const take = (states: Iterable<number>): void => {
    for (const state of states) if (picked.size < room) picked.add(state);
  };
  if (model.size <= room) take(Array.from({ length: model.size }, (_, s) => s));
  if (statusQuo !== undefined) take([statusQuo]);
  take(situations.flatMap(({ states }) => (states.length === 1 ? states : [])));
  for (const [concept] of CONCEPTS) take(analysis.concepts[concept]?.equilibria ?? []);
  return [...picked].sort((a, b) => a - b);
}

/** The analysis for a terminal: states as columns of Y and N, and by which concept they are equilibria. */
export function renderStability(subject: StabilitySubject, analysis: Analysis, terminal: Terminal): string {
  const { style, width } = terminal;
  const { model, names } = subject;
  const all = model.options.length === 0 ? "" : ` of ${number(model.size + model.removed)} combinations`;
  return [
    style.bold(wrap(subject.title, width)),
    style.dim(
      wrap(
        `${count(model.decisionMakers.length, "decision maker")}, ${count(model.options.length, "option")}, ${number(model.size)} feasible states${all}. ${analysis.method[0]?.toUpperCase() ?? ""}${analysis.method.slice(1)}.`,
        width,
      ),
    ),
    ...tableLines(subject, analysis, terminal),
    ...equilibriumLines(analysis, terminal),
    ...situationLines(subject, analysis, terminal),
    ...extensionLines(analysis, terminal),
    "",
    style.dim(
      wrap(
        `--state N explains a state, --path tells what can come about from ${subject.statusQuo === undefined ? "a state" : "the status quo"}, --inverse N what would have to change; ${names.decisionMakers.length > 1 ? "--coalitions looks at joint moves; " : ""}--csv lists every state.`,
        width,
      ),
    ),
    ...subject.notes.flatMap((note) => [style.dim(wrap(note, width))]),
  ].join("\n");
}

function tableLines(subject: StabilitySubject, analysis: Analysis, { style, width }: Terminal): string[] {
  const { model, names, statusQuo } = subject;
  const cell = Math.max(3, String(model.size).length + 1);
  const longest = Math.max(...names.options.map((name) => name.length + 2), 12);
  const labels = Math.min(longest + 1, Math.max(18, Math.floor(width * 0.45)));
  const states = shownStates(subject, analysis, Math.floor((width - labels - 2) / cell));
  const cells = (of: (state: number) => string) => states.map((state) => pad(of(state), cell, "right")).join("");
  const lines = ["", `  ${pad("", labels)}${style.bold(cells((state) => String(state + 1)))}`];
  const codes = new Map(states.map((state) => [state, codeOf(model, state)]));
  for (const [dm, name] of names.decisionMakers.entries()) {
    const own = model.options.flatMap(({ owner }, o) => (owner === dm ? [o] : []));
    if (own.length === 0) continue;
    lines.push(`  ${style.accent(name)}`);
    for (const o of own) {
      const arrow = { both: "", forward: " >", back: " <" }[model.options[o]?.direction ?? "both"];
      const row = cells((state) => (codes.get(state)?.[o] === "Y" ? "Y" : "-"));
      lines.push(`  ${pad(`  ${names.options[o] ?? ""}`, labels - arrow.length)}${arrow}${row}`);
    }
  }
  lines.push("");
  for (const [concept, label] of CONCEPTS) {
    const result = analysis.concepts[concept];
    if (result === undefined) continue;
    const row = states.map((state) => {
      const stable = result.stable.filter((of) => of[state] === 1).length;
      const text = pad(stable === result.stable.length ? "E" : stable === 0 ? "." : String(stable), cell, "right");
      return stable === result.stable.length ? style.good(style.bold(text)) : style.dim(text);
    });
    lines.push(`  ${pad(label, labels)}${row.join("")}`);
  }
  const omitted =
    states.length < model.size
      ? `${states.length} of ${number(model.size)} states: the status quo, named situations and equilibria. `
      : "";
  const quo = statusQuo === undefined ? "" : ` The status quo is ${stateName(subject, statusQuo)}.`;
  const directions = model.options.some(({ direction }) => direction !== "both")
    ? " > can only be taken up, < only be given up."
    : "";
  lines.push(
    style.dim(
      wrap(`${omitted}E: equilibrium; a digit: stable for so many decision makers.${directions}${quo}`, width, "  "),
    ),
  );
  return lines;
}

function equilibriumLines(analysis: Analysis, { style, width }: Terminal): string[] {
  const lines = ["", style.bold("Equilibria")];
  for (const [concept, label, says] of CONCEPTS) {
    const result = analysis.concepts[concept];
    if (result === undefined) continue;
    lines.push(wrap(`${pad(label, 5)} ${idsText(result)}`, width, "  "), style.dim(wrap(says, width, "        ")));
  }
  return lines;
}

const MOST_IDS = 40;

export function idsText({ equilibria }: Pick<ConceptResult, "equilibria">): string {
  if (equilibria.length === 0) return "none";
  const shown = Array.from(equilibria.slice(0, MOST_IDS), (state) => state + 1).join(" ");
  return equilibria.length > MOST_IDS ? `${shown} and ${number(equilibria.length - MOST_IDS)} more` : shown;
}

/** Each situation: by which concepts it is an equilibrium, and who would leave it. */
function situationLines(subject: StabilitySubject, analysis: Analysis, terminal: Terminal): string[] {
  const { style, width } = terminal;
  const { situations, names } = subject;
  if (situations.length === 0) return [];
  const lines = ["", style.bold("Situations")];
  for (const { name, states } of situations) {
    const [state] = states;
    if (state === undefined) continue;
    if (states.length > 1) {
      const by = CONCEPTS.flatMap(([concept, label]) => {
        const held = states.filter((each) => isEquilibrium(analysis, concept, each)).length;
        return held === 0 ? [] : [`${label} ${held}`];
      });
      lines.push(wrap(`${name} (${states.length} states)`, width, "  "));
      lines.push(
        style.dim(
          wrap(by.length === 0 ? "none of them is an equilibrium" : `equilibria: ${by.join(", ")}`, width, "    "),
        ),
      );
      continue;
    }
    const by = CONCEPTS.flatMap(([concept, label]) => (isEquilibrium(analysis, concept, state) ? [label] : []));
    const leavers = names.decisionMakers.filter((_, dm) => analysis.concepts.seq?.stable[dm]?.[state] === 0);
    const says = by.length > 0 ? style.good(`equilibrium by ${list(by)}`) : style.warn("no equilibrium");
    const leave = leavers.length === 0 ? "" : `; ${list(leavers)} would leave it, looking ahead (SEQ)`;
    lines.push(wrap(`${state + 1} ${name}: ${says}${leave}`, width, "  "));
  }
  return lines;
}

function isEquilibrium(analysis: Analysis, concept: BasicConcept, state: number): boolean {
  return analysis.concepts[concept]?.stable.every((of) => of[state] === 1) === true;
}

function extensionLines({ extensions, strong }: Analysis, { style, width }: Terminal): string[] {
  const lines: string[] = [];
  if (extensions !== undefined) {
    lines.push("", style.bold("Where preferences are unknown"));
    const says = {
      a: "a  leaves for what it may prefer, deterred by what is certainly no better",
      b: "b  leaves for what it prefers, deterred by what is certainly no better",
      c: "c  leaves for what it may prefer, deterred by what may be no better",
      d: "d  leaves for what it prefers, deterred by what may be no better",
    };
    for (const extension of ["a", "b", "c", "d"] as const) {
      lines.push(style.dim(wrap(says[extension], width, "  ")));
      for (const [concept, label] of CONCEPTS) {
        lines.push(wrap(`${pad(label, 5)} ${idsText(extensions[extension][concept])}`, width, "     "));
      }
    }
  }
  if (strong !== undefined) {
    lines.push("", style.bold("Strong stability: answers leave it greatly worse off"));
    for (const [concept, label] of CONCEPTS) {
      if (concept !== "nash") lines.push(wrap(`${pad(label, 5)} ${idsText(strong[concept])}`, width, "  "));
    }
  }
  return lines;
}

/** One decision maker: its states from the best to the worst, what it could improve, and by which concept each is stable. */
export function renderDecisionMaker(
  subject: StabilitySubject,
  analysis: Analysis,
  dm: number,
  { style, width }: Terminal,
): string {
  const { model, names } = subject;
  const ranks = model.preferences[dm]?.ranks ?? new Int32Array(0);
  const order = Array.from(ranks.keys()).sort((a, b) => (ranks[b] ?? 0) - (ranks[a] ?? 0) || a - b);
  const most = 60;
  const scratch = new Int32Array(model.size);
  const lines = [
    style.bold(wrap(`${subject.title}: ${names.decisionMakers[dm]}`, width)),
    style.dim(
      wrap(
        "Its states from the best to the worst, with its improvements; letters: stable for it by Nash (N), SSEQ (Y), SEQ (Q), SMR (S), GMR (G).",
        width,
      ),
    ),
    "",
  ];
  for (const [k, state] of order.slice(0, most).entries()) {
    const tied = k > 0 && ranks[order[k - 1] ?? -1] === ranks[state];
    const marks = [
      ["nash", "N"],
      ["sseq", "Y"],
      ["seq", "Q"],
      ["smr", "S"],
      ["gmr", "G"],
    ] as const;
    const stable = marks
      .map(([concept, mark]) => (analysis.concepts[concept]?.stable[dm]?.[state] === 1 ? mark : "."))
      .join("");
    const reached = Array.from(scratch.slice(0, model.moves[dm]?.from(state, scratch) ?? 0));
    const better = reached
      .filter((to) => (ranks[to] ?? 0) > (ranks[state] ?? 0))
      .sort((a, b) => (ranks[b] ?? 0) - (ranks[a] ?? 0));
    const moves =
      better.length === 0
        ? ""
        : ` -> ${better
            .slice(0, 6)
            .map((to) => to + 1)
            .join(" ")}${better.length > 6 ? " ..." : ""}`;
    const situation = situationOf(subject, state);
    const id = pad(String(state + 1), String(model.size).length, "right");
    lines.push(`  ${tied ? "=" : " "} ${id} ${style.dim(codeOf(model, state))} ${style.good(stable)}${moves}`);
    if (situation !== undefined) lines.push(style.dim(wrap(situation.name, width, "        ")));
  }
  if (order.length > most) lines.push(style.dim(`  and ${number(order.length - most)} more states: --csv lists them`));
  return lines.join("\n");
}

/** A state in full, for headings: number, marks, and what everybody does. */
export function stateHeading(subject: StabilitySubject, state: number, { style, width }: Terminal): string[] {
  return [
    style.bold(wrap(`${subject.title}: ${stateName(subject, state)}`, width)),
    style.dim(wrap(`${codeOf(subject.model, state)}  ${stateWords(subject, state)}`, width)),
  ];
}
