export * from "../core/formulas/parse.ts";
