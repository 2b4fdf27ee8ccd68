// The frame of every command: what went wrong is printed, and no program is left behind.
import { Refusal, say, step } from './log.mjs';
import { anyRunning, onInterrupt, stopAll } from './run.mjs';

/**
 * Runs a command. `main` gets `stop(code)`, which stops every program and exits, and `stopping`, an AbortSignal that says
 * that this has begun. Ctrl-C stops with `interruptedCode`, unless `interruptible` is false (a program in front of the
 * person gets it itself). An error is printed (a Refusal without its stack) and exits 1.
 */
export async function command(main, { interruptedCode = 0, interruptible = true } = {}) {
  const stopping = new AbortController();
  let stopped;
  const stop = (code) => {
    stopping.abort();
    stopped ??= stopPrograms().then(() => process.exit(code));
    return stopped;
  };
  if (interruptible) onInterrupt(() => stop(interruptedCode));
  try {
    await main({ stop, stopping: stopping.signal });
  } catch (error) {
    if (!stopping.signal.aborted) say(error instanceof Refusal ? error.message : String(error?.stack ?? error));
    await stop(1);
  }
}

async function stopPrograms() {
  if (!anyRunning()) return;
  await step('stopping', async () => {
    await stopAll();
    return 'everything is stopped';
  });
}
