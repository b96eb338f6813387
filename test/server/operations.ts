import type { Access } from "../../src/server/access/scopes.ts";
import type { Team } from "./support.ts";

/** A JSON Schema, as far as the OpenAPI document uses it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "cookie";
  readonly required?: boolean;
  readonly schema: Schema;
}

/** One route of the OpenAPI document. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly access: Access;
  readonly parameters: readonly Parameter[];
  readonly body: Schema | undefined;
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Every route that the document of a server tells of. */
export async function operationsOf(server: Team): Promise<readonly Operation[]> {
  const document = await documentOf(server);
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, told]) => {
      const operation = told as {
        "x-parley-access"?: Access;
        parameters?: readonly Parameter[];
        requestBody?: { content: Record<string, { schema: Schema }> };
      };
      const access = operation["x-parley-access"];
      if (access === undefined) throw new Error(`${method} ${path} does not say who may call it`);
      const body = operation.requestBody?.content["application/json"]?.schema;
      return { method, path, access, parameters: operation.parameters ?? [], body };
    }),
  );
}

export async function documentOf(server: Team): Promise<OpenApi> {
  return (await server.ask(undefined, "GET", "/openapi.json")).body as OpenApi;
}

/** A value that a schema takes: the smallest there is. */
export function smallest(schema: Schema, document: OpenApi): unknown {
  if (schema.$ref !== undefined) return smallest(resolved(schema.$ref, document), document);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0] ?? schema.allOf?.[0];
  if (choice !== undefined) return smallest(choice, document);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === "object") {
    const required = schema.required ?? [];
    return Object.fromEntries(required.map((name) => [name, smallest(schema.properties?.[name] ?? {}, document)]));
  }
  if (type === "array")
    return Array.from({ length: schema.minItems ?? 0 }, () => smallest(schema.items ?? {}, document));
  if (type === "integer" || type === "number") return schema.minimum ?? 0;
  if (type === "boolean") return true;
  if (type === "null") return null;
  if (schema.format === "email") return "somebody@example.org";
  if (schema.format === "date") return "2024-11-28";
  if (schema.pattern === "^[0-9a-f]{64}$") return "0".repeat(64);
  return "a".repeat(Math.max(1, schema.minLength ?? 1));
}

export function resolved(ref: string, document: OpenApi): Schema {
  const schema = document.components.schemas[ref.replace("#/components/schemas/", "")];
  if (schema === undefined) throw new Error(`${ref} is not in the document`);
  return schema;
}
