/**
 * Where results that take long are kept by a key that holds everything they depend on. A case is assessed again and again,
 * and the same input and seed give the same result.
 */
export interface Memo {
  read(key: string): string | undefined;
  write(key: string, value: string): void;
}

/** A memo that lasts as long as the process; the oldest entries go first. */
export function memoInMemory(most = 64): Memo {
  const kept = new Map<string, string>();
  return {
    read: (key) => kept.get(key),
    write(key, value) {
      if (kept.size >= most) kept.delete(kept.keys().next().value ?? "");
      kept.set(key, value);
    },
  };
}

/** The memo that is used where no other is given. */
export const MEMORY = memoInMemory();

/**
 * A result from the memo, or made and kept. It always comes back from its JSON, so that it has the same bits whether it was
 * kept or made; it must be plain data of finite numbers.
 */
export function remembered<T>(memo: Memo, key: readonly unknown[], make: () => T): T {
  const name = JSON.stringify(key);
  const known = memo.read(name);
  if (known !== undefined) return JSON.parse(known) as T;
  const text = JSON.stringify(make());
  memo.write(name, text);
  return JSON.parse(text) as T;
}
