/** Puts 0, 1, .. in a random order made from as many uniform numbers: Fisher & Yates (1938). */
export function shuffle(units: Float64Array, order: Int32Array): void {
  for (let i = 0; i < order.length; i++) order[i] = i;
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(units[i]! * (i + 1));
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
}
