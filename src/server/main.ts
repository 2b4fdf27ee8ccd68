import { WrongSecret } from './access/secrets.ts';
import { startCentral } from './central.ts';
import { ConfigError, readConfig } from './config.ts';
import { NoEmbeddedPostgres } from './database/embedded-binaries.ts';
import { DatabaseFromTheFuture } from './database/migrate.ts';
import { NotADemo } from './demo/load.ts';
import { createLog } from './system/log.ts';

/** Refusals whose message tells the operator what to do; anything else is a bug and shows its stack. */
const plain = [ConfigError, WrongSecret, NoEmbeddedPostgres, DatabaseFromTheFuture, NotADemo];

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const central = await startCentral(config, { log });
  console.log(`central ready at ${central.url}`);
  process.send?.({ type: 'ready', url: central.url });
  const stop = async (signal: string) => {
    log.info({ signal }, 'stopping');
    await central.stop();
    log.info('stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal));
  // Started by a launcher: when that is gone, nobody would stop us.
  process.once('disconnect', () => void stop('disconnect'));
}

main().catch((error) => {
  const isPlain = plain.some((kind) => error instanceof kind);
  console.error(isPlain ? error.message : error);
  process.exit(1);
});
