/**
 * The address holds the state: page, case, reading, day, seed, what is left out, what is selected.
 *
 * `#/ukraine-2024/stability?reading=source&off=heavy-losses&sel=ceasefire-on-line`. It stands behind the hash so that any static
 * server will do. What this version does not know is kept and told.
 */
export interface Address {
  /** The case, or undefined in the gallery. */
  readonly case: string | undefined;
  readonly page: PageId;
  /** Outside of a case: what a new case is made from; undefined in the gallery. */
  readonly making: string | undefined;
  /** On a team server: a page of its own, outside of a case or of the case; undefined elsewhere. */
  readonly team: TeamPage | undefined;
  /** What `team` is of: the workspace. */
  readonly of: string | undefined;
  readonly reading: string | undefined;
  /** Leave out what was published after this day. */
  readonly asOf: string | undefined;
  readonly seed: number;
  /** Claims that are left out. */
  readonly off: readonly string[];
  /** What the view sets otherwise than the case, `war.monthly-deaths=0.3`, in the notation of `parley assess --set`. */
  readonly sets: readonly string[];
  /** Views that are compared with this one, each `reading` or `reading;path=value;...`. */
  readonly versus: readonly string[];
  /** The month that a cursor stands at. */
  readonly month: number | undefined;
  /** The first of the single trajectories that are shown. */
  readonly run: number | undefined;
  /** What is selected on the page. */
  readonly selected: string | undefined;
  /** The reason that is open beside the page. */
  readonly because: string | undefined;
  /** The part of the case whose form is open beside the page, as a path. */
  readonly edit: string | undefined;
  /** What the drawer with the case's text is open at: a file of the case, `file:line`, or `.` for its first. */
  readonly text: string | undefined;
  /** The part of the case whose comments are open beside the page, as a path; `.` for all. */
  readonly talk: string | undefined;
  /** The package that is tried out, `issue:option,issue:option`; the page that shows it reads it. */
  readonly pick: string | undefined;
  /** Issues that a search for packages keeps as picked, `issue,issue`. */
  readonly lock: string | undefined;
  /** Whether red lines rule packages out. */
  readonly lines: boolean;
  /** Parties whose worths are drawn, `party,party`, or `*` for all. */
  readonly axes: string | undefined;
  /** Whether the view is for the room: no sources, no names of people, no inferred positions. */
  readonly room: boolean;
  /** Parameters that this version does not know, as they came. */
  readonly rest: readonly (readonly [name: string, value: string])[];
  /** What was wrong with the address, as data. */
  readonly faults: readonly AddressFault[];
}

export type AddressFault =
  | { readonly kind: "unknown"; readonly name: string; readonly value: string }
  | { readonly kind: "invalid"; readonly name: string; readonly value: string };

/** The pages of a case, in the order of an analyst's questions. */
export const PAGES = [
  "brief",
  "evidence",
  "parties",
  "stability",
  "terms",
  "futures",
  "history",
  "compare",
  "record",
  "report",
] as const;
export type PageId = (typeof PAGES)[number];

/** Pages that a team server adds: outside of a case, and of one. */
const TEAM_PAGES = ["sign-in", "invitation", "reset", "account", "workspace", "runs", "people"] as const;
const TEAM_CASE_PAGES = ["versions", "members"] as const;
export type TeamPage = (typeof TEAM_PAGES)[number] | (typeof TEAM_CASE_PAGES)[number];

export const GALLERY: Address = {
  case: undefined,
  page: "brief",
  making: undefined,
  team: undefined,
  of: undefined,
  reading: undefined,
  asOf: undefined,
  seed: 1,
  off: [],
  sets: [],
  versus: [],
  month: undefined,
  run: undefined,
  selected: undefined,
  because: undefined,
  edit: undefined,
  text: undefined,
  talk: undefined,
  pick: undefined,
  lock: undefined,
  lines: true,
  axes: undefined,
  room: false,
  rest: [],
  faults: [],
};

const KNOWN = new Set([
  ...["reading", "asof", "seed", "off", "set", "vs", "t", "run", "sel", "because", "edit", "text", "talk"],
  ...["pick", "lock", "lines", "axes", "room"],
]);

/**
 * Reads what stands behind the `#` of an address.
 *
 * @param isTeam - whether a team server's pages are there; elsewhere their names may be those of cases.
 */
export function parseAddress(hash: string, isTeam = false): Address {
  const [path = "", query = ""] = hash.replace(/^#?\/?/, "").split(/\?(.*)/s);
  const [id = "", page = "", ...more] = path.split("/").map(decoded);
  if (id === "new" && page === "") {
    const all = [...new URLSearchParams(query)];
    const rest = all.filter(([name]) => name !== "from");
    const faults = rest.map(([name, value]) => ({ kind: "unknown" as const, name, value }));
    return { ...GALLERY, making: all.find(([name]) => name === "from")?.[1] || "template", rest, faults };
  }
  const outside = isTeam ? TEAM_PAGES.find((each) => each === id) : undefined;
  if (outside !== undefined) {
    const rest = [...new URLSearchParams(query)];
    return { ...GALLERY, team: outside, of: page === "" ? undefined : page, rest };
  }
  const faults: AddressFault[] = [];
  const inside = isTeam && more.length === 0 ? TEAM_CASE_PAGES.find((each) => each === page) : undefined;
  const known = PAGES.find((each) => each === page);
  const asked = [inside === undefined ? page : "", ...more].filter((part) => part !== "").join("/");
  if (asked !== "" && (known === undefined || more.length > 0)) {
    faults.push({ kind: "invalid", name: "page", value: asked });
  }
  const parameters = new URLSearchParams(query);
  const text = (name: string): string | undefined => {
    const value = parameters.get(name);
    return value === null || value === "" ? undefined : value;
  };
  const valid = <T>(name: string, read: (value: string) => T | undefined): T | undefined => {
    const value = text(name);
    const result = value === undefined ? undefined : read(value);
    if (value !== undefined && result === undefined) faults.push({ kind: "invalid", name, value });
    return result;
  };
  const rest = [...parameters].filter(([name]) => !KNOWN.has(name));
  for (const [name, value] of rest) faults.push({ kind: "unknown", name, value });
  return {
    case: id === "" ? undefined : id,
    page: known ?? "brief",
    making: undefined,
    team: inside,
    of: undefined,
    reading: text("reading"),
    asOf: valid("asof", (value) => (/^\d{4}-\d{2}(-\d{2})?$/.test(value) ? value : undefined)),
    seed: valid("seed", wholeNumber) ?? 1,
    off: [...new Set((text("off") ?? "").split(",").filter((claim) => claim !== ""))],
    sets: listOf(parameters.getAll("set")),
    versus: listOf(parameters.getAll("vs")),
    month: valid("t", wholeNumber),
    run: valid("run", wholeNumber),
    selected: text("sel"),
    because: text("because"),
    edit: text("edit"),
    text: text("text"),
    talk: text("talk"),
    pick: text("pick"),
    lock: text("lock"),
    lines: valid("lines", (value) => (value === "off" ? false : undefined)) ?? true,
    axes: text("axes"),
    room: valid("room", (value) => (value === "1" ? true : undefined)) ?? false,
    rest,
    faults,
  };
}

/** Writes an address; what is as usual is left out. */
export function formatAddress(address: Address): string {
  if (address.case === undefined && address.making !== undefined)
    return withQuery("#/new", [["from", address.making], ...address.rest]);
  if (address.case === undefined && address.team !== undefined) {
    const path = [address.team, address.of].filter((part) => part !== undefined).map(encodeURIComponent);
    return withQuery(`#/${path.join("/")}`, address.rest);
  }
  if (address.case === undefined) return withQuery("#/", address.rest);
  const { page, reading, asOf, seed, off, sets, versus, month, run, selected, because, edit, text, talk } = address;
  const { pick, lock, lines, axes, room, rest } = address;
  const parameters: (readonly [string, string | undefined])[] = [
    ["reading", reading],
    ["asof", asOf],
    ["seed", seed === 1 ? undefined : String(seed)],
    ["off", off.length === 0 ? undefined : off.join(",")],
    ...sets.map((each) => ["set", each] as const),
    ...versus.map((each) => ["vs", each] as const),
    ["t", month === undefined ? undefined : String(month)],
    ["run", run === undefined ? undefined : String(run)],
    ["sel", selected],
    ["because", because],
    ["edit", edit],
    ["text", text],
    ["talk", talk],
    ["pick", pick],
    ["lock", lock],
    ["lines", lines ? undefined : "off"],
    ["axes", axes],
    ["room", room ? "1" : undefined],
    ...rest,
  ];
  const shown = address.team ?? page;
  const path = [address.case, ...(shown === "brief" ? [] : [shown])].map(encodeURIComponent).join("/");
  return withQuery(
    `#/${path}`,
    parameters.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

/** What an assessment depends on, besides the case. */
export function viewKey({ reading, asOf, seed, off, sets }: Address): string {
  return JSON.stringify([reading ?? null, asOf ?? null, seed, [...off].sort(), sets]);
}

function withQuery(path: string, parameters: Address["rest"]): string {
  const query = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value])).toString();
  return query === "" ? path : `${path}?${query}`;
}

/** The texts that say something, each once. */
const listOf = (values: readonly string[]): readonly string[] => [...new Set(values.filter((each) => each !== ""))];

function wholeNumber(value: string): number | undefined {
  const number = Number(value);
  return /^\d+$/.test(value) && Number.isSafeInteger(number) ? number : undefined;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
