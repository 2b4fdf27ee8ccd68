import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { Logger } from 'pino';
import { centralContract } from '#core/contract/central.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { ensureFirstAdmin } from './access/first-admin.ts';
import { identify } from './access/identify.ts';
import { sealWith } from './access/seal.ts';
import { claimDatabase, openSecrets } from './access/secrets.ts';
import { accessTokens } from './access/tokens.ts';
import type { Config } from './config.ts';
import type { Db } from './database/connection.ts';
import { openDatabase } from './database/open.ts';
import { isDemoDatabase, loadDemo } from './demo/load.ts';
import type { CentralDeps, Part } from './deps.ts';
import { checkRouter } from './http/check-router.ts';
import { mountDocs } from './http/docs.ts';
import { mountHealth } from './http/health.ts';
import { listen } from './http/listen.ts';
import { createServer } from './http/server.ts';
import { createInventory, type Inventory } from './inventory/inventory.ts';
import { createProvisioning } from './provisioning/index.ts';
import { createRouter } from './router.ts';
import { type MovableClock, openClock } from './system/clock.ts';
import { createLog } from './system/log.ts';

export interface Central {
  readonly url: string;
  readonly port: number;
  /** What its parts stand on; for tests and benches. */
  readonly deps: CentralDeps & { readonly clock: MovableClock };
  /** Refuses new work, drains what runs, closes everything it opened. Safe to call twice. */
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly log?: Logger;
  /** Requests a minute of one caller; 0 for no limit. */
  readonly rateLimit?: number;
  /** How many customers the demo operator has besides the seed's own. */
  readonly demoCustomers?: number;
}

const RATE_LIMIT = 12_000;
const DRAIN_MS = 10_000;

/** Starts a whole central. What was opened before a failure is closed again before it throws. */
export async function startCentral(config: Config, options: StartOptions = {}): Promise<Central> {
  const closers: (() => Promise<unknown> | unknown)[] = [];
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    return await assemble(config, options, closers, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}

type Closers = (() => Promise<unknown> | unknown)[];

async function assemble(
  config: Config,
  { log = createLog(config.logLevel), rateLimit = RATE_LIMIT, demoCustomers }: StartOptions,
  closers: Closers,
  closeAll: () => Promise<void>,
): Promise<Central> {
  await mkdir(config.dataDir, { recursive: true });
  const { connection, close } = await openDatabase(config);
  closers.push(close);
  const { db } = connection;
  const secrets = await openSecrets(config.secretKey, config.dataDir);
  await claimDatabase(db, secrets);
  const clock = await openClock(db, config.demo);
  closers.push(() => clock.close());
  const closing = new AbortController();
  const shared = { db, clock, log, closing: closing.signal, answers: sealWith(secrets.key('idempotency')) };
  const background = () => ({ ...shared, ...outsideRequests, requestId: randomUUID() });
  const deps = { ...shared, config, connection, secrets, background };

  const tokens = accessTokens(secrets, clock);
  const inventory = createInventory(deps);
  await prepareOperator(deps, inventory, demoCustomers);
  const provisioning = await createProvisioning(deps);
  const router = createRouter({ config, clock, tokens, inventory, provisioning });
  checkRouter(centralContract, router);
  const parts: Part[] = [inventory, provisioning];

  const running = new RunningRequests();
  const app = await createServer({
    log,
    router,
    rateLimit,
    trustProxy: config.trustProxy,
    demo: config.demo,
    shared: { ...shared, identify: (headers) => identify({ db, clock, tokens }, headers) },
    plugins: [
      (server) => running.watch(server),
      (server) => mountHealth(server, { database: () => databaseHealth(db) }, closing.signal),
      (server) => mountDocs(server, packageJson.version, config.demo),
    ],
  });
  closers.push(() => app.close());
  for (const part of parts) {
    await part.start();
    closers.push(() => part.stop());
  }
  const { url, port, steppedOver } = await listen(app, config.host, config.port);
  if (steppedOver !== null) log.warn(`port ${steppedOver} is taken; central uses ${port}`);

  let stopping: Promise<void> | undefined;
  const stop = async () => {
    closing.abort();
    await running.drained(DRAIN_MS);
    await closeAll();
  };
  return { url, port, deps, stop: () => (stopping ??= stop()) };
}

/** A database has the demo operator, an operator of its own, or is given its first administrator. */
async function prepareOperator(
  { config, db, background, log }: CentralDeps,
  { box }: Inventory,
  generated: number | undefined,
): Promise<void> {
  if (config.demo) {
    const { currency } = config;
    const loaded = await loadDemo({ background: background(), currency, box, generated });
    log.info(loaded ? 'the demo operator is loaded' : 'the demo operator keeps what was done');
    return;
  }
  if (await isDemoDatabase(db)) log.warn('this database holds the demo operator, whose passwords everybody knows');
  const admin = await ensureFirstAdmin(background(), config.adminEmail);
  if (admin) console.log(`first administrator: ${admin.email} with password ${admin.password} (shown once)`);
}

const outsideRequests = {
  headers: {},
  ip: '',
  identify: () => Promise.reject(new Error('background work has no caller')),
};

async function databaseHealth(db: Db): Promise<null> {
  await sql`select 1`.execute(db);
  return null;
}

/** Counts requests that are being worked on, so that a stop can wait for them. */
class RunningRequests {
  #count = 0;
  #empty: (() => void) | undefined;

  watch(app: FastifyInstance): void {
    app.addHook('onRequest', async (_request, reply) => {
      this.#count += 1;
      reply.raw.once('close', () => {
        this.#count -= 1;
        if (this.#count === 0) this.#empty?.();
      });
    });
  }

  /** Resolves when none runs, or after so many milliseconds. */
  async drained(milliseconds: number): Promise<void> {
    if (this.#count === 0) return;
    const empty = new Promise<void>((resolve) => {
      this.#empty = resolve;
    });
    const late = new Promise<void>((resolve) => setTimeout(resolve, milliseconds).unref());
    await Promise.race([empty, late]);
  }
}
