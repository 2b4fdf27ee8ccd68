// The frame of every command: what went wrong is printed, and no program is left behind.
import { Refusal, say } from './log.mjs';
import { onInterrupt, stopAll } from './run.mjs';

/**
 * Runs a command. `main` gets `stop(code)`, which stops every program and exits; Ctrl-C does the same with code 0 or
 * `interruptedCode`, unless `interruptible` is false (a program in front gets it itself). An error is printed (a Refusal without its stack) and exits 1.
 */
export async function command(main, { interruptedCode = 0, interruptible = true } = {}) {
  let stopping;
  const stop = (code) => {
    stopping ??= (async () => {
      await stopAll();
      process.exit(code);
    })();
    return stopping;
  };
  if (interruptible) onInterrupt(() => stop(interruptedCode));
  try {
    await main(stop);
  } catch (error) {
    if (!stopping) say(error instanceof Refusal ? error.message : String(error?.stack ?? error));
    await stop(1);
  }
}
