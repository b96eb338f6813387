import type { AssessmentNode } from "./schema.ts";

/** The table of reasons: every figure's because is found in it by id. */
export class NodeTable {
  readonly #nodes = new Map<string, AssessmentNode>();

  /** Adds a node once, and gives its id; a second node of the same id is dropped. */
  add(node: Omit<AssessmentNode, "because"> & { readonly because?: readonly string[] }): string {
    if (!this.#nodes.has(node.id)) {
      this.#nodes.set(node.id, { ...node, because: [...new Set(node.because ?? [])] });
    }
    return node.id;
  }

  get(id: string): AssessmentNode | undefined {
    return this.#nodes.get(id);
  }

  /** All nodes by id, in the order of their ids, so that the same case gives the same bytes. */
  toRecord(): Record<string, AssessmentNode> {
    const sorted = [...this.#nodes].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return Object.fromEntries(sorted);
  }
}
