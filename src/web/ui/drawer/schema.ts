/** The JSON Schema of a case, walked by path: what may stand there, and what it means. */

interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema | boolean;
  readonly prefixItems?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly required?: readonly string[];
  readonly $defs?: Readonly<Record<string, Schema>>;
}

export interface KeyHelp {
  readonly key: string;
  readonly help: string;
  readonly required: boolean;
}

export interface CaseSchema {
  /** What the key at the end of a path means; undefined where the schema says nothing. */
  helpOf(path: readonly string[]): string | undefined;
  /** The keys that may stand below a path. */
  keysAt(path: readonly string[]): readonly KeyHelp[];
  /** The words that may stand at a path, where it takes one of some. */
  wordsAt(path: readonly string[]): readonly string[];
}

/** Most steps through references that lead to no end. */
const DEEPEST = 40;

export function caseSchema(root: Readonly<Record<string, unknown>>): CaseSchema {
  const whole = root as Schema;
  const definitions = whole.$defs ?? {};

  /** The alternatives of a schema, with the words that stand on the way to each. */
  function expand(schema: Schema, said = "", depth = 0): { readonly schema: Schema; readonly said: string }[] {
    if (depth > DEEPEST) return [];
    const words = schema.description ?? said;
    const inner = schema.$ref === undefined ? undefined : definitions[schema.$ref.replace("#/$defs/", "")];
    const parts = [
      ...(inner === undefined ? [] : [inner]),
      ...(schema.anyOf ?? []),
      ...(schema.oneOf ?? []),
      ...(schema.allOf ?? []),
    ];
    return [{ schema, said: words }, ...parts.flatMap((part) => expand(part, words, depth + 1))];
  }

  const at = (path: readonly string[]) => {
    let found = expand(whole);
    for (const step of path) {
      found = found.flatMap(({ schema }) => {
        const { properties, additionalProperties, items, prefixItems } = schema;
        const own = properties !== undefined && Object.hasOwn(properties, step) ? properties[step] : undefined;
        if (own !== undefined) return expand(own);
        const next =
          step === "-" || /^\d+$/.test(step)
            ? [items, ...(prefixItems ?? []), additionalProperties]
            : [additionalProperties];
        return next.flatMap((each) => (typeof each === "object" ? expand(each) : []));
      });
    }
    return found;
  };

  return {
    helpOf(path) {
      return at(path).find(({ said }) => said !== "")?.said;
    },
    keysAt(path) {
      const keys = new Map<string, KeyHelp>();
      for (const { schema } of at(path)) {
        for (const [key, each] of Object.entries(schema.properties ?? {})) {
          if (keys.has(key)) continue;
          const help = expand(each).find(({ said }) => said !== "")?.said ?? "";
          keys.set(key, { key, help, required: schema.required?.includes(key) ?? false });
        }
      }
      return [...keys.values()];
    },
    wordsAt(path) {
      const words = at(path).flatMap(({ schema }) => [
        ...(schema.enum ?? []),
        ...(schema.const === undefined ? [] : [schema.const]),
      ]);
      return [...new Set(words.filter((each): each is string => typeof each === "string"))];
    },
  };
}
