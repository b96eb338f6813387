/**
 * Writes src/core/math/tables.ts: the constants behind the portable exp, log and sin.
 *
 * Every figure is computed here with decimal.js at 80 digits (pi at 420) and rounded once. A test regenerates the file and compares.
 *
 *   node scripts/make-math-tables.ts            writes the file
 *   node scripts/make-math-tables.ts --print    prints it
 */
import { writeFileSync } from "node:fs";
import { Decimal } from "decimal.js";

const TARGET = new URL("../src/core/math/tables.ts", import.meta.url);

const DIGITS = 80;
/** 2 / pi: 1 200 bits need 362 digits. */
const PI_DIGITS = 420;
/** Heads of logarithms are multiples of 2^-42, so that k ln 2 + log c has no rounding error for |k| < 2^11. */
const GRID_BITS = 42;
const CELLS = 128;
/** High word of the lowest reduced argument of log, 0.6875: 1 is then a border between two cells. */
const LOG_LOWEST = 0x3fe60000;
const TWO_OVER_PI_BITS = 1200;

const wide = { minE: -9e15, maxE: 9e15, toExpNeg: -9e15, toExpPos: 9e15 };
const D = Decimal.clone({ ...wide, precision: DIGITS });
const Long = Decimal.clone({ ...wide, precision: PI_DIGITS });
const two = new D(2);
const ln2 = two.ln();
const pi = Long.acos(-1);

/** The exact value of a double: decimal.js itself takes a number for its shortest decimal text. */
function exact(x: number): Decimal {
  const unit = new Long(2).pow(100);
  // Multiplying by a power of two is exact, and so is BigInt of a whole double.
  return new Long(BigInt(x * 2 ** 100).toString()).div(unit);
}

function toGrid(value: Decimal, bits: number): number {
  const unit = new Long(2).pow(bits);
  return value.times(unit).toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN).div(unit).toNumber();
}

/** The head on a grid and what it leaves, rounded. */
function split(value: Decimal, bits: number): readonly [number, number] {
  const head = toGrid(value, bits);
  return [head, value.minus(exact(head)).toNumber()];
}

function expTable(): readonly number[] {
  let step = two;
  for (let size = 1; size < CELLS; size *= 2) step = step.sqrt();
  return Array.from({ length: CELLS }, (_, j) => {
    const value = step.pow(j);
    const head = value.toNumber();
    return [head, value.minus(exact(head)).toNumber()];
  }).flat();
}

function fromHighWord(high: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setInt32(0, high);
  return view.getFloat64(0);
}

function logTable(): readonly number[] {
  return Array.from({ length: CELLS }, (_, j) => {
    // Centres have at most nine bits, so their decimal text is exact.
    const low = fromHighWord(LOG_LOWEST + (j << 13));
    const high = fromHighWord(LOG_LOWEST + ((j + 1) << 13));
    // Both cells that touch 1 are centred on it: log then needs no table value there and keeps its relative accuracy.
    const centre = low === 1 || high === 1 ? 1 : (low + high) / 2;
    const c = new D(centre);
    return [centre, new D(1).div(c).toNumber(), ...split(c.ln(), GRID_BITS)];
  }).flat();
}

/** pi / 2 in three parts of 33 bits, so that n times a part is exact for |n| < 2^20, and a rounded rest. */
function halfPi(): readonly [number, number, number, number] {
  const whole = pi.div(2);
  const first = toGrid(whole, 32);
  const afterFirst = whole.minus(exact(first));
  const second = toGrid(afterFirst, 65);
  const afterSecond = afterFirst.minus(exact(second));
  const third = toGrid(afterSecond, 98);
  return [first, second, third, afterSecond.minus(exact(third)).toNumber()];
}

/** Numbers packed into lines of at most 120 columns, as the formatter packs them. */
function array(name: string, doc: string, values: readonly number[]): string {
  const lines: string[] = [];
  let line = " ";
  for (const text of values.map(String)) {
    if (line.length + text.length + 2 > 120) {
      lines.push(line);
      line = " ";
    }
    line += ` ${text},`;
  }
  lines.push(line);
  return `/** ${doc} */\nexport const ${name} = new Float64Array([\n${lines.join("\n")}\n]);\n`;
}

function constant(name: string, doc: string, value: number | string): string {
  const line = `export const ${name} = ${value};`;
  return `/** ${doc} */\n${line.length > 120 ? `export const ${name} =\n  ${value};` : line}\n`;
}

/** The whole file as text. */
export function mathTables(): string {
  const [ln2Head, ln2Tail] = split(ln2, GRID_BITS);
  const [stepHead, stepTail] = split(ln2.div(CELLS), GRID_BITS);
  const [p1, p2, p3, p4] = halfPi();
  const log2e = new D(1).div(ln2);
  const log10e = new D(1).div(new D(10).ln());
  const bits = new Long(2).div(pi).times(new Long(2).pow(TWO_OVER_PI_BITS)).floor().toHexadecimal();
  return `${[
    "// Written by scripts/make-math-tables.ts; do not edit.\n" +
      "// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: figures of a table.\n",
    constant("LN2_HEAD", "ln 2 on the grid of 2^-42.", ln2Head),
    constant("LN2_TAIL", "What LN2_HEAD leaves of ln 2.", ln2Tail),
    constant("STEP_HEAD", "ln 2 / 128 on the grid of 2^-42: 35 bits.", stepHead),
    constant("STEP_TAIL", "What STEP_HEAD leaves of ln 2 / 128.", stepTail),
    constant("STEPS_PER_UNIT", "128 / ln 2.", new D(CELLS).div(ln2).toNumber()),
    constant("LOG2_E", "1 / ln 2, rounded.", log2e.toNumber()),
    constant("LOG2_E_TAIL", "What LOG2_E leaves.", log2e.minus(exact(log2e.toNumber())).toNumber()),
    constant("LOG10_E", "1 / ln 10, rounded.", log10e.toNumber()),
    constant("LOG10_E_TAIL", "What LOG10_E leaves.", log10e.minus(exact(log10e.toNumber())).toNumber()),
    constant("TWO_OVER_PI", "2 / pi, rounded.", new Long(2).div(pi).toNumber()),
    constant("HALF_PI_1", "pi / 2: its first 33 bits.", p1),
    constant("HALF_PI_2", "pi / 2: the next 33 bits.", p2),
    constant("HALF_PI_3", "pi / 2: the next 33 bits.", p3),
    constant("HALF_PI_4", "pi / 2: the rest, rounded.", p4),
    constant(
      "HALF_PI_BITS",
      "floor(2^192 pi / 2).",
      `"${pi.div(2).times(new Long(2).pow(192)).floor().toHexadecimal()}"`,
    ),
    constant("TWO_OVER_PI_BITS", "floor(2^1200 2 / pi).", `"${bits}"`),
    array("EXP_TABLE", "2^(j / 128) for j = 0 .. 127, each as a rounded value and what it leaves.", expTable()),
    array(
      "LOG_TABLE",
      "128 cells from 0.6875 to 1.375: centre c, 1 / c, log c on the grid of 2^-42, and what that leaves.",
      logTable(),
    ),
  ].join("\n")}`;
}

if (import.meta.main) {
  if (process.argv.includes("--print")) process.stdout.write(mathTables());
  else writeFileSync(TARGET, mathTables());
}
