import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { Logger } from 'pino';
import { sealWith } from './access/seal.ts';
import { claimDatabase, openSecrets } from './access/secrets.ts';
import type { Closers } from './closers.ts';
import type { Config } from './config.ts';
import { openDatabase } from './database/open.ts';
import type { CentralDeps } from './deps.ts';
import { type MovableClock, openClock } from './system/clock.ts';

export interface Foundation extends CentralDeps {
  readonly clock: MovableClock;
  /** Told once central listens. */
  listensAt(url: string): void;
}

/** Opens what every part stands on: database, secrets, clock. What it opened is in `closers`. */
export async function layFoundation(
  config: Config,
  log: Logger,
  closing: AbortSignal,
  closers: Closers,
): Promise<Foundation> {
  await mkdir(config.dataDir, { recursive: true });
  const { connection, close } = await openDatabase(config);
  closers.add(close);
  const { db } = connection;
  const secrets = await openSecrets(config.secretKey, config.dataDir);
  await claimDatabase(db, secrets);
  const clock = await openClock(db, config.demo);
  closers.add(() => clock.close());
  const shared = { db, clock, log, closing, answers: sealWith(secrets.key('idempotency')) };
  const background = () => ({ ...shared, ...outsideRequests, requestId: randomUUID() });
  let listening = '';
  const publicUrl = () => config.publicUrl ?? listening;
  const listensAt = (url: string) => {
    listening = url;
  };
  return { ...shared, config, connection, secrets, background, publicUrl, listensAt };
}

const outsideRequests = {
  headers: {},
  ip: '',
  identify: () => Promise.reject(new Error('background work has no caller')),
  identifyDesk: () => Promise.resolve(null),
};
