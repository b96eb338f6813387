import { nearest, ParleyError } from "../core/problems/index.ts";

/**
 * Reads `yes=0.3`, `yes=30 %, no=70 %`: a probability for each hypothesis; where a single one is left out, the rest is its.
 *
 * @throws ParleyError invalid-option, unknown-hypothesis
 */
export function readSays(written: string, question: string, hypotheses: readonly string[]): Record<string, number> {
  const said: Record<string, number> = {};
  for (const part of written.split(",")) {
    const match = /^\s*([^=\s]+)\s*=\s*(\d*\.?\d+(?:e-?\d+)?)\s*(%?)\s*$/i.exec(part);
    const [, name = "", digits = "", unit = ""] = match ?? [];
    if (match === null) {
      const expected = `probabilities such as "${hypotheses[0]}=0.3"`;
      throw ParleyError.of("invalid-option", { option: "--says", value: written, expected });
    }
    if (!hypotheses.includes(name)) {
      throw ParleyError.of("unknown-hypothesis", { value: name, question, near: nearest(name, hypotheses) });
    }
    if (Object.hasOwn(said, name)) {
      const expected = "each hypothesis once";
      throw ParleyError.of("invalid-option", { option: "--says", value: written, expected });
    }
    said[name] = unit === "%" ? Number(digits) / 100 : Number(digits);
  }
  const left = hypotheses.filter((name) => !Object.hasOwn(said, name));
  const [only] = left;
  const sum = Object.values(said).reduce((total, p) => total + p, 0);
  // More than 1 is left as it is, for the check of the forecast to tell.
  if (left.length === 1 && only !== undefined) said[only] = Math.max(0, Math.round((1 - sum) * 1e9) / 1e9);
  return said;
}
