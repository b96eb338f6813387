/** Statements are read by case files too, which know no engine: they live in core/. */
export * from "../core/formulas/formula.ts";
