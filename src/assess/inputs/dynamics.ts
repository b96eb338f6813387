import type { Amount, Case, SourceRef } from "../../case/index.ts";
import { isAmount, readAmount } from "../../case/index.ts";
import type { Problem } from "../../core/problems/index.ts";
import { nearest, problem } from "../../core/problems/index.ts";
import { branchingRatio, EVENT_KINDS, Layout, PARAMETERS, type UncertainParameter } from "../../dynamics/index.ts";
import { humanize } from "../format.ts";
import { bindLevers } from "./levers.ts";
import { packageWorth } from "./package-worth.ts";
import { brokenBetween, type EventSlot, type Grounds, slotsOf } from "./war-events.ts";

/** A parameter of the simulation as the case sets it, or as Parley assumes it. */
export interface BoundParameter {
  /** Short name, as in the reference engine's file. */
  readonly name: string;
  readonly index: number;
  /** Path of the case, with the sides' names. */
  readonly path: string;
  /** What it is, with the sides' names. */
  readonly label: string;
  readonly unit: string;
  /** As written, or the default. */
  readonly text: string;
  readonly central: number;
  readonly uncertain: boolean;
  /** Whether the case leaves it out, so that a default stands. */
  readonly assumed: boolean;
  /** Whether the value lies outside what is plausible in any war. */
  readonly unusual: boolean;
  /** Its reason and sources, where the case gives them. */
  readonly because: string | undefined;
  readonly source: readonly SourceRef[];
}

/** The case as the simulation reads it. */
export interface DynamicsInputs {
  readonly layout: Layout;
  readonly vector: Float64Array;
  readonly uncertain: readonly UncertainParameter[];
  /** Parties of side A and side B, in the order of the engine. */
  readonly sides: readonly [a: string, b: string];
  readonly sideNames: readonly [a: string, b: string];
  /** Parties that back a side, in the order of the engine's slots. */
  readonly backers: readonly string[];
  /** Which side each of them backs: 0 or 1. */
  readonly backs: readonly number[];
  readonly packages: readonly { readonly id: string; readonly name: string }[];
  readonly events: readonly { readonly path: string; readonly name: string; readonly month: number }[];
  readonly parameters: readonly BoundParameter[];
}

export type DynamicsBinding =
  | { readonly inputs: DynamicsInputs; readonly problems: readonly Problem[] }
  | { readonly inputs?: undefined; readonly doesNotApply?: string; readonly problems: readonly Problem[] };

/** A value that no package can be chosen with: what unused places of the engine's menu hold. */
const NEVER = -9;

/**
 * Binds a case to the simulation: `war:` with the sides' names, backers from `parties.*.aid`, scheduled effects from
 * `events`, broken agreements from `agreements`. What the case leaves out takes a default and is listed as assumed.
 */
export function bindDynamics(content: Case): DynamicsBinding {
  if (content.war === undefined) return { doesNotApply: "the case has no section “war”", problems: [] };
  const sides = sidesOf(content);
  if (typeof sides === "string") return { doesNotApply: sides, problems: [] };
  const binder = new Binder(content, sides);
  const inputs = binder.bind();
  const problems = [...binder.problems, ...senseOf(content, inputs), ...bindLevers(content, inputs).problems];
  return problems.some(({ severity }) => severity === "error") ? { problems } : { inputs, problems };
}

function sidesOf(content: Case): readonly [string, string] | string {
  const stated = content.war?.sides;
  if (stated !== undefined) {
    return stated.a === stated.b ? "the two sides of the war are one party" : [stated.a, stated.b];
  }
  const belligerents = Object.entries(content.parties).flatMap(([id, { roles }]) =>
    roles?.some(({ role }) => role === "belligerent") ? [id] : [],
  );
  const [a, b, ...others] = belligerents;
  if (a === undefined || b === undefined || others.length > 0) {
    return `the simulation is of two sides, and the case has ${belligerents.length} belligerents; name two in war.sides`;
  }
  return [a, b];
}

type Wrapped = Amount | ({ readonly value: Amount } & Grounds);
const unwrap = (value: Wrapped): Amount => (isAmount(value) ? value : value.value);
const groundsOf = (value: Wrapped | undefined): Grounds => (value === undefined || isAmount(value) ? {} : value);

type Pack = NonNullable<NonNullable<Case["war"]>["packages"]>[string];

class Binder {
  readonly problems: Problem[] = [];
  readonly #content: Case;
  readonly #sides: readonly [string, string];
  readonly #backers: readonly [string, NonNullable<Case["parties"][string]["aid"]>][];
  readonly #packages: readonly [string, NonNullable<NonNullable<Case["war"]>["packages"]>[string]][];
  readonly #events: readonly EventSlot[];
  readonly #layout: Layout;
  readonly #vector: Float64Array;
  readonly #uncertain: UncertainParameter[] = [];
  readonly #parameters: BoundParameter[] = [];

  constructor(content: Case, sides: readonly [string, string]) {
    this.#content = content;
    this.#sides = sides;
    this.#backers = Object.entries(content.parties).flatMap(([id, { aid }]) =>
      aid !== undefined && sides.includes(aid.to) ? [[id, aid] as const] : [],
    ) as [string, NonNullable<Case["parties"][string]["aid"]>][];
    this.#packages = Object.entries(content.war?.packages ?? {});
    const order = this.#backers.map(([id]) => id);
    this.#events = slotsOf(content, sides, order);
    this.#layout = new Layout({
      backers: this.#backers.length,
      packages: this.#packages.length,
      events: this.#events.length,
    });
    this.#vector = Float64Array.from(this.#layout.defaults);
  }

  bind(): DynamicsInputs {
    this.#checkSideNames();
    this.#bindWar();
    this.#bindBackers();
    this.#bindPackages();
    this.#bindEvents();
    const [a, b] = this.#sides;
    return {
      layout: this.#layout,
      vector: this.#vector,
      uncertain: this.#uncertain,
      sides: this.#sides,
      sideNames: [this.#name(a), this.#name(b)],
      backers: this.#backers.map(([id]) => id),
      backs: this.#backers.map(([, { to }]) => this.#sides.indexOf(to)),
      packages: this.#packages.map(([id, { name }]) => ({ id, name: name ?? humanize(id) })),
      events: this.#events.map(({ path, name, month }) => ({ path, name, month })),
      parameters: this.#parameters,
    };
  }

  #name(party: string): string {
    return this.#content.parties[party]?.name ?? humanize(party);
  }

  /** Values by side name the two sides and no one else. */
  #checkSideNames(): void {
    const known = this.#sides;
    const look = (value: unknown, path: readonly string[]) => {
      if (typeof value !== "object" || value === null || isAmount(value) || path.length > 4) return;
      for (const [key, below] of Object.entries(value)) {
        const isParty = this.#content.parties[key] !== undefined && path.length >= 2 && path[1] !== "sides";
        if (isParty && !known.includes(key)) {
          const facts = {
            kind: "side",
            value: key,
            near: nearest(key, [...known]),
            known: `the sides: ${known.join(", ")}`,
          };
          this.problems.push(problem("unknown-reference", facts, this.#content.place([...path, key])));
        }
        look(below, [...path, key]);
      }
    };
    look(this.#content.war, ["war"]);
  }

  /** Sets a parameter to an amount of the case, or to its default. */
  #set(
    name: string,
    path: string,
    amount: Amount | undefined,
    fallback?: number,
    grounds: Grounds = {},
    about?: string,
  ): void {
    const index = this.#layout.index(name);
    const info = this.#layout.info(index);
    if (amount !== undefined) this.#vector[index] = amount.central;
    else if (fallback !== undefined) this.#vector[index] = fallback;
    const central = this.#vector[index] ?? 0;
    if (amount !== undefined && !amount.certain) {
      const { distribution } = amount;
      this.#uncertain.push({ index, distribution, quantile: (u) => distribution.quantile(u) });
    }
    const [a, b] = [this.#name(this.#sides[0]), this.#name(this.#sides[1])];
    const meaning = info.meaning.replaceAll(/\bA\b/g, a).replaceAll(/\bB\b/g, b);
    this.#parameters.push({
      name,
      index,
      path,
      label: about === undefined ? meaning : `${about}: ${meaning}`,
      unit: info.unit,
      text: amount?.text ?? String(central),
      central,
      uncertain: amount !== undefined && !amount.certain,
      assumed: amount === undefined,
      unusual: amount !== undefined && (central < info.low || central > info.high),
      because: grounds.because,
      source: grounds.source ?? [],
    });
  }

  #bindWar(): void {
    const [a, b] = this.#sides;
    const shares = (side: number) =>
      this.#backers.reduce(
        (sum, [, aid]) => sum + (this.#sides.indexOf(aid.to) === side ? (aid.share?.central ?? 0) : 0),
        0,
      );
    // Own supply and all flows make up the capability of the start.
    const derived: Readonly<Record<string, number>> = {
      ownA: Math.max(0, 1 - shares(0)),
      ownB: Math.max(0, 1 - shares(1)),
      nb0: brokenBetween(this.#content, this.#sides),
    };
    for (const { name, path } of PARAMETERS) {
      if (name.includes("#")) continue;
      const own = path.replace("{a}", a).replace("{b}", b);
      let at: unknown = this.#content;
      for (const key of own.split(".")) at = (at as Record<string, unknown> | undefined)?.[key];
      this.#set(
        name,
        own,
        at === undefined ? undefined : unwrap(at as Wrapped),
        derived[name],
        groundsOf(at as Wrapped | undefined),
      );
    }
  }

  #bindBackers(): void {
    for (const [j, [party, aid]] of this.#backers.entries()) {
      const path = `parties.${party}.aid`;
      this.#vector[this.#layout.index(`b${j}s`)] = this.#sides.indexOf(aid.to);
      this.#set(`b${j}f`, `${path}.share`, aid.share, undefined, aid, this.#name(party));
      this.#set(`b${j}l`, `${path}.left`, aid.left, undefined, aid, this.#name(party));
      this.#set(`b${j}x`, `${path}.cutRate`, aid.cutRate, undefined, aid, this.#name(party));
      this.#set(`b${j}n`, `${path}.restoreRate`, aid.restoreRate, undefined, aid, this.#name(party));
      this.#set(`b${j}c`, `${path}.replaces`, aid.replaces, undefined, aid, this.#name(party));
      this.#set(`b${j}i`, `${path}.flowing`, aid.flowing, undefined, aid, this.#name(party));
      this.#set(`b${j}t`, `${path}.wantsTalks`, aid.wantsTalks, undefined, aid, this.#name(party));
    }
  }

  #bindPackages(): void {
    const [a, b] = this.#sides;
    for (const [k, [id, pack]] of this.#packages.entries()) {
      const path = `war.packages.${id}`;
      const name = pack.name ?? humanize(id);
      const [ofA, ofB, grounds] = this.#worthOf(id, pack);
      this.#set(`p${k}a`, `${path}.value.${a}`, ofA, 0, grounds, name);
      this.#set(`p${k}b`, `${path}.value.${b}`, ofB, 0, grounds, name);
      this.#set(
        `p${k}g`,
        `${path}.guarantee`,
        pack.guarantee === undefined ? undefined : unwrap(pack.guarantee),
        0.1,
        pack,
        name,
      );
    }
    for (let k = Math.max(1, this.#packages.length); k < this.#layout.packages; k++) {
      this.#vector[this.#layout.index(`p${k}a`)] = NEVER;
      this.#vector[this.#layout.index(`p${k}b`)] = NEVER;
    }
  }

  /** What a package is worth to the two sides: as the case says, or worked out from its proposal. */
  #worthOf(id: string, pack: Pack): readonly [Amount | undefined, Amount | undefined, Grounds] {
    const [a, b] = this.#sides;
    const { value, proposal } = pack;
    if (value !== "from-terms") {
      const of = (side: string) => (value?.[side] === undefined ? undefined : unwrap(value[side]));
      return [of(a), of(b), pack];
    }
    const share = this.#vector[this.#layout.index("x0")] ?? 0;
    const worth = proposal === undefined ? undefined : packageWorth(this.#content, this.#sides, proposal, share);
    if (worth === undefined) {
      const expected = "a proposal whose issues have values for both sides";
      const facts = { thing: `war.packages.${id}.value`, value: "from-terms", expected };
      this.problems.push(problem("invalid-value", facts, this.#content.place(["war", "packages", id, "value"])));
      return [undefined, undefined, pack];
    }
    const amount = (of: number): Amount | undefined => {
      const read = readAmount(Number(of.toFixed(4)), {});
      return "detail" in read ? undefined : read;
    };
    return [amount(worth.sides[0]), amount(worth.sides[1]), { ...pack, because: worth.text }];
  }

  #bindEvents(): void {
    for (const [i, event] of this.#events.entries()) {
      const at = (field: string) => this.#layout.index(`e${i}${field}`);
      this.#vector[at("t")] = event.month;
      this.#vector[at("k")] = event.kind;
      this.#vector[at("g")] = event.target;
      this.#set(`e${i}p`, `${event.path}.probability`, event.probability, 1, event.grounds, event.name);
      this.#set(
        `e${i}z`,
        event.sizePath,
        event.size,
        event.kind === EVENT_KINDS.wantsTalks ? 1 : 0,
        event.grounds,
        event.name,
      );
    }
  }
}

/** What must hold of all values together. */
function senseOf(content: Case, { layout, vector, sides, uncertain }: DynamicsInputs): Problem[] {
  const at = (name: string) => vector[layout.index(name)] ?? 0;
  const place = (path: string) => content.place(path.split("."));
  const found: Problem[] = [];
  const fault = (path: string, thing: string, value: number, expected: string) =>
    found.push(problem("invalid-value", { thing, value: String(value), expected }, place(path)));
  const [x0, xlo, xhi] = [at("x0"), at("xlo"), at("xhi")];
  if (!(xlo < x0)) fault(`war.front.collapse.${sides[0]}`, "collapse line", xlo, `below the share held, ${x0}`);
  if (!(xhi > x0)) fault(`war.front.collapse.${sides[1]}`, "collapse line", xhi, `above the share held, ${x0}`);
  const branching = branchingRatio(layout, vector);
  if (branching >= 1) {
    fault(
      "war.escalation",
      "escalation",
      Number(branching.toPrecision(3)),
      "answers that bring about less than one step each",
    );
  }
  for (const name of ["dt", "horizon"]) {
    if (uncertain.some(({ index }) => index === layout.index(name))) {
      fault(name === "dt" ? "war.clock.step" : "war.clock.horizon", "clock", at(name), "a plain number");
    }
  }
  return found;
}
