/**
 * Writes src/core/special/tables.ts: the coefficients behind log-gamma and the error function.
 *
 * Every figure is computed here with decimal.js at 60 digits or more and rounded once. A test regenerates the file and compares.
 *
 *   node scripts/make-special-tables.ts            writes the file
 *   node scripts/make-special-tables.ts --print    prints it
 */
import { writeFileSync } from "node:fs";
import { Decimal } from "decimal.js";

const TARGET = new URL("../src/core/special/tables.ts", import.meta.url);

const D = Decimal.clone({ precision: 60, minE: -9e15, maxE: 9e15, toExpNeg: -9e15, toExpPos: 9e15 });
const ONE = new D(1);

/** Bernoulli numbers B_2, B_4, ..., B_20 as fractions. */
const BERNOULLI = [
  [1, 6],
  [-1, 30],
  [1, 42],
  [-1, 30],
  [5, 66],
  [-691, 2730],
  [7, 6],
  [-3617, 510],
  [43867, 798],
  [-174611, 330],
].map(([top = 0, bottom = 1]) => new D(top).div(bottom));

/** Where sums give way to their Euler-Maclaurin rest. */
const CUT = 60;

/** zeta(k) - 1 by Euler-Maclaurin summation. */
function zetaMinusOne(k: number): Decimal {
  const cut = new D(CUT);
  let sum = new D(0);
  for (let n = 2; n < CUT; n++) sum = sum.plus(ONE.div(new D(n).pow(k)));
  sum = sum.plus(cut.pow(1 - k).div(k - 1)).plus(cut.pow(-k).div(2));
  // Term j: B_2j / (2j)! * k (k + 1) ... (k + 2j - 2) * cut^(1 - k - 2j).
  let rising = new D(k).div(2);
  BERNOULLI.forEach((b, i) => {
    const j = i + 1;
    sum = sum.plus(b.times(rising).times(cut.pow(1 - k - 2 * j)));
    rising = rising.times((k + 2 * j - 1) * (k + 2 * j)).div((2 * j + 1) * (2 * j + 2));
  });
  return sum;
}

/** Euler's constant by Euler-Maclaurin summation. */
function eulerGamma(): Decimal {
  const cut = new D(CUT);
  let sum = new D(0);
  for (let n = 1; n <= CUT; n++) sum = sum.plus(ONE.div(n));
  sum = sum.minus(cut.ln()).minus(ONE.div(2 * CUT));
  BERNOULLI.forEach((b, i) => {
    const j = i + 1;
    sum = sum.plus(b.div(2 * j).times(cut.pow(-2 * j)));
  });
  return sum;
}

/** log Gamma(2 + e) = sum of c_k e^k: c_1 = 1 - gamma, c_k = (-1)^k (zeta(k) - 1) / k. */
function lgammaSeries(terms: number): readonly number[] {
  const rest = Array.from({ length: terms - 1 }, (_, i) => {
    const k = i + 2;
    const size = zetaMinusOne(k).div(k);
    return (k % 2 === 0 ? size : size.neg()).toNumber();
  });
  return [ONE.minus(eulerGamma()).toNumber(), ...rest];
}

const SQRT_PI = D.acos(-1).sqrt();

/** e^(x^2) erfc(x) for x >= 0: the series of erf where it serves, else the continued fraction (DLMF 7.9.1). */
function erfcx(x: Decimal): Decimal {
  if (x.lessThan(6)) {
    const Wide = D.clone({ precision: 90 });
    const square = new Wide(x.toString()).pow(2);
    let term = new Wide(x.toString());
    let sum = term;
    for (let n = 1; term.abs().greaterThan(1e-85); n++) {
      term = term
        .times(square)
        .times(2)
        .div(2 * n + 1);
      sum = sum.plus(term);
    }
    // erf x = 2 / sqrt(pi) e^(-x^2) sum, so e^(x^2) erfc x = e^(x^2) - 2 / sqrt(pi) sum.
    return new D(
      square
        .exp()
        .minus(sum.times(2).div(Wide.acos(-1).sqrt()))
        .toString(),
    );
  }
  let fraction = x;
  for (let n = 400; n >= 1; n--) fraction = x.plus(new D(n).div(2).div(fraction));
  return ONE.div(fraction.times(SQRT_PI));
}

/** Where the Chebyshev variable t = (x - SCALE) / (x + SCALE) is 0. */
export const SCALE = 4;
const NODES = 40;

/** Chebyshev coefficients of (1 + 2x) e^(x^2) erfc(x) in t (after Shepherd & Laframboise 1981), down to 2^-57. */
function erfcxSeries(): readonly number[] {
  const pi = D.acos(-1);
  const sums: Decimal[] = Array.from({ length: NODES }, () => new D(0));
  for (let j = 0; j < NODES; j++) {
    const t = pi
      .times(2 * j + 1)
      .div(2 * NODES)
      .cos();
    const x = ONE.plus(t).div(ONE.minus(t)).times(SCALE);
    const value = erfcx(x).times(x.times(2).plus(1));
    let polynomial = ONE;
    let next = t;
    for (let k = 0; k < NODES; k++) {
      sums[k] = (sums[k] as Decimal).plus(value.times(polynomial));
      [polynomial, next] = [next, t.times(2).times(next).minus(polynomial)];
    }
  }
  const coefficients = sums.map((sum, k) =>
    sum
      .times(k === 0 ? 1 : 2)
      .div(NODES)
      .toNumber(),
  );
  const last = coefficients.findLastIndex((c) => Math.abs(c) > 2 ** -57);
  return coefficients.slice(0, last + 1);
}

/** erf x / x = sum of c_n x^(2n): 2 / sqrt(pi) (-1)^n / (n! (2n + 1)). */
function erfSeries(terms: number): readonly number[] {
  let factorial = ONE;
  return Array.from({ length: terms }, (_, n) => {
    if (n > 0) factorial = factorial.times(-n);
    return new D(2)
      .div(SQRT_PI)
      .div(factorial.times(2 * n + 1))
      .toNumber();
  });
}

/** Stirling's correction is the sum of c_n / x^(2n - 1): B_2n / (2n (2n - 1)). */
function stirlingSeries(terms: number): readonly number[] {
  return BERNOULLI.slice(0, terms).map((b, i) => b.div((2 * i + 2) * (2 * i + 1)).toNumber());
}

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

/** The whole file as text. */
export function specialTables(): string {
  return [
    "// Written by scripts/make-special-tables.ts; do not edit.\n",
    array(
      "LGAMMA_SERIES",
      "log Gamma(2 + e) as a power series in e, without its zero constant term.",
      lgammaSeries(28),
    ),
    array("STIRLING_SERIES", "Stirling's correction in odd powers of 1 / x.", stirlingSeries(10)),
    array("ERF_SERIES", "erf x / x in even powers of x.", erfSeries(14)),
    `/** The scale of the Chebyshev variable (x - scale) / (x + scale). */\nexport const ERFCX_SCALE = ${SCALE};\n`,
    array("ERFCX_SERIES", "Chebyshev coefficients of (1 + 2x) e^(x^2) erfc x.", erfcxSeries()),
  ].join("\n");
}

if (import.meta.main) {
  if (process.argv.includes("--print")) process.stdout.write(specialTables());
  else writeFileSync(TARGET, specialTables());
}
