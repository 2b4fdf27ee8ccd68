import type { CentralDeps, Part } from '../deps.ts';
import { createImports, type Imports } from './imports/create-import.ts';
import { endInterruptedImports } from './imports/import-lock.ts';
import { type Numbering, numberingOf } from './phone-numbers.ts';
import { forgetEnded, sweepExpired } from './reservations.ts';
import { createSecretBox, type SecretBox } from './secret-box.ts';

/** The stock: its tools for other parts, and its sweep in the background. */
export interface Inventory extends Part {
  /** Opens the secrets of cards: `readSecrets(reader, inventory.box, itemId)`. */
  readonly box: SecretBox;
  readonly numbering: Numbering;
  readonly imports: Imports;
}

export type InventoryDeps = Pick<CentralDeps, 'db' | 'clock' | 'log' | 'secrets' | 'closing'> & {
  readonly config: Pick<CentralDeps['config'], 'country'>;
};

const SWEEP_EVERY_MS = 2_000;
/** An ended reservation is kept this long, so that a desk that slept may still ask for it. */
const KEEP_ENDED_MS = 24 * 3_600_000;

/** Ki, PIN and PUK are sealed with the key of this purpose. */
const SECRETS_PURPOSE = 'sim-secrets';

export function createInventory(deps: InventoryDeps): Inventory {
  const { db, clock, log, secrets, closing, config } = deps;
  const box = createSecretBox(secrets.key(SECRETS_PURPOSE));
  const numbering = numberingOf(config.country);
  const imports = createImports({ box, numbering, closing });
  const sweep = everyFewSeconds(async () => {
    const now = clock.now();
    const swept = await sweepExpired(db, now);
    if (swept > 0) log.info({ swept }, 'holds lapsed');
    await forgetEnded(db, new Date(now.getTime() - KEEP_ENDED_MS));
    await endInterruptedImports(db);
  }, log);
  return {
    ...{ box, numbering, imports },
    async start() {
      sweep.start();
    },
    async stop() {
      await sweep.stop();
      await imports.settled();
    },
  };
}

/** Runs `work` again and again, never twice at once. A failure is logged and waits for the next turn. */
function everyFewSeconds(work: () => Promise<void>, log: InventoryDeps['log']) {
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> = Promise.resolve();
  let stopped = false;
  const turn = async () => {
    try {
      await work();
    } catch (err) {
      log.warn({ err }, 'sweeping the stock failed');
    }
    if (!stopped) timer = setTimeout(next, SWEEP_EVERY_MS);
  };
  const next = () => {
    current = turn();
  };
  return {
    start: next,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}
