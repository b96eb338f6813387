import type { Terminal } from "../terminal.ts";

/** A scale from values to columns. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly width: number;
}

/** A scale that holds all values and 0. */
export function scaleFor(values: readonly number[], width: number): Scale {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  return high === low ? { low: low - 1, high: high + 1, width } : { low, high, width };
}

/** The column of a value, from 0. */
export function columnOf(value: number, { low, high, width }: Scale): number {
  return Math.max(0, Math.min(width - 1, Math.round(((value - low) / (high - low)) * (width - 1))));
}

/**
 * A bar from one value to another on a scale, with a mark at 0.
 *
 * @example
 * bar(0, 3, { low: -3, high: 3, width: 7 }, ascii); // "   |###"
 */
export function bar(from: number, to: number, scale: Scale, terminal: Terminal): string {
  const [axis, solid] = terminal.unicode ? ["│", "█"] : ["|", "#"];
  const [a, b] = [columnOf(from, scale), columnOf(to, scale)];
  const zero = columnOf(0, scale);
  let out = "";
  for (let column = 0; column < scale.width; column++) {
    const inside = column >= Math.min(a, b) && column <= Math.max(a, b);
    out += inside ? solid : column === zero ? axis : " ";
  }
  return out;
}

/** A range with its middle: `  |----o---|   `. */
export function rangeBar(low: number, middle: number, high: number, scale: Scale, terminal: Terminal): string {
  const [line, dot, left, right] = terminal.unicode ? ["─", "●", "├", "┤"] : ["-", "o", "|", "|"];
  const [a, m, b] = [columnOf(low, scale), columnOf(middle, scale), columnOf(high, scale)];
  let out = "";
  for (let column = 0; column < scale.width; column++) {
    if (column === m) out += dot;
    else if (column === a) out += left;
    else if (column === b) out += right;
    else out += column > a && column < b ? line : " ";
  }
  return out;
}
