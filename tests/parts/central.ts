import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { pino } from 'pino';
import { v7 as uuid } from 'uuid';
import { type CentralContract, centralContract } from '#core/contract/central.ts';
import type { Role } from '#core/domain/user.ts';
import { createUser } from '../../src/server/access/users.ts';
import { type Central, type StartOptions, startCentral } from '../../src/server/central.ts';
import { type Config, readConfig } from '../../src/server/config.ts';
import { systemActor } from '../../src/server/context.ts';
import { inTransaction } from '../../src/server/http/transaction.ts';
import { createTestDatabase } from './database.ts';
import { waitUntil } from './wait.ts';

export const PASSWORD = 'Comptoir!2026';
/** Centrals of tests share it, so that two of them can work on one database. */
export const SECRET_KEY = 'the secret key of the tests, of no worth';

/** What a caller may say per call: its own Idempotency-Key, or headers of its own. */
export interface CallContext {
  idempotencyKey?: string;
  headers?: Record<string, string>;
}
export type CentralClient = ContractRouterClient<CentralContract, CallContext>;

export interface Credentials {
  readonly token?: string;
  readonly apiKey?: string;
}

/** The typed client of a central. Each call gets a fresh Idempotency-Key unless its context names one. */
export function clientOf(url: string, { token, apiKey }: Credentials = {}): CentralClient {
  const link = new OpenAPILink<CallContext>(centralContract, {
    url: `${url}/api/v1`,
    headers: ({ context }) => ({
      'idempotency-key': context.idempotencyKey ?? uuid(),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(apiKey === undefined ? {} : { 'x-api-key': apiKey }),
      ...context.headers,
    }),
  });
  return createORPCClient(link);
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined when it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  readonly body: any;
}

export interface RawRequest {
  readonly token?: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly redirect?: RequestRedirect;
}

/** A request as any program may send it, below the typed client. Paths are relative to the central's address. */
export async function rawCall(
  url: string,
  method: string,
  path: string,
  { token, headers = {}, body, redirect }: RawRequest = {},
): Promise<RawAnswer> {
  const isText = typeof body === 'string' || body === undefined;
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: isText ? (body as string | undefined) : JSON.stringify(body),
    redirect,
    // Names the call that hangs, where the test's own time limit would only name the test.
    signal: AbortSignal.timeout(60_000),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parseOrUndefined(text) };
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Signs in by e-mail; the client works as that user. */
export async function signInTo(url: string, email: string, password = PASSWORD) {
  const session = await clientOf(url).auth.login({ email, password });
  return { ...session, client: clientOf(url, { token: session.accessToken }) };
}

/** A central that runs, wherever it does, and the people who work with it. */
export interface RunningCentral {
  readonly url: string;
  /** A client without any sign-in, or with credentials of the test's own. */
  client(credentials?: Credentials): CentralClient;
  asAdmin(): Promise<CentralClient>;
  /** Sales in store 1. */
  asSales(): Promise<CentralClient>;
  /** Support in store 1. */
  asSupport(): Promise<CentralClient>;
}

export interface TestCentral extends RunningCentral {
  readonly central: Central;
  readonly config: Config;
  readonly db: Central['deps']['db'];
  /** Adds a member of staff and signs them in. */
  asNew(user: { roles: Role[]; storeId?: number | null; name?: string }): Promise<CentralClient>;
  /** Moves central's clock forward. */
  advance(seconds: number): Promise<void>;
  /** Stops it; `keep` leaves its database and folder, for a start that follows. */
  stop(options?: { keep?: boolean }): Promise<void>;
}

export interface TestCentralOptions extends StartOptions {
  /** The demo operator with few generated customers; otherwise three stores and three members of staff only. */
  readonly demo?: 'small';
  /** Further environment, as main.ts would read it. */
  readonly env?: Record<string, string>;
  /** A database of the test's own; dropped by the test. */
  readonly databaseUrl?: string;
  /** A data folder of the test's own; removed by the test. */
  readonly dataDir?: string;
}

/** A whole central in this process, on a free port and a database of its own. */
export async function startTestCentral(options: TestCentralOptions = {}): Promise<TestCentral> {
  const { demo, env = {}, ...start } = options;
  const database = options.databaseUrl ? null : await createTestDatabase();
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(os.tmpdir(), 'comptoir-central-')));
  const config = readConfig({
    PORT: '0',
    DATABASE_URL: options.databaseUrl ?? database?.url,
    COMPTOIR_DATA_DIR: dataDir,
    COMPTOIR_DEMO: demo ? '1' : '0',
    COMPTOIR_LOG_LEVEL: 'silent',
    COMPTOIR_SECRET_KEY: SECRET_KEY,
    ...env,
  });
  const log = options.log ?? pino({ level: process.env.COMPTOIR_TEST_LOG ?? 'silent' });
  const cleanUp = async () => {
    await database?.drop();
    if (!options.dataDir) await rm(dataDir, { recursive: true, force: true });
  };
  const central = await startCentral(config, { rateLimit: 0, demoCustomers: 40, ...start, log }).catch(
    async (error) => {
      await cleanUp();
      throw error;
    },
  );
  const people = demo ? 'demo.comptoir.test' : 'test.comptoir.test';
  if (!demo) await addStaff(central, people);
  return {
    ...runningAt(central.url, people),
    central,
    config,
    db: central.deps.db,
    asNew: async (user) => (await signInTo(central.url, await addUser(central, user))).client,
    advance: async (seconds) => void (await central.deps.clock.advance(seconds)),
    stop: async ({ keep = false } = {}) => {
      await central.stop();
      if (!keep) await cleanUp();
    },
  };
}

/** The central at an address, with its staff's addresses in a domain. */
export function runningAt(url: string, people = 'demo.comptoir.test'): RunningCentral {
  const as = async (name: string) => (await signInTo(url, `${name}@${people}`)).client;
  return {
    url,
    client: (credentials) => clientOf(url, credentials),
    asAdmin: () => as('admin'),
    asSales: () => as('sales'),
    asSupport: () => as('support'),
  };
}

async function addStaff(central: Central, domain: string): Promise<void> {
  const { db } = central.deps;
  const { count } = await db
    .selectFrom('users')
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (Number(count) > 0) return;
  for (const name of ['Store 1', 'Store 2', 'Store 3']) await db.insertInto('stores').values({ name }).execute();
  await addUser(central, { roles: ['admin'], email: `admin@${domain}`, name: 'Ada Admin' });
  await addUser(central, { roles: ['sales'], storeId: 1, email: `sales@${domain}`, name: 'Sam Sales' });
  await addUser(central, { roles: ['support'], storeId: 1, email: `support@${domain}`, name: 'Sue Support' });
}

async function addUser(
  central: Central,
  user: { roles: Role[]; storeId?: number | null; name?: string; email?: string },
): Promise<string> {
  const { name = 'Extra', email = `${uuid()}@test.comptoir.test`, ...rest } = user;
  const fields = { ...rest, name, email, password: PASSWORD };
  await inTransaction(central.deps.background(), systemActor, (context) => createUser(context, fields));
  return email;
}

export interface SpawnedCentral {
  readonly url: string;
  readonly child: ChildProcess;
  /** Everything it said so far. */
  output(): string;
  /** SIGKILL, as a power cut would. */
  kill(): Promise<void>;
  /** SIGTERM; resolves to the exit code once it is gone. */
  stop(): Promise<number | null>;
}

const entry = path.join(import.meta.dirname, '../../src/server/main.ts');

/** Central as a process of its own, for tests that kill it. The test names DATABASE_URL and COMPTOIR_DATA_DIR. */
export async function spawnCentral(env: Record<string, string>): Promise<SpawnedCentral> {
  const environment = {
    ...process.env,
    PORT: '0',
    COMPTOIR_LOG_LEVEL: 'warn',
    COMPTOIR_SECRET_KEY: SECRET_KEY,
    ...env,
  };
  const child = fork(entry, { env: environment, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] });
  let said = '';
  child.stdout?.on('data', (chunk) => (said += chunk));
  child.stderr?.on('data', (chunk) => (said += chunk));
  const exited = once(child, 'exit');
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
    return child.exitCode;
  };
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message: { url: string }) => resolve(message.url));
    child.once('exit', () => reject(new Error(`central did not start:\n${said}`)));
  });
  // What it said before comes another way, and may be late.
  await waitUntil(() => said.includes(`central ready at ${url}`), 'what central said at its start');
  return {
    url,
    child,
    output: () => said,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}

/** The process of the embedded PostgreSQL of a data folder; for tests that stop and start it. */
export async function embeddedPid(dataDir: string): Promise<number> {
  const file = path.join(dataDir, 'central', 'postgres', 'data', 'postmaster.pid');
  return Number((await readFile(file, 'utf8')).split('\n')[0]);
}
