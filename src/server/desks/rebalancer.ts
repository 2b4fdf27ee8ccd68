import { sql } from 'kysely';
import type { Db } from '../database/connection.ts';
import type { CentralDeps, Part } from '../deps.ts';
import { keepNumberPool } from './number-pool.ts';
import { splitStock } from './shares.ts';

export interface Rebalancer extends Part {
  /** Splits a store's stock anew soon; asked often meanwhile, once. */
  rebalanceSoon(storeId: number): void;
}

type RebalanceDeps = Pick<CentralDeps, 'db' | 'clock' | 'log'>;

const TICK_MS = 5_000;
/** A tick may take this part of the time at most, so that many stores make it slower rather than central. */
const SHARE_OF_TIME = 20;

/**
 * Tops the store's numbers up and splits its stock among its desks, one central at a time: when another does so already,
 * this waits for it, or with `wait` false leaves it to that one. A store without desks is left alone.
 */
export async function rebalance({ db, clock }: RebalanceDeps, storeId: number, wait = true): Promise<void> {
  if (!(await storesWithDesks(db)).includes(storeId)) return;
  await whileLocked(db, `shares of store ${storeId}`, wait, async () => {
    await db.transaction().execute((tx) => keepNumberPool(tx, storeId));
    await splitStock(db, storeId, clock.now());
  });
}

async function whileLocked(db: Db, name: string, wait: boolean, work: () => Promise<void>): Promise<void> {
  const lock = sql`hashtextextended(${name}, 0)`;
  await db.connection().execute(async (connection) => {
    const { rows } = await sql<{ locked: boolean }>`
      select ${wait ? sql`pg_advisory_lock(${lock}) is not null` : sql`pg_try_advisory_lock(${lock})`} as locked
    `.execute(connection);
    if (rows[0]?.locked !== true) return;
    try {
      await work();
    } finally {
      await sql`select pg_advisory_unlock(${lock})`.execute(connection);
    }
  });
}

/** Stores whose desks take part: those that were used and not withdrawn. */
async function storesWithDesks(db: Db): Promise<number[]> {
  const rows = await db
    .selectFrom('desks')
    .select('storeId')
    .distinct()
    .where('revokedAt', 'is', null)
    .where('lastSeenAt', 'is not', null)
    .orderBy('storeId')
    .execute();
  return rows.map(({ storeId }) => storeId);
}

/** Forgets wishes that are over. */
async function forgetWishes({ db, clock }: RebalanceDeps): Promise<void> {
  await db.deleteFrom('itemWishes').where('until', '<', clock.now()).execute();
}

/** One store after the other, never two at once; a failure is logged and waits for the next tick. */
export function createRebalancer(deps: RebalanceDeps): Rebalancer {
  const { db, log } = deps;
  const asked = new Set<number>();
  let working: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isOpen = false;

  const attempt = (work: () => Promise<void>) =>
    work().catch((err) => log.warn({ err }, 'splitting the stock among the desks failed'));
  const workOff = async () => {
    for (let [storeId] = asked; storeId !== undefined && isOpen; [storeId] = asked) {
      const store = storeId;
      asked.delete(store);
      await attempt(() => rebalance(deps, store));
    }
    working = null;
  };
  const rebalanceSoon = (storeId: number) => {
    asked.add(storeId);
    if (isOpen) working ??= workOff();
  };
  const tick = async () => {
    const start = performance.now();
    await attempt(async () => {
      await forgetWishes(deps);
      for (const storeId of await storesWithDesks(db)) if (isOpen) await rebalance(deps, storeId, false);
    });
    const took = performance.now() - start;
    if (isOpen) timer = setTimeout(next, Math.max(TICK_MS, took * SHARE_OF_TIME));
  };
  let ticking: Promise<void> = Promise.resolve();
  const next = () => {
    ticking = tick();
  };
  return {
    rebalanceSoon,
    async start() {
      isOpen = true;
      next();
    },
    async stop() {
      isOpen = false;
      clearTimeout(timer);
      await ticking;
      await working;
    },
  };
}
