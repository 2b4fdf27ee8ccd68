import { fork } from 'node:child_process';
import { once } from 'node:events';
import { type Turns, watchTurns } from './turns.ts';

/*
 * A process that does nothing but watch its own turns: what it misses, the machine gave to others. It is this file, started
 * again.
 */

const IDLE = 'an idle process of the bench';

/** Starts it; ends with what it saw. */
export async function startIdleProcess(): Promise<{ end(): Promise<Turns> }> {
  const child = fork(import.meta.filename, [IDLE], { execArgv: [] });
  await once(child, 'message');
  return {
    async end() {
      const gone = once(child, 'exit');
      child.send('end');
      const [turns] = await once(child, 'message');
      await gone;
      return turns;
    },
  };
}

if (process.argv[2] === IDLE) {
  const turns = watchTurns();
  process.once('message', () => process.send?.(turns.end(), () => process.disconnect()));
  process.send?.('watching');
}
