/** Writes the types of the team server's API for the workbench's client, from the API's own document; a test keeps them current. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";
import { teamApi } from "../src/server/app.ts";
import type { Services } from "../src/server/http/services.ts";

export const TYPES = fileURLToPath(new URL("../src/web/team/api.d.ts", import.meta.url));

/** Routes are declared, none is called: whatever they are given, it does nothing. */
const nothing: unknown = new Proxy(() => nothing, { get: () => nothing });

/** The document of the API as it is declared. */
export async function apiDocument(): Promise<Parameters<typeof openapiTS>[0]> {
  const services = new Proxy({ origin: undefined }, { get: (given, name) => (name in given ? undefined : nothing) });
  const answer = await teamApi(services as unknown as Services, () => 1).request("http://127.0.0.1:1/openapi.json");
  return (await answer.json()) as Parameters<typeof openapiTS>[0];
}

/** The types of the API, as a module. */
export async function apiTypes(): Promise<string> {
  const types = astToString(await openapiTS(await apiDocument(), { alphabetize: true }));
  return `/* Written by scripts/write-api-types.ts from the API's document. */\n${types}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(TYPES, await apiTypes());
