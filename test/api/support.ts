import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { FolderStoreOptions } from "../../src/api/folders.ts";
import { folderStore } from "../../src/api/folders.ts";
import type { BodyLimits, CaseStore } from "../../src/api/index.ts";
import { KEY_HEADER, workbenchApi } from "../../src/api/index.ts";

export const KEY = "a-key-for-tests";
export const PORT = 7340;
export const ORIGIN = `http://127.0.0.1:${PORT}`;

export const MAIN = `parley: 1
title: A case # so far
asOf: 2024-11-28
include: claims.yaml
sources:
  report: {title: A report, published: 2024-11}
indicators:
  area: {file: data/area.csv, unit: km2, source: report}
`;
export const CLAIMS = `claims:
  # the first
  losses: {text: Losses are heavy., source: report, credence: 0.5} # cited
  gains:
    text: Gains are few.
    credence: 0.7
`;
export const FILES = { "case.yaml": MAIN, "claims.yaml": CLAIMS, "data/area.csv": "date,value\n2024-01,3\n" };

/** A folder of folders with files in them: `{"my-case/case.yaml": ...}`. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "parley-api-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

export interface Asked {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: an answer is looked at as a client without types would.
  readonly body: any;
  readonly headers: Headers;
}

/** A workbench over one case folder, asked without a network. */
export function workbench(
  files: Readonly<Record<string, string>> = FILES,
  options: Partial<FolderStoreOptions> & { limits?: BodyLimits; store?: (store: CaseStore) => CaseStore } = {},
) {
  const { limits, store: wrap = (each) => each, ...rest } = options;
  const folder = folderOf(Object.fromEntries(Object.entries(files).map(([name, text]) => [`mine/${name}`, text])));
  const inside = join(folder, "mine");
  const store = wrap(folderStore({ folders: [{ path: inside }], ...rest }));
  const app = workbenchApi({ store, key: KEY, port: PORT, limits });
  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Asked> => {
    const response = await app.request(`${ORIGIN}${path}`, {
      method,
      headers: {
        [KEY_HEADER]: KEY,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json(), headers: response.headers };
  };
  return {
    app,
    folder: inside,
    store,
    ask,
    text: (name: string) => readFileSync(join(inside, name), "utf8"),
    put: (name: string, text: string) => writeFileSync(join(inside, name), text),
    now: async (id = "mine") => (await ask("GET", `/api/cases/${id}`)).body,
  };
}
