import { WrongSecret } from './access/secrets.ts';
import { type Central, startCentral } from './central.ts';
import { ConfigError, readConfig } from './config.ts';
import { NoEmbeddedPostgres } from './database/embedded-binaries.ts';
import { DatabaseFromTheFuture } from './database/migrate.ts';
import { NotADemo } from './demo/load.ts';
import { PlaybooksRefused } from './provisioning/playbooks/load.ts';
import { createLog } from './system/log.ts';

/** Refusals whose message tells the operator what to do; anything else is a bug and shows its stack. */
const plain = [ConfigError, WrongSecret, NoEmbeddedPostgres, DatabaseFromTheFuture, NotADemo, PlaybooksRefused];

/** Longer than central's own drains: what still runs then hangs. */
const STOP_MS = 40_000;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const stopRequested = new Promise<string>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
    // Started by a launcher: when that is gone, nobody would stop us.
    process.once('disconnect', () => resolve('disconnect'));
  });
  const central = await startCentral(config, { log });
  console.log(`central ready at ${central.url}`);
  process.send?.({ type: 'ready', url: central.url });
  log.info({ reason: await stopRequested }, 'stopping');
  await stop(central);
  log.info('stopped');
  process.exit(0);
}

/** A second signal, or too long a wait, ends the process as it is: the database and the jobs bear that. */
async function stop(central: Central): Promise<void> {
  const giveUp = () => process.exit(1);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, giveUp);
  setTimeout(giveUp, STOP_MS).unref();
  await central.stop();
}

main().catch((error) => {
  const isPlain = plain.some((kind) => error instanceof kind);
  console.error(isPlain ? error.message : error);
  process.exit(1);
});
