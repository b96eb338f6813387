import { project } from "./diagram.ts";
import { bestPath, linearBound, packageOfArcs } from "./linear.ts";
import type { Space } from "./space.ts";

/** The feasible package that a party likes best (`sign` 1) or least (-1); without a diagram, option by option. */
export function extremePackage({ compiled, whole }: Space, party: number, sign: 1 | -1): Int32Array {
  if (whole !== undefined) {
    const single = project(whole, [party], [0], [sign]);
    return packageOfArcs(single, bestPath(single, linearBound(single, Float64Array.of(1)), new Float64Array(1)));
  }
  const n = compiled.parties;
  return Int32Array.from(compiled.sizes, (size, k) => {
    const worth = (option: number): number => sign * compiled.values[k]![option * n + party]!;
    let chosen = 0;
    for (let o = 1; o < size; o++) if (worth(o) > worth(chosen)) chosen = o;
    return chosen;
  });
}
