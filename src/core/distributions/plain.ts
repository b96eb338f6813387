import { beta } from "./beta.ts";
import { constant } from "./constant.ts";
import { exponential } from "./exponential.ts";
import { gamma } from "./gamma.ts";
import { logitNormal } from "./logit-normal.ts";
import { lognormal } from "./lognormal.ts";
import { weighted } from "./mixture.ts";
import { normal } from "./normal.ts";
import { poisson } from "./poisson.ts";
import { triangular } from "./triangular.ts";
import { truncated } from "./truncated.ts";
import type { Distribution } from "./types.ts";
import { uniform } from "./uniform.ts";

/** A distribution without its functions: what another thread or a file can hold. */
export type PlainDistribution =
  | { readonly kind: SimpleKind; readonly parameters: readonly number[] }
  | {
      readonly kind: "mixture";
      readonly components: readonly PlainDistribution[];
      readonly weights: readonly number[];
    }
  | { readonly kind: "truncated"; readonly of: PlainDistribution; readonly low: number; readonly high: number };

type SimpleKind = Exclude<Distribution["kind"], "mixture" | "truncated">;

/** A distribution's kind and parameters. */
export function toPlain(d: Distribution): PlainDistribution {
  switch (d.kind) {
    case "mixture":
      return { kind: d.kind, components: d.components.map(toPlain), weights: [...d.weights] };
    case "truncated":
      return { kind: d.kind, of: toPlain(d.of), low: d.low, high: d.high };
    default:
      return { kind: d.kind, parameters: parametersOf(d) };
  }
}

function parametersOf(d: Exclude<Distribution, { readonly kind: "mixture" | "truncated" }>): readonly number[] {
  switch (d.kind) {
    case "constant":
      return [d.value];
    case "normal":
      return [d.mean, d.sd];
    case "lognormal":
    case "logitNormal":
      return [d.mu, d.sigma];
    case "uniform":
      return [d.low, d.high];
    case "triangular":
      return [d.low, d.mode, d.high];
    case "beta":
      return [d.alpha, d.beta];
    case "gamma":
      return [d.shape, d.scale];
    case "exponential":
      return [d.rate];
    case "poisson":
      return [d.mean];
  }
}

const MAKERS: Readonly<Record<SimpleKind, (a: number, b: number, c: number) => Distribution>> = {
  constant,
  normal,
  lognormal,
  logitNormal,
  uniform,
  triangular,
  beta,
  gamma,
  exponential,
  poisson,
};

/**
 * The distribution that `toPlain` was given: it answers everything with the same bits.
 *
 * @throws ParleyError where the parameters are none of its kind
 */
export function fromPlain(plain: PlainDistribution): Distribution {
  switch (plain.kind) {
    case "mixture":
      return weighted(plain.components.map(fromPlain), plain.weights);
    case "truncated":
      return truncated(fromPlain(plain.of), plain.low, plain.high);
    default: {
      const [a = Number.NaN, b = Number.NaN, c = Number.NaN] = plain.parameters;
      return MAKERS[plain.kind](a, b, c);
    }
  }
}
