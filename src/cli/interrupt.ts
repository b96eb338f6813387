/** Signals that come this close upon each other, in milliseconds, are one: a terminal and a launcher may both send them. */
const TOGETHER = 1000;

/**
 * Runs something at the first Ctrl-C; a second one, later, ends the process at once.
 *
 * @returns what stops listening
 */
export function onInterrupt(interrupted: () => void, signals: readonly NodeJS.Signals[] = ["SIGINT"]): () => void {
  let first: number | undefined;
  const listen = () => {
    const now = Date.now();
    if (first === undefined) {
      first = now;
      interrupted();
    } else if (now - first > TOGETHER) process.exit(130);
  };
  for (const signal of signals) process.on(signal, listen);
  return () => {
    for (const signal of signals) process.off(signal, listen);
  };
}
