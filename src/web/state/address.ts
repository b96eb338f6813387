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
  readonly reading: string | undefined;
  /** Leave out what was published after this day. */
  readonly asOf: string | undefined;
  readonly seed: number;
  /** Claims that are left out. */
  readonly off: readonly string[];
  /** What is selected on the page. */
  readonly selected: string | undefined;
  /** The reason that is open beside the page. */
  readonly because: string | undefined;
  /** Parameters that this version does not know, as they came. */
  readonly rest: readonly (readonly [name: string, value: string])[];
  /** What was wrong with the address, as data. */
  readonly faults: readonly AddressFault[];
}

export type AddressFault =
  | { readonly kind: "unknown"; readonly name: string; readonly value: string }
  | { readonly kind: "invalid"; readonly name: string; readonly value: string };

export const PAGES = ["brief", "evidence", "stability", "terms"] as const;
export type PageId = (typeof PAGES)[number];

export const GALLERY: Address = {
  case: undefined,
  page: "brief",
  reading: undefined,
  asOf: undefined,
  seed: 1,
  off: [],
  selected: undefined,
  because: undefined,
  rest: [],
  faults: [],
};

const KNOWN = new Set(["reading", "asof", "seed", "off", "sel", "because"]);

/** Reads what stands behind the `#` of an address. */
export function parseAddress(hash: string): Address {
  const [path = "", query = ""] = hash.replace(/^#?\/?/, "").split(/\?(.*)/s);
  const [id = "", page = "", ...more] = path.split("/").map(decoded);
  const faults: AddressFault[] = [];
  const known = PAGES.find((each) => each === page);
  const asked = [page, ...more].filter((part) => part !== "").join("/");
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
    reading: text("reading"),
    asOf: valid("asof", (value) => (/^\d{4}-\d{2}(-\d{2})?$/.test(value) ? value : undefined)),
    seed: valid("seed", wholeNumber) ?? 1,
    off: [...new Set((text("off") ?? "").split(",").filter((claim) => claim !== ""))],
    selected: text("sel"),
    because: text("because"),
    rest,
    faults,
  };
}

/** Writes an address; what is as usual is left out. */
export function formatAddress(address: Address): string {
  if (address.case === undefined) return withQuery("#/", address.rest);
  const { page, reading, asOf, seed, off, selected, because, rest } = address;
  const parameters: (readonly [string, string | undefined])[] = [
    ["reading", reading],
    ["asof", asOf],
    ["seed", seed === 1 ? undefined : String(seed)],
    ["off", off.length === 0 ? undefined : off.join(",")],
    ["sel", selected],
    ["because", because],
    ...rest,
  ];
  const path = [address.case, ...(page === "brief" ? [] : [page])].map(encodeURIComponent).join("/");
  return withQuery(
    `#/${path}`,
    parameters.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

/** What an assessment depends on, besides the case. */
export function viewKey({ reading, asOf, seed, off }: Address): string {
  return JSON.stringify([reading ?? null, asOf ?? null, seed, [...off].sort()]);
}

function withQuery(path: string, parameters: Address["rest"]): string {
  const query = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value])).toString();
  return query === "" ? path : `${path}?${query}`;
}

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
