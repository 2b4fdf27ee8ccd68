import pg from 'pg';
import { pino } from 'pino';
import { v7 as uuid } from 'uuid';
import type { CallingDesk } from '../../../src/server/context.ts';
import type { Tx } from '../../../src/server/database/connection.ts';
import { giveBack } from '../../../src/server/desks/give-back.ts';
import { ONLINE_MS } from '../../../src/server/desks/presence.ts';
import { rebalance } from '../../../src/server/desks/rebalancer.ts';
import { assignItem, claimForOrder } from '../../../src/server/inventory/order-items.ts';
import { reserveItem } from '../../../src/server/inventory/reservations.ts';
import { iccid, openStockRoom, type StockRoom } from '../inventory/stock-room.ts';

export type Desk = Pick<CallingDesk, 'id' | 'storeId' | 'name' | 'number'>;

/** A stock room with desks in it. */
export interface DeskRoom extends StockRoom {
  /** A desk of the store that was heard of just now. */
  desk(name: string, storeId?: number): Promise<Desk>;
  /** Hears of desks again, after the clock moved. */
  hear(...desks: readonly Desk[]): Promise<void>;
  offline(desk: Desk): Promise<void>;
  revoke(desk: Desk): Promise<void>;
  rebalance(storeId?: number): Promise<void>;
  giveBack(desk: Desk, itemIds: readonly number[], number?: number): Promise<number[]>;
  sims(count: number, storeId?: number): Promise<number[]>;
  numbers(count: number, storeId: number | null): Promise<number[]>;
  /** Whose share an item is. */
  holderOf(itemId: number): Promise<string | null>;
  share(desk: Desk, template?: string): Promise<number[]>;
  inTx<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  reserve(itemId: number, at: Desk | null, draftId?: string, alone?: boolean): Promise<string>;
  order(itemId: number, at: Desk | null, draftId?: string): Promise<number>;
  assign(itemId: number, orderId: number): Promise<void>;
}

const log = pino({ level: 'silent' });
let orders = 0;
let numbered = 0;

export async function openDeskRoom(): Promise<DeskRoom> {
  const room = await openStockRoom();
  const { db, now } = room;
  const inTx = <T>(work: (tx: Tx) => Promise<T>) => db.transaction().execute(work);
  const by = (desk: Desk | null) => ({ name: 'Ana', storeId: desk?.storeId ?? 1, desk });
  const hear = async (...desks: readonly Desk[]) => {
    const ids = desks.map(({ id }) => id);
    await db.updateTable('desks').set({ lastSeenAt: now() }).where('id', 'in', ids).execute();
  };
  return {
    ...room,
    hear,
    inTx,
    async desk(name, storeId = 1) {
      const id = uuid();
      const times = { enrolledAt: now(), lastSeenAt: now(), revokedAt: null };
      const { number } = await db
        .insertInto('desks')
        .values({ id, name, storeId, credentialHash: id, enrolledByName: 'Ada', ...times })
        .returning('number')
        .executeTakeFirstOrThrow();
      return { id, name, storeId, number };
    },
    async offline({ id }) {
      const lastSeenAt = new Date(now().getTime() - ONLINE_MS - 1000);
      await db.updateTable('desks').set({ lastSeenAt }).where('id', '=', id).execute();
    },
    async revoke({ id }) {
      await db.updateTable('desks').set({ revokedAt: now() }).where('id', '=', id).execute();
    },
    rebalance: (storeId = 1) => rebalance({ db, clock: { now }, log }, storeId),
    giveBack: async (desk, itemIds, number) =>
      (await inTx((tx) => giveBack({ tx, desk, clock: { now } }, { itemIds, number }))).itemIds,
    sims: (count, storeId = 1) =>
      room.stock(
        Array.from({ length: count }, () => ({ template: 'sim_card', identifiers: { iccid: iccid() }, storeId })),
      ),
    numbers(count, storeId) {
      const msisdn = () => `+4477${String(numbered++).padStart(8, '0')}`;
      return room.stock(
        Array.from({ length: count }, () => ({
          template: 'mobile_number',
          identifiers: { msisdn: msisdn() },
          storeId,
        })),
      );
    },
    async holderOf(itemId) {
      const row = await db.selectFrom('items').select('deskId').where('id', '=', itemId).executeTakeFirstOrThrow();
      return row.deskId;
    },
    async share({ id }, template = 'sim_card') {
      const rows = await db
        .selectFrom('items')
        .select('id')
        .where('deskId', '=', id)
        .where('template', '=', template)
        .orderBy('id')
        .execute();
      return rows.map((row) => row.id);
    },
    reserve: async (itemId, at, draftId = uuid(), alone = false) =>
      (await inTx((tx) => reserveItem(tx, { itemId, draftId, alone }, by(at), now()))).id,
    async order(itemId, at, draftId = uuid()) {
      const orderId = ++orders;
      const items = [{ template: 'sim_card', itemId }];
      await inTx((tx) => claimForOrder(tx, { draftId, orderId, items }, by(at), now()));
      return orderId;
    },
    assign: (itemId, orderId) =>
      inTx((tx) => assignItem(tx, { itemId, orderId, serviceId: 500, customerId: 1 }, { name: 'Ana' }, now())),
  };
}

/** Hears what central asks desks to give back, as its event streams do. */
export async function listenForAsks(url: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const asked = new Map<string, Set<number>>();
  client.on('notification', ({ payload = '' }) => {
    const [deskId = '', ids = ''] = payload.split(' ');
    const set = asked.get(deskId) ?? new Set();
    asked.set(deskId, set);
    for (const id of ids.split(',')) set.add(Number(id));
  });
  await client.query('listen comptoir_give_back');
  return {
    of: ({ id }: Desk) => [...(asked.get(id) ?? [])].sort((a, b) => a - b),
    clear: () => asked.clear(),
    stop: () => client.end(),
  };
}
