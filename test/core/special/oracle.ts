import { Decimal } from "decimal.js";
import { decimal as exactDecimal } from "../math/oracle.ts";

/** Functions to 35 digits by slow series of decimal numbers, made without regard to the code they judge. */
export const D = Decimal.clone({ precision: 42, minE: -9e15, maxE: 9e15, toExpNeg: -9e15, toExpPos: 9e15 });
export type Dec = Decimal;

const ONE = new D(1);
const PI = D.acos(-1);
const SMALL = new D("1e-38");

/** The value of a double. */
export const decimal = (x: number): Dec => new D(exactDecimal(x));

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

/** log Gamma(x) for x > 0: Stirling's series from 100, taken back by the recurrence. */
export function lgamma(x: Dec): Dec {
  let product = ONE;
  let y = x;
  while (y.lessThan(100)) {
    product = product.times(y);
    y = y.plus(1);
  }
  let sum = y.minus(0.5).times(y.ln()).minus(y).plus(PI.times(2).ln().div(2));
  BERNOULLI.forEach((b, i) => {
    const n = 2 * i + 2;
    sum = sum.plus(b.div(n * (n - 1)).div(y.pow(n - 1)));
  });
  return sum.minus(product.ln());
}

export function lbeta(a: Dec, b: Dec): Dec {
  return lgamma(a)
    .plus(lgamma(b))
    .minus(lgamma(a.plus(b)));
}

/** x times the gamma density. */
export function gammaKernel(a: Dec, x: Dec): Dec {
  return a.times(x.ln()).minus(x).minus(lgamma(a)).exp();
}

/** P(a, x) and Q(a, x): the power series where its terms fall at once, else the continued fraction of Q. */
export function gammaTails(a: Dec, x: Dec): { readonly p: Dec; readonly q: Dec } {
  if (x.lessThan(a.plus(1)) || x.lessThan(3)) {
    let term = ONE.div(a);
    let sum = term;
    for (let n = 1; term.greaterThan(sum.times(SMALL)); n++) {
      term = term.times(x).div(a.plus(n));
      sum = sum.plus(term);
    }
    const p = gammaKernel(a, x).times(sum);
    return { p, q: ONE.minus(p) };
  }
  const fraction = continued(
    (n) => x.plus(2 * n + 1).minus(a),
    (n) => a.minus(n).times(n),
  );
  const q = gammaKernel(a, x).times(fraction);
  return { p: ONE.minus(q), q };
}

/** I_x(a, b) and its complement, by DLMF 8.17.22 on the side of x. */
export function betaTails(x: Dec, a: Dec, b: Dec, mirrored = false): { readonly lower: Dec; readonly upper: Dec } {
  const y = ONE.minus(x);
  if (!mirrored && x.times(a.plus(b).plus(2)).greaterThan(a.plus(1))) {
    const other = betaTails(y, b, a, true);
    return { lower: other.upper, upper: other.lower };
  }
  const fraction = continued(
    () => ONE,
    (n) => {
      const m = Math.floor(n / 2);
      const at = a.plus(2 * m);
      if (n % 2 === 0) return b.minus(m).times(m).times(x).div(at.minus(1).times(at));
      return a
        .plus(m)
        .times(a.plus(b).plus(m))
        .times(x)
        .neg()
        .div(at.times(at.plus(1)));
    },
  );
  const lower = betaKernel(x, a, b).div(a).times(fraction);
  return { lower, upper: ONE.minus(lower) };
}

/** x^a (1 - x)^b / B(a, b). */
export function betaKernel(x: Dec, a: Dec, b: Dec): Dec {
  return a
    .times(x.ln())
    .plus(b.times(ONE.minus(x).ln()))
    .minus(lbeta(a, b))
    .exp();
}

/** 1 / (b_0 + a_1 / (b_1 + a_2 / (b_2 + ...))) by the modified method of Lentz. */
function continued(b: (n: number) => Dec, a: (n: number) => Dec): Dec {
  let c = new D("1e500");
  let d = ONE.div(b(0));
  let h = d;
  for (let n = 1; n < 100_000; n++) {
    const an = a(n);
    const bn = b(n);
    d = ONE.div(bn.plus(an.times(d)));
    c = bn.plus(an.div(c));
    const factor = c.times(d);
    h = h.times(factor);
    if (factor.minus(1).abs().lessThan(SMALL)) return h;
  }
  throw new Error("the oracle's fraction does not converge");
}

/** erfc x, from the incomplete gamma function of x^2. */
export function erfc(x: Dec): Dec {
  if (x.isZero()) return ONE;
  const { p, q } = gammaTails(new D(0.5), x.times(x));
  return x.isNegative() ? p.plus(1) : q;
}

/** The standard normal distribution function. */
export function normalCdf(x: Dec): Dec {
  return erfc(x.neg().div(new D(2).sqrt())).div(2);
}

/** Relative error of a double, or 0 where the exact value is below the normal range. */
export function relativeError(actual: number, exact: Dec): number {
  if (exact.abs().lessThan(1e-307)) return 0;
  if (!Number.isFinite(actual)) return Number.POSITIVE_INFINITY;
  return decimal(actual).minus(exact).div(exact).abs().toNumber();
}
