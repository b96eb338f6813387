/** Takes turns: between owners, and between the things of one owner. Nobody who has more waits less. */
export class Turns<T> {
  /** Who had a turn last comes last. */
  readonly #owners = new Map<string, T[]>();

  add(owner: string, item: T): void {
    const items = this.#owners.get(owner) ?? [];
    items.push(item);
    this.#owners.set(owner, items);
  }

  remove(owner: string, item: T): void {
    const items = (this.#owners.get(owner) ?? []).filter((each) => each !== item);
    if (items.length === 0) this.#owners.delete(owner);
    else this.#owners.set(owner, items);
  }

  /** What the first in turn gives that has something to give; its turn is over then. */
  next<R>(take: (item: T) => R | undefined): R | undefined {
    for (const [owner, items] of this.#owners) {
      for (const [at, item] of items.entries()) {
        const taken = take(item);
        if (taken === undefined) continue;
        items.push(...items.splice(at, 1));
        this.#owners.delete(owner);
        this.#owners.set(owner, items);
        return taken;
      }
    }
    return undefined;
  }
}
