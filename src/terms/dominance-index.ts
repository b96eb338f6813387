/** Vectors beside the trees, scanned one by one; and the points of a leaf. */
const TAIL = 64;
const LEAF = 8;

/** A k-d tree over vectors first..last of the store: nodes in preorder, each with the greatest corner of its points. */
interface Tree {
  readonly first: number;
  readonly last: number;
  /** Corners, n numbers for each node. */
  readonly corners: Float64Array;
  /** Number of nodes of the subtree: where the next subtree begins. */
  readonly skip: Int32Array;
  /** Points of a leaf, from `begin` to `end` of the tree's own copy; begin = -1 for inner nodes. */
  readonly begin: Int32Array;
  readonly end: Int32Array;
  readonly points: Float64Array;
}

/**
 * A set of vectors that answers whether one of them is at least as good as a given one in every coordinate.
 *
 * The newest stand in a list, the others in k-d trees of doubling size (Bentley & Saxe 1980), which are left out of the
 * search where their greatest corner falls short.
 */
export class DominanceIndex {
  readonly #n: number;
  readonly #tolerance: number;
  #store = new Float64Array(0);
  #size = 0;
  #treed = 0;
  #trees: Tree[] = [];
  /** The vector that dominated last is likely to dominate again. */
  #last = -1;

  constructor(n: number, tolerance: number) {
    this.#n = n;
    this.#tolerance = tolerance;
    this.#store = new Float64Array(4 * TAIL * n);
  }

  get size(): number {
    return this.#size;
  }

  /** Adds the vector that begins at `at`, unless one of the set is at least as good; tells whether it was added. */
  add(vectors: Float64Array, at: number): boolean {
    if (this.dominates(vectors, at)) return false;
    const n = this.#n;
    if ((this.#size + 1) * n > this.#store.length) {
      const larger = new Float64Array(2 * this.#store.length);
      larger.set(this.#store);
      this.#store = larger;
    }
    for (let i = 0; i < n; i++) this.#store[this.#size * n + i] = vectors[at + i]!;
    this.#size++;
    if (this.#size - this.#treed >= TAIL) this.#plant();
    return true;
  }

  /** Whether a vector of the set is at least as good in every coordinate, but for the tolerance. */
  dominates(vectors: Float64Array, at: number): boolean {
    const n = this.#n;
    const store = this.#store;
    if (this.#last >= 0 && this.#covers(store, this.#last * n, vectors, at)) return true;
    for (let p = this.#size - 1; p >= this.#treed; p--) {
      if (this.#covers(store, p * n, vectors, at)) {
        this.#last = p;
        return true;
      }
    }
    for (const tree of this.#trees) if (this.#searched(tree, vectors, at)) return true;
    return false;
  }

  #covers(points: Float64Array, p: number, vectors: Float64Array, at: number): boolean {
    const n = this.#n;
    const tolerance = this.#tolerance;
    for (let i = 0; i < n; i++) if (points[p + i]! < vectors[at + i]! - tolerance) return false;
    return true;
  }

  #searched({ corners, skip, begin, end, points }: Tree, vectors: Float64Array, at: number): boolean {
    const n = this.#n;
    for (let node = 0; node < skip.length; ) {
      if (!this.#covers(corners, node * n, vectors, at)) {
        node += skip[node]!;
        continue;
      }
      if (begin[node]! >= 0) {
        for (let p = begin[node]!; p < end[node]!; p++) if (this.#covers(points, p * n, vectors, at)) return true;
      }
      node++;
    }
    return false;
  }

  /** Moves the list into a tree, together with all trees that are no larger. */
  #plant(): void {
    let first = this.#treed;
    for (let tree = this.#trees.at(-1); tree !== undefined; tree = this.#trees.at(-1)) {
      if (tree.last - tree.first > this.#size - first) break;
      first = tree.first;
      this.#trees.pop();
    }
    this.#trees.push(growTree(this.#store, this.#n, first, this.#size));
    this.#treed = this.#size;
  }
}

function growTree(store: Float64Array, n: number, first: number, last: number): Tree {
  const count = last - first;
  const points = store.slice(first * n, last * n);
  const nodes = 2 * Math.ceil(count / LEAF) * 2;
  const corners = new Float64Array(nodes * n);
  const skip = new Int32Array(nodes);
  const begin = new Int32Array(nodes).fill(-1);
  const end = new Int32Array(nodes);
  let size = 0;

  function grow(from: number, to: number): void {
    const node = size++;
    let widest = 0;
    let width = -1;
    for (let i = 0; i < n; i++) {
      let low = Number.POSITIVE_INFINITY;
      let high = Number.NEGATIVE_INFINITY;
      for (let p = from; p < to; p++) {
        const x = points[p * n + i]!;
        if (x < low) low = x;
        if (x > high) high = x;
      }
      corners[node * n + i] = high;
      if (high - low > width) {
        width = high - low;
        widest = i;
      }
    }
    if (to - from <= LEAF) {
      begin[node] = from;
      end[node] = to;
    } else {
      const middle = (from + to) >> 1;
      partition(points, n, widest, from, to - 1, middle);
      // The better half first: it holds what dominates.
      grow(from, middle);
      grow(middle, to);
    }
    skip[node] = size - node;
  }

  grow(0, count);
  return {
    first,
    last,
    corners: corners.slice(0, size * n),
    skip: skip.slice(0, size),
    begin: begin.slice(0, size),
    end: end.slice(0, size),
    points,
  };
}

/** Puts the greater coordinates before `middle`, the smaller from there on: Hoare's selection (1961). */
function partition(points: Float64Array, n: number, axis: number, low: number, high: number, middle: number): void {
  let left = low;
  let right = high;
  while (left < right) {
    const pivot = points[middle * n + axis]!;
    let i = left;
    let j = right;
    while (i <= j) {
      while (points[i * n + axis]! > pivot) i++;
      while (points[j * n + axis]! < pivot) j--;
      if (i > j) break;
      if (i < j) exchange(points, n, i, j);
      i++;
      j--;
    }
    if (j < middle) left = i;
    if (middle < i) right = j;
  }
}

function exchange(points: Float64Array, n: number, a: number, b: number): void {
  for (let i = 0; i < n; i++) {
    const kept = points[a * n + i]!;
    points[a * n + i] = points[b * n + i]!;
    points[b * n + i] = kept;
  }
}
