export type { ReadDomain, SourceFile, WrittenDomain } from "./files.ts";
export { readGenius } from "./genius.ts";
export { writeGenius } from "./genius-writer.ts";
export { readGeniusWeb, writeGeniusWeb } from "./geniusweb.ts";
export { readNegmas } from "./negmas.ts";
export { writeNegmas } from "./negmas-writer.ts";
export type { NegotiationFormat } from "./read.ts";
export { negotiationFormat, readNegotiation } from "./read.ts";
