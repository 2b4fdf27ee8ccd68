/** Calls `fire` for a call, and once more for all that come within `ms` after it: at once, but never more often than that. */
export function createBeat(ms: number, fire: () => void) {
  let timer: NodeJS.Timeout | undefined;
  let isWanted = false;
  const rest = () => {
    timer = undefined;
    if (isWanted) ask();
  };
  const ask = () => {
    isWanted = timer !== undefined;
    if (isWanted) return;
    timer = setTimeout(rest, ms);
    fire();
  };
  return { ask, stop: () => clearTimeout(timer) };
}
