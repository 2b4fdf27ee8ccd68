/** What was opened, to be closed in the opposite order. */
export class Closers {
  readonly #all: (() => unknown)[] = [];

  add(close: () => unknown): void {
    this.#all.push(close);
  }

  /** Closes everything, even when one of them fails; then throws the first failure. A second call finds nothing. */
  async closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const close of this.#all.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
