import type { FastifyInstance } from 'fastify';

/** Counts requests that are being worked on, so that a stop can wait for them. */
export class RunningRequests {
  #count = 0;
  #empty: (() => void) | undefined;

  watch(app: FastifyInstance): void {
    app.addHook('onRequest', async (_request, reply) => {
      this.#count += 1;
      reply.raw.once('close', () => {
        this.#count -= 1;
        if (this.#count === 0) this.#empty?.();
      });
    });
  }

  /** Resolves when none runs, or after so many milliseconds. */
  async drained(milliseconds: number): Promise<void> {
    if (this.#count === 0) return;
    const empty = new Promise<void>((resolve) => {
      this.#empty = resolve;
    });
    const late = new Promise<void>((resolve) => setTimeout(resolve, milliseconds).unref());
    await Promise.race([empty, late]);
  }
}
