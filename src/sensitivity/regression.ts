/** The expectation of quantities given one parameter, regressed on a sample. */
export interface Regression {
  /**
   * The mean, over the sample, of the greatest of 0 and the fitted quantities.
   *
   * @param columns quantities, `columns[c][row]`
   * @param rows which row's quantities stand at each row; its own unless given
   * @param weights how often each row counts; once unless given
   */
  meanOfGreatest(columns: readonly Float64Array[], rows?: Int32Array, weights?: Int32Array): number;
}

/** Rows in rising order of a parameter; equal values in order of rows. */
export function ranked(values: Float64Array): Int32Array {
  return Int32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
}

/** Regression by bins with as many rows each: the mean of each quantity in each bin. */
export function binRegression(values: Float64Array, bins: number): Regression {
  const order = ranked(values);
  function meanOfGreatest(columns: readonly Float64Array[], rows?: Int32Array, weights?: Int32Array): number {
    const n = order.length;
    const sums = new Float64Array(columns.length);
    let done = 0;
    let total = 0;
    let inBin = 0;
    let bin = 0;
    const close = () => {
      let greatest = 0;
      for (let c = 0; c < sums.length; c++) greatest = Math.max(greatest, sums[c]!);
      total += greatest;
      sums.fill(0);
      inBin = 0;
    };
    for (let i = 0; i < n; i++) {
      const row = order[i]!;
      const weight = weights === undefined ? 1 : weights[row]!;
      if (weight === 0) continue;
      const here = Math.floor(((done + 0.5 * weight) * bins) / n);
      if (here !== bin && inBin > 0) close();
      bin = here;
      const source = rows === undefined ? row : rows[row]!;
      for (let c = 0; c < columns.length; c++) sums[c]! += weight * columns[c]![source]!;
      inBin += weight;
      done += weight;
    }
    close();
    return total / n;
  }
  return { meanOfGreatest };
}
