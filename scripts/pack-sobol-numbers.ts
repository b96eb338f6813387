/**
 * Writes src/core/random/sobol-numbers.ts from the published file of direction numbers.
 *
 *   node scripts/pack-sobol-numbers.ts new-joe-kuo-6.21201
 *
 * Where the file is from, and its licence: src/core/random/SOURCE.md. A test unpacks the numbers and checks them.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

const TARGET = new URL("../src/core/random/sobol-numbers.ts", import.meta.url);
/** All primitive polynomials up to degree 13: dimensions 2 to 1111. */
const LAST_DIMENSION = 1111;
const SHA256 = "68eedd2a4e3b659b9695e7aff0f8ac68718bcf620730fc3d3a8c65df2a067441";
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const LINE = 116;

/** Bits, most significant first, as characters of six. */
function characters(bits: readonly number[]): string {
  let text = "";
  for (let i = 0; i < bits.length; i += 6) {
    let value = 0;
    for (let j = 0; j < 6; j++) value = value * 2 + (bits[i + j] ?? 0);
    text += ALPHABET[value];
  }
  return text;
}

/**
 * For each dimension the s - 1 inner coefficients of its polynomial, then for i = 2 .. s the i - 1 upper bits of m_i:
 * the outer coefficients, m_1 and the lowest bit of each m_i are always 1.
 */
function pack(file: string): string {
  const bits: number[] = [];
  const write = (value: number, count: number) => {
    for (let i = count - 1; i >= 0; i--) bits.push((value >> i) & 1);
  };
  const rows = file.split("\n").slice(1, LAST_DIMENSION);
  for (const row of rows) {
    const [, s = 0, a = 0, ...m] = row.trim().split(/\s+/).map(Number);
    write(a, s - 1);
    for (let i = 2; i <= s; i++) write(((m[i - 1] as number) - 1) / 2, i - 1);
  }
  return characters(bits);
}

const [, , path] = process.argv;
if (path === undefined) throw new Error("missing file: give the path of new-joe-kuo-6.21201");
const file = readFileSync(path, "utf8");
const found = createHash("sha256").update(file).digest("hex");
if (found !== SHA256) throw new Error(`invalid file: its SHA-256 is ${found} (expected ${SHA256})`);
const lines = pack(file).match(new RegExp(`.{1,${LINE}}`, "g")) ?? [];
writeFileSync(
  TARGET,
  `// Written by scripts/pack-sobol-numbers.ts; do not edit.
//
// Direction numbers of S. Joe and F. Y. Kuo (2008), "Constructing Sobol sequences with better two-dimensional
// projections", SIAM Journal on Scientific Computing 30(5), 2635-2654. Copyright (c) 2008, Frances Y. Kuo and
// Stephen Joe. All rights reserved. The conditions of redistribution and the disclaimer stand in SOURCE.md beside
// this file.

/**
 * Packed figures of dimensions 2 to ${LAST_DIMENSION}, six bits a character (A-Z a-z 0-9 + /), most significant first.
 *
 * For each dimension, in order of its primitive polynomial's degree s: the s - 1 inner coefficients of the polynomial,
 * then (m_i - 1) / 2 in i - 1 bits for i = 2 .. s.
 */
export const PACKED_NUMBERS = \`
${lines.join("\n")}
\`;
`,
);
