/** Runs the tasks of one key one after the other; those of different keys side by side. A failed task stops nothing. */
export function createKeyedQueue() {
  const tails = new Map<string, Promise<unknown>>();
  return {
    inTurn<T>(key: string, task: () => Promise<T>): Promise<T> {
      const before = tails.get(key) ?? Promise.resolve();
      const result = before.then(task, task);
      const tail = result
        .catch(() => undefined)
        .then(() => {
          if (tails.get(key) === tail) tails.delete(key);
        });
      tails.set(key, tail);
      return result;
    },
    /** Resolves when nothing is running or waiting any more. */
    async settled(): Promise<void> {
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
}
