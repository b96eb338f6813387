/**
 * Keeps what was made of a part of a case as long as the part itself is there. Parts are never changed in place: a view or an
 * edit gives new objects where it changes something and leaves the others, so that the same object means the same content.
 *
 * @param make the result for a part that stands under a name, or is read in some way; a pure function of both
 */
export function keptFor<K extends object, V, N = string>(make: (part: K, name: N) => V): (part: K, name: N) => V {
  const kept = new WeakMap<K, Map<N, V>>();
  return (part, name) => {
    let named = kept.get(part);
    if (named === undefined) {
      named = new Map();
      kept.set(part, named);
    }
    let value = named.get(name);
    if (value === undefined) {
      value = make(part, name);
      named.set(name, value);
    }
    return value;
  };
}

/** Keeps what was made under a key, a text that holds everything it depends on; the oldest go first. */
export function madeOnce<V>(most: number): (key: string, make: () => V) => V {
  const kept = new Map<string, V>();
  return (key, make) => {
    const known = kept.get(key);
    if (known !== undefined) {
      // The latest stand last.
      kept.delete(key);
      kept.set(key, known);
      return known;
    }
    const value = make();
    kept.set(key, value);
    if (kept.size > most) kept.delete(kept.keys().next().value ?? "");
    return value;
  };
}
