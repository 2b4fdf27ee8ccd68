// npm run faults -- --minutes N --seed S: desks and central under cuts, kills and lies, for as long as wanted.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureTestParts } from './lib/apt.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { command } from './lib/command.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { Refusal, say } from './lib/log.mjs';
import { modules, pinnedNode } from './lib/paths.mjs';
import { runInFront } from './lib/run.mjs';

await command(
  async ({ stop }) => {
    const { minutes, seed, filters } = wanted();
    await ensureInstalled();
    await ensureTestParts();
    await ensureBuilt();
    say(`  ${minutes} minutes, seed ${seed}: the same seed repeats the same run`);
    const env = { COMPTOIR_FAULT_MINUTES: String(minutes), COMPTOIR_FAULT_SEED: String(seed) };
    const vitest = [path.join(modules, 'vitest', 'vitest.mjs'), 'run', '--project', 'faults', '--passWithNoTests'];
    await stop(await runInFront(pinnedNode, [...vitest, `--testTimeout=${limitMs(minutes)}`, ...filters], { env }));
  },
  { interruptible: false },
);

/** A test may take the minutes wanted and as long again to set up and to judge. */
function limitMs(minutes) {
  return Math.ceil((2 * minutes + 20) * 60_000);
}

function wanted() {
  try {
    const { values, positionals } = parseArgs({
      options: { minutes: { type: 'string', default: '5' }, seed: { type: 'string' } },
      allowPositionals: true,
    });
    const minutes = Number(values.minutes);
    const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
    if (!(minutes > 0)) throw new Refusal(`--minutes must be a number above 0, not "${values.minutes}".`);
    if (!Number.isSafeInteger(seed) || seed < 0)
      throw new Refusal(`--seed must be a whole number, not "${values.seed}".`);
    return { minutes, seed, filters: positionals };
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(error.message);
  }
}
