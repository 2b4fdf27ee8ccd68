import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { type Central, type StartOptions, startCentral } from '../../src/server/central.ts';
import { readConfig } from '../../src/server/config.ts';

export interface BenchCentral {
  readonly central: Central;
  stop(): Promise<void>;
}

/** A whole central on an embedded PostgreSQL of its own, without a request limit. */
export async function startBenchCentral(
  env: Record<string, string> = {},
  options: StartOptions = {},
): Promise<BenchCentral> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'comptoir-bench-'));
  // Started as root, PostgreSQL runs as a user of its own, which must be able to reach its folder.
  await chmod(dataDir, 0o755);
  const config = readConfig({ COMPTOIR_DATA_DIR: dataDir, COMPTOIR_DEMO: '1', PORT: '0', ...env });
  const central = await startCentral(config, { log: pino({ level: 'silent' }), rateLimit: 0, ...options });
  return {
    central,
    async stop() {
      await central.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
