import { problem } from "../../core/problems/index.ts";
import type { ReadDomain, SourceFile } from "./files.ts";
import { readGenius } from "./genius.ts";
import { readGeniusWeb } from "./geniusweb.ts";
import { readNegmas } from "./negmas.ts";

/** The formats of negotiation domains that are read. */
export type NegotiationFormat = "genius" | "geniusweb" | "negmas";

/** The format of a folder's files, told by what is in them; undefined where none fits. */
export function negotiationFormat(files: readonly SourceFile[]): NegotiationFormat | undefined {
  const any = (test: (file: SourceFile) => boolean) => files.some(test);
  if (any(({ text }) => /<(negotiation_template|utility_space)\b/.test(text))) return "genius";
  if (any(({ text }) => text.includes("LinearAdditiveUtilitySpace") && text.includes("issueUtilities")))
    return "geniusweb";
  if (any(({ name, text }) => /\.(ya?ml|json)$/i.test(name) && text.includes("OutcomeSpace"))) return "negmas";
  return undefined;
}

/** Reads the files of a negotiation domain of GENIUS, GeniusWeb or NegMAS. */
export function readNegotiation(files: readonly SourceFile[]): ReadDomain {
  const format = negotiationFormat(files);
  if (format === "genius") return readGenius(files.filter(({ name }) => name.toLowerCase().endsWith(".xml")));
  if (format === "geniusweb") return readGeniusWeb(files.filter(({ name }) => name.toLowerCase().endsWith(".json")));
  if (format === "negmas") return readNegmas(files.filter(({ name }) => /\.(ya?ml|json)$/i.test(name)));
  const facts = {
    thing: "domain",
    value: files.map(({ name }) => name).join(", "),
    expected: "files of GENIUS, GeniusWeb or NegMAS",
  };
  return { problems: [problem("invalid-value", facts, { file: files[0]?.name ?? "", line: 0, column: 0 })], notes: [] };
}
