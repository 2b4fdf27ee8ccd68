// What the commands say: one line per step, with the time it took.
const terminal = process.stdout.isTTY === true;

/** An outcome that is told to the person in its own words, without a stack. */
export class Refusal extends Error {}

export function say(text = '') {
  process.stdout.write(`${text}\n`);
}

/** Milliseconds as a person reads them: `0.4 s`, `72 s`. */
export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`;
}

/**
 * Runs one step and prints its line. `work` returns the text of the line (what was done), or nothing to print `doing`.
 * A step that fails prints its line and throws on.
 */
export async function step(doing, work) {
  const began = Date.now();
  if (terminal) process.stdout.write(`  ${doing} ...`);
  const line = (mark, text) => {
    if (terminal) process.stdout.write('\r\u001b[2K');
    say(`${mark} ${text} (${seconds(Date.now() - began)})`);
  };
  try {
    const done = await work();
    line('-', done ?? doing);
  } catch (error) {
    line('x', `${doing}: failed`);
    throw error;
  }
}

/** The last lines of a text, for showing why a tool failed without showing all it said. */
export function tail(text, lines = 30) {
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}
