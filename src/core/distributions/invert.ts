/** Enough to bisect every double between two bounds; the secant steps need a dozen. */
const MOST_STEPS = 2200;
/** Above this ratio of the bounds their geometric mean halves the search better than their mean. */
const WIDE = 16;
/** Bounds this close, relative to their size, have met: two ulps. */
const CLOSE = 4.440892098500626e-16;

/**
 * The smallest x in [low, high] with f(x) >= 0, to two ulps, for a function that never falls and has f(high) >= 0.
 *
 * Regula falsi in the Illinois variant (Dowell & Jarratt 1971), with a bisection whenever three steps have not halved
 * the interval; so jumps and flat pieces cost time, not accuracy. f(result) >= 0 always.
 */
export function invert(f: (x: number) => number, low: number, high: number): number {
  let a = low;
  let b = high;
  if (!(a < b)) return b;
  let fa = f(a);
  if (fa >= 0) return a;
  let fb = f(b);
  let lastMoved = 0;
  let width = b - a;
  let stalled = 0;
  for (let i = 0; i < MOST_STEPS; i++) {
    const close = CLOSE * Math.max(Math.abs(a), Math.abs(b));
    if (b - a <= close) return b;
    const secant = b - (fb * (b - a)) / (fb - fa);
    // A step that would land on an end is taken just short of it: that brings the other end near in one step.
    const near = Math.max(a + 0.5 * close, Math.min(secant, b - 0.5 * close));
    const x = stalled < 3 && near > a && near < b ? near : middle(a, b);
    if (!(x > a && x < b)) return b;
    const value = f(x);
    // An end that stays twice counts half, so that the next secant passes to the other side.
    if (value >= 0) {
      b = x;
      fb = value;
      if (lastMoved === 1) fa *= 0.5;
      lastMoved = 1;
    } else {
      a = x;
      fa = value;
      if (lastMoved === -1) fb *= 0.5;
      lastMoved = -1;
    }
    stalled = b - a < 0.5 * width ? 0 : stalled + 1;
    if (stalled === 0) width = b - a;
  }
  return b;
}

/** The smallest whole number in [low, high] with f(x) >= 0, for a function that never falls and has f(high) >= 0. */
export function invertWhole(f: (x: number) => number, low: number, high: number): number {
  let a = Math.ceil(low) - 1;
  let b = Math.floor(high);
  while (b - a > 1) {
    const x = Math.floor(a + 0.5 * (b - a));
    if (f(x) >= 0) b = x;
    else a = x;
  }
  return b;
}

function middle(a: number, b: number): number {
  if (a > 0 && b > WIDE * a) return Math.sqrt(a) * Math.sqrt(b);
  if (b < 0 && a < WIDE * b) return -(Math.sqrt(-a) * Math.sqrt(-b));
  return a + 0.5 * (b - a);
}
