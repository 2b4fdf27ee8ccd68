import { sql } from 'kysely';
import type { Logger } from 'pino';
import { centralContract } from '#core/contract/central.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { identify, identifyDesk } from './access/identify.ts';
import { accessTokens } from './access/tokens.ts';
import { createAccounts } from './accounts/accounts.ts';
import { Closers } from './closers.ts';
import type { Config } from './config.ts';
import type { Db } from './database/connection.ts';
import { alone } from './database/start-lock.ts';
import { createDesks } from './desks/desks.ts';
import { type Foundation, layFoundation } from './foundation.ts';
import { checkRouter } from './http/check-router.ts';
import { mountDocs } from './http/docs.ts';
import { mountHealth } from './http/health.ts';
import { listen } from './http/listen.ts';
import { RunningRequests } from './http/running-requests.ts';
import { createServer } from './http/server.ts';
import { createImpersonationSweep } from './impersonations/sweep.ts';
import { createInventory } from './inventory/inventory.ts';
import { acceptStockFiles } from './inventory/upload.ts';
import { createMailer, type Mailer } from './mail/mailer.ts';
import { prepareOperator } from './operator.ts';
import { mountStatusPage } from './orders/status-page.ts';
import { createProvisioning } from './provisioning/index.ts';
import { createRouter } from './router.ts';
import { createBrands } from './self-care/brands.ts';
import { createSelfCare } from './self-care/self-care.ts';
import { createRenewals } from './services/renewals.ts';
import { createSyncSignals } from './sync/signals.ts';
import { createHousekeeping } from './system/housekeeping.ts';
import { createLog } from './system/log.ts';

export interface Central {
  readonly url: string;
  readonly port: number;
  /** What its parts stand on; for tests and benches. */
  readonly deps: Foundation;
  readonly mailer: Mailer;
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

/** Starts a whole central; one per process. What was opened before a failure is closed again before it throws. */
export async function startCentral(config: Config, options: StartOptions = {}): Promise<Central> {
  const closers = new Closers();
  try {
    return await assemble(config, options, closers);
  } catch (error) {
    await closers.closeAll().catch(() => undefined);
    throw error;
  }
}

async function assemble(config: Config, options: StartOptions, closers: Closers): Promise<Central> {
  const log = options.log ?? createLog(config.logLevel);
  const closing = new AbortController();
  const foundation = await layFoundation(config, log, closing.signal, closers);
  const { clock } = foundation;
  const tokens = accessTokens(foundation.secrets, clock);
  const inventory = createInventory(foundation);
  await prepareOperator(foundation, inventory, options.demoCustomers);
  const provisioning = await createProvisioning(foundation);
  const desks = createDesks(foundation);
  const signals = createSyncSignals(foundation);
  const mailer = await createMailer(foundation);
  const brands = createBrands(foundation);
  const accounts = createAccounts(foundation, mailer);
  const parts = { inventory, desks, provisioning, signals, mailer, accounts };
  const router = createRouter({ config, clock, tokens, ...parts, brands, deps: foundation });
  checkRouter(centralContract, router);

  const selfCare = createSelfCare(foundation, { mailer, accounts, brands, box: inventory.box });

  const running = new RunningRequests();
  const checks = {
    database: () => databaseHealth(foundation.db),
    provisioning: async () => provisioning.health(),
  };
  const app = await createServer({
    ...{ log, router, demo: config.demo, trustProxy: config.trustProxy },
    rateLimit: options.rateLimit ?? RATE_LIMIT,
    shared: {
      ...sharedWithRequests(foundation),
      identify: (headers) => identify({ ...foundation, tokens }, headers),
      identifyDesk: async (headers) => {
        const desk = await identifyDesk(foundation, headers);
        if (desk) await desks.heard(desk);
        return desk;
      },
    },
    plugins: [
      (server) => running.watch(server),
      (server) => mountHealth(server, checks, closing.signal),
      acceptStockFiles,
      (server) => mountDocs(server, packageJson.version, config.demo),
      (server) => mountStatusPage(server, foundation),
      (server) => selfCare.mount(server),
    ],
  });
  closers.add(() => app.close());
  const sweeps = [createHousekeeping(foundation), createImpersonationSweep(foundation), createRenewals(foundation)];
  for (const part of [...Object.values(parts), ...sweeps]) {
    closers.add(() => part.stop());
    await alone(foundation.connection.pool, () => part.start());
  }
  const { url, port, steppedOver } = await listen(app, config.host, config.port);
  foundation.listensAt(url);
  if (steppedOver !== null) log.warn(`port ${steppedOver} is taken; central uses ${port}`);

  let stopping: Promise<void> | undefined;
  const stop = async () => {
    closing.abort();
    await running.drained(DRAIN_MS);
    await closers.closeAll();
  };
  return { url, port, deps: foundation, mailer, stop: () => (stopping ??= stop()) };
}

function sharedWithRequests({ db, clock, log, closing, answers }: Foundation) {
  return { db, clock, log, closing, answers };
}

async function databaseHealth(db: Db): Promise<null> {
  await sql`select 1`.execute(db);
  return null;
}
