import type { Command } from "commander";
import { capital, stateGraph } from "../../assess/index.ts";
import { nearest, ParleyError } from "../../core/problems/index.ts";
import {
  type Analysis,
  analyseStability,
  analyseStatusQuo,
  BASIC_CONCEPTS,
  type BasicConcept,
  type JointMoves,
  robustness,
  statementEffects,
  type Uncertainty,
} from "../../stability/index.ts";
import { helpWithExamples } from "../help.ts";
import type { Output } from "../output.ts";
import { renderDecisionMaker, renderStability } from "../render/stability.ts";
import { renderExplanation, renderInverse, renderPaths, renderRobustness } from "../render/stability-state.ts";
import { stabilityContract, summaryContract } from "../stability/contract.ts";
import { explanations, inverseContract, pathsContract } from "../stability/contract-state.ts";
import { stabilityCsv } from "../stability/csv.ts";
import { coalitionsOf, foresightOf, viewsOf } from "../stability/foresight.ts";
import { decisionMakerFrom, openStability, type StabilitySubject, stateFrom } from "../stability/target.ts";
import { seedOf, type ViewOptions, withSeed, withViewOptions } from "../view-options.ts";
import { writeText } from "../write.ts";

interface StabilityOptions extends ViewOptions {
  readonly concepts?: string;
  readonly dm?: string;
  readonly state?: string;
  readonly path?: string | true;
  readonly inverse?: string;
  readonly coalitions?: boolean;
  readonly foresight?: boolean;
  readonly views?: boolean;
  readonly robust?: string | true;
  readonly joint?: string;
  readonly summary?: boolean;
  readonly dot?: string;
  readonly svg?: string;
  readonly csv?: string;
}

const JOINT: readonly JointMoves[] = ["legal", "each-once", "one-opponent"];

/** `parley stability TARGET`: which outcomes are stable, who would leave, what would have to change. */
export function addStability(program: Command, outputOf: (command: Command) => Output): void {
  const command = withSeed(
    withViewOptions(
      program
        .command("stability")
        .argument("<target>", "a case with a section graph, or a .gmcr file")
        .description("which outcomes are stable, who would leave them, and what would have to change")
        .option("--concepts <list>", `concepts, parted by commas: ${BASIC_CONCEPTS.join(", ")} (default: all)`)
        .option("--dm <name>", "one decision maker: its states from best to worst, its improvements")
        .option("--state <state>", "explain a state: its number, Y and N by option, or a situation")
        .option("--path [state]", "what can come about from a state, and how (default: the status quo)")
        .option("--inverse <state>", "what would have to change for a state to be an equilibrium, or none")
        .option("--coalitions", "joint moves of coalitions: what they would change together")
        .option("--foresight", "simultaneous sanctions, limited moves, non-myopic stability, policies")
        .option("--views", "the conflict as each decision maker sees it (hypergame)")
        .option("--robust [probability]", "how surely states are equilibria if statements swap places (default: 0.2)")
        .option("--joint <rule>", `sanctions: ${JOINT.join(", ")} (default: legal; others for comparison)`)
        .option("--summary", "counts alone, for big models")
        .option("--dot <file>", "write the state graph for Graphviz")
        .option("--svg <file>", "draw the state graph")
        .option("--csv <file>", "write every state with its stability as CSV"),
    ),
  ).action((target: string, options: StabilityOptions) => stability(target, options, outputOf(command)));
  helpWithExamples(command, [
    "parley stability ukraine-2024",
    "parley stability ukraine-2024 --state ceasefire-line",
    "parley stability cuba-1962 --path",
    "parley stability conflict.gmcr --inverse 4 --json",
  ]);
}

async function stability(target: string, options: StabilityOptions, output: Output): Promise<void> {
  const concepts = conceptsFrom(options.concepts);
  const joint = jointFrom(options.joint);
  const seed = seedOf(options);
  const subject = openStability(target, {
    reading: options.reading,
    sets: options.set ?? [],
    asOf: options.asOf,
    strictAsOf: options.strictAsOf === true,
  });
  const begun = performance.now();
  const analysis = analyseStability(subject.model, { concepts, joint });
  const ms = Math.round((performance.now() - begun) * 100) / 100;
  if (options.summary === true) {
    const summary = summaryContract(subject, analysis, ms);
    output.printJson(summary);
    output.print(summaryText(subject, summary));
    return;
  }
  await files(subject, analysis, options, output);
  const contract = stabilityContract(subject, analysis);
  const { terminal } = output;
  if (options.state !== undefined) {
    const state = stateFrom(subject, options.state);
    output.printJson({ ...contract, explanations: explanations(subject, state, concepts) });
    output.print(renderExplanation(subject, state, concepts, terminal));
  } else if (options.path !== undefined) {
    const from = pathStart(subject, options.path);
    const moves = analyseStatusQuo(subject.model, from);
    const improvements = analyseStatusQuo(subject.model, from, { improvements: true });
    output.printJson({
      ...contract,
      paths: {
        from: from + 1,
        moves: pathsContract(moves, subject),
        improvements: pathsContract(improvements, subject),
      },
    });
    output.print(renderPaths(subject, from, moves, improvements, targetsOf(analysis), terminal));
  } else if (options.inverse !== undefined) {
    const state = stateFrom(subject, options.inverse);
    output.printJson({ ...contract, inverse: concepts.map((concept) => inverseContract(subject, state, concept)) });
    output.print(renderInverse(subject, state, concepts, terminal));
  } else if (options.robust !== undefined) {
    robust(subject, options.robust, concepts, seed, contract, output);
  } else if (options.dm !== undefined) {
    const dm = decisionMakerFrom(subject, options.dm);
    output.printJson(contract);
    output.print(renderDecisionMaker(subject, analysis, dm, terminal));
  } else if (options.coalitions === true || options.foresight === true || options.views === true) {
    const ask = options.coalitions === true ? coalitionsOf : options.foresight === true ? foresightOf : viewsOf;
    const more = ask(subject, analysis);
    output.printJson({ ...contract, ...more.contract });
    output.print(more.text(terminal));
  } else {
    output.printJson(contract);
    output.print(renderStability(subject, analysis, terminal));
  }
}

function conceptsFrom(text: string | undefined): BasicConcept[] {
  if (text === undefined) return [...BASIC_CONCEPTS];
  return text.split(",").map((part) => {
    const wanted = part.trim().toLowerCase();
    const found = BASIC_CONCEPTS.find((concept) => concept === wanted);
    if (found !== undefined) return found;
    const near = nearest(wanted, BASIC_CONCEPTS);
    throw ParleyError.of("unknown-reference", {
      kind: "concept",
      value: part.trim(),
      near,
      known: BASIC_CONCEPTS.join(", "),
    });
  });
}

function jointFrom(text = "legal"): JointMoves {
  const found = JOINT.find((rule) => rule === text);
  if (found !== undefined) return found;
  throw ParleyError.of("invalid-option", { option: "--joint", value: text, expected: JOINT.join(", ") });
}

function pathStart(subject: StabilitySubject, asked: string | true): number {
  if (asked !== true) return stateFrom(subject, asked);
  if (subject.statusQuo !== undefined) return subject.statusQuo;
  throw ParleyError.of("usage", {
    detail: "missing status quo: the target names none",
    hint: "give a state: --path 1",
  });
}

/** Equilibria by any concept, the most demanding first. */
function targetsOf({ concepts }: Analysis): number[] {
  const order: BasicConcept[] = ["nash", "sseq", "seq", "smr", "gmr"];
  return [...new Set(order.flatMap((concept) => [...(concepts[concept]?.equilibria ?? [])]))];
}

function robust(
  subject: StabilitySubject,
  asked: string | true,
  concepts: readonly BasicConcept[],
  seed: number,
  contract: object,
  output: Output,
): void {
  const concept = concepts.length === 1 && concepts[0] !== undefined ? concepts[0] : "seq";
  const statements = subject.conflict.decisionMakers.map(({ preferences }) =>
    preferences.kind === "statements" ? preferences.statements : undefined,
  );
  const isStated = asked === true && subject.uncertain.some((each) => each !== undefined);
  const probability = asked === true ? 0.2 : Number(asked);
  if (!(probability > 0 && probability < 1)) {
    throw ParleyError.of("invalid-option", {
      option: "--robust",
      value: String(asked),
      expected: "a probability between 0 and 1",
    });
  }
  if (!isStated && statements.every((each) => each === undefined)) {
    throw ParleyError.of("usage", {
      detail: "missing statements: no decision maker's preferences are stated by statements whose order could differ",
      hint: "in a case, graph.uncertain names alternatives with their probabilities",
    });
  }
  const swaps = statements.map((own): Uncertainty | undefined =>
    own === undefined ? undefined : { kind: "swaps", statements: own, probability },
  );
  const result = robustness(subject.model, isStated ? subject.uncertain : swaps, { concept, seed });
  const effects = statementEffects(subject.model, statements, concept);
  const what = isStated
    ? "Preferences as uncertain as the case says:"
    : `Each statement changes places with the next with probability ${probability}:`;
  output.printJson({
    ...contract,
    robustness: {
      concept,
      exact: result.exact,
      looked: result.looked,
      seed,
      uncertainty: isStated ? "case" : { swaps: probability },
      equilibrium: result.equilibrium.map(({ estimate, low, high }, s) => ({ id: s + 1, p: estimate, low, high })),
      misjudged: Object.fromEntries(
        result.misjudged.map((of, dm) => [subject.model.decisionMakers[dm], of.map(({ estimate }) => estimate)]),
      ),
      statements: effects.map(({ dm, statement, change, lost, gained }) => ({
        decisionMaker: subject.model.decisionMakers[dm],
        statement: statement + 1,
        change,
        lost: lost.map((each) => each + 1),
        gained: gained.map((each) => each + 1),
      })),
    },
  });
  output.print(renderRobustness(subject, result, effects, what, output.terminal));
}

function summaryText({ title }: StabilitySubject, summary: ReturnType<typeof summaryContract>): string {
  const rows = Object.entries(summary.equilibria).map(([concept, equilibria]) => {
    const stable = Object.entries(summary.stable[concept] ?? {}).map(([name, n]) => `${name} ${n}`);
    return `  ${concept.toUpperCase().padEnd(5)} ${equilibria} equilibria; stable for ${stable.join(", ")}`;
  });
  return [`${title}: ${summary.states} states, analysed in ${summary.ms} ms`, ...rows].join("\n");
}

async function files(
  subject: StabilitySubject,
  analysis: Analysis,
  options: StabilityOptions,
  output: Output,
): Promise<void> {
  if (options.csv !== undefined) writeText(options.csv, stabilityCsv(subject, analysis), output);
  if (options.dot === undefined && options.svg === undefined) return;
  const graph = stateGraph(subject.model, analysis, { statusQuo: subject.statusQuo, situations: subject.situations });
  if (options.dot !== undefined) {
    const { writeDot } = await import("../../report/charts/state-graph-dot.ts");
    writeText(options.dot, writeDot(graph, subject.names.decisionMakers), output);
  }
  if (options.svg !== undefined) {
    const { standaloneStateGraph } = await import("../../report/charts/state-graph.ts");
    const title = `${capital(subject.title)}: states, and where decision makers would move`;
    writeText(options.svg, await standaloneStateGraph(graph, subject.names.decisionMakers, title), output);
  }
}
