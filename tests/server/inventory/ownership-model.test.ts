import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RESERVATION_SECONDS } from '#core/domain/inventory.ts';
import type { Tx } from '../../../src/server/database/connection.ts';
import { getItem } from '../../../src/server/inventory/item-rows.ts';
import { assignItem, claimForOrder, releaseOrderItems } from '../../../src/server/inventory/order-items.ts';
import {
  extendReservation,
  releaseReservation,
  reserveItem,
  sweepExpired,
} from '../../../src/server/inventory/reservations.ts';
import { ana, draft, openStockRoom, type StockRoom } from './stock-room.ts';

let room: StockRoom;
beforeAll(async () => {
  room = await openStockRoom();
});
afterAll(() => room.close());

const ITEMS = 3;
const DRAFTS = 3;

/** Who has an item: nobody, a draft until a second, a draft's order, a draft's service. */
type Owner =
  | { kind: 'none' }
  | { kind: 'draft'; draft: number; until: number }
  | { kind: 'order' | 'service'; draft: number };

interface World {
  owners: Owner[];
  /** Seconds since the start. */
  time: number;
}

/** The real thing, for the same items and drafts. */
interface Real {
  items: number[];
  drafts: string[];
  orders: number[];
  /** The reservation each draft was last given for each item. */
  leases: Map<string, string>;
}

const isHeld = (owner: Owner, time: number) => owner.kind === 'draft' && owner.until > time;
const mayTake = (owner: Owner, by: number, time: number) =>
  owner.kind === 'none' || (owner.kind === 'draft' && (owner.draft === by || !isHeld(owner, time)));

/** Runs it in a transaction and says whether it was done; only declared refusals count as refused. */
async function attempt(work: (tx: Tx) => Promise<unknown>): Promise<boolean> {
  try {
    await room.db.transaction().execute(work);
    return true;
  } catch (error) {
    expect(['item_not_available', 'reservation_lapsed', 'not_found']).toContain((error as { code: string }).code);
    return false;
  }
}

async function agree(world: World, real: Real): Promise<void> {
  for (const [index, owner] of world.owners.entries()) {
    const item = await getItem(room.db, real.items[index] ?? 0, room.now());
    const expected =
      owner.kind === 'service'
        ? 'assigned'
        : owner.kind === 'order' || isHeld(owner, world.time)
          ? 'reserved'
          : 'in_stock';
    expect(item?.status).toBe(expected);
    expect(item?.reservation?.draftId ?? null).toBe(
      owner.kind === 'draft' && isHeld(owner, world.time) ? (real.drafts[owner.draft] ?? null) : null,
    );
    expect(item?.serviceId ?? null).toBe(owner.kind === 'service' ? (real.orders[owner.draft] ?? null) : null);
  }
  const { rows } = await sql<{ open: number }>`
    select count(*) as open from reservations where ended_at is null group by item_id having count(*) > 1`.execute(
    room.db,
  );
  expect(rows).toEqual([]);
}

type Step = fc.AsyncCommand<World, Real>;

abstract class OnItem implements Step {
  readonly item: number;
  readonly draft: number;
  constructor(item: number, by: number) {
    this.item = item;
    this.draft = by;
  }
  check = () => true;
  abstract act(world: World, real: Real): Promise<void>;
  async run(world: World, real: Real): Promise<void> {
    await this.act(world, real);
    await agree(world, real);
  }
  toString = () => `${this.constructor.name}(item ${this.item}, draft ${this.draft})`;
  owner(world: World): Owner {
    return world.owners[this.item] ?? { kind: 'none' };
  }
  key(): string {
    return `${this.item} ${this.draft}`;
  }
}

class Reserve extends OnItem {
  async act(world: World, real: Real): Promise<void> {
    const wish = { itemId: real.items[this.item] ?? 0, draftId: real.drafts[this.draft] ?? '' };
    const done = await attempt(async (tx) => {
      real.leases.set(this.key(), (await reserveItem(tx, wish, ana, room.now())).id);
    });
    expect(done).toBe(mayTake(this.owner(world), this.draft, world.time));
    if (done) world.owners[this.item] = { kind: 'draft', draft: this.draft, until: world.time + RESERVATION_SECONDS };
  }
}

class Extend extends OnItem {
  async act(world: World, real: Real): Promise<void> {
    const lease = real.leases.get(this.key());
    if (lease === undefined) return;
    const done = await attempt((tx) => extendReservation(tx, lease, ana, room.now()));
    const owner = this.owner(world);
    const mine = owner.kind === 'draft' && owner.draft === this.draft;
    if (mine) expect(done).toBe(true);
    if (!mayTake(owner, this.draft, world.time)) expect(done).toBe(false);
    if (done) world.owners[this.item] = { kind: 'draft', draft: this.draft, until: world.time + RESERVATION_SECONDS };
  }
}

class Release extends OnItem {
  async act(world: World, real: Real): Promise<void> {
    const lease = real.leases.get(this.key());
    if (lease === undefined) return;
    expect(await attempt((tx) => releaseReservation(tx, lease, ana, room.now()))).toBe(true);
    const owner = this.owner(world);
    if (owner.kind === 'draft' && owner.draft === this.draft) world.owners[this.item] = { kind: 'none' };
  }
}

class Claim extends OnItem {
  async act(world: World, real: Real): Promise<void> {
    const items = [{ template: 'sim_card', itemId: real.items[this.item] ?? 0 }];
    const claim = { draftId: real.drafts[this.draft] ?? '', orderId: real.orders[this.draft] ?? 0, items };
    const done = await attempt((tx) => claimForOrder(tx, claim, ana, room.now()));
    const owner = this.owner(world);
    const has = (owner.kind === 'order' || owner.kind === 'service') && owner.draft === this.draft;
    expect(done).toBe(has || mayTake(owner, this.draft, world.time));
    if (done && !has) world.owners[this.item] = { kind: 'order', draft: this.draft };
  }
}

class Assign extends OnItem {
  async act(world: World, real: Real): Promise<void> {
    const order = real.orders[this.draft] ?? 0;
    const wish = { itemId: real.items[this.item] ?? 0, orderId: order, serviceId: order, customerId: 1 };
    const done = await attempt((tx) => assignItem(tx, wish, ana, room.now()));
    const owner = this.owner(world);
    expect(done).toBe((owner.kind === 'order' || owner.kind === 'service') && owner.draft === this.draft);
    if (done) world.owners[this.item] = { kind: 'service', draft: this.draft };
  }
}

class Undo extends OnItem {
  async act(world: World, real: Real): Promise<void> {
    await attempt((tx) => releaseOrderItems(tx, real.orders[this.draft] ?? 0, ana, room.now()));
    world.owners = world.owners.map((owner) =>
      (owner.kind === 'order' || owner.kind === 'service') && owner.draft === this.draft ? { kind: 'none' } : owner,
    );
  }
}

class Wait extends OnItem {
  async act(world: World): Promise<void> {
    const seconds = (this.draft + 1) * 250;
    room.advance(seconds);
    world.time += seconds;
  }
}

class Sweep extends OnItem {
  async act(): Promise<void> {
    await sweepExpired(room.db, room.now());
  }
}

const steps = [Reserve, Extend, Release, Claim, Assign, Undo, Wait, Sweep];
const indexes = fc.tuple(fc.nat(ITEMS - 1), fc.nat(DRAFTS - 1));
const commands = fc.commands(
  steps.map((Made) => indexes.map(([item, by]): Step => new Made(item, by))),
  { maxCommands: 40 },
);

let orders = 0;

describe('any sequence of holding, extending, releasing, claiming, assigning, undoing and waiting', () => {
  it('leaves each item with one owner at most, the one the rules give it', async () => {
    await fc.assert(
      fc.asyncProperty(commands, async (sequence) => {
        const items = await Promise.all(Array.from({ length: ITEMS }, () => room.sim()));
        const drafts = Array.from({ length: DRAFTS }, draft);
        const own = drafts.map(() => (orders += 1));
        await fc.asyncModelRun(
          () => ({
            model: { owners: items.map((): Owner => ({ kind: 'none' })), time: 0 },
            real: { items, drafts, orders: own, leases: new Map() },
          }),
          sequence,
        );
      }),
      { numRuns: 60 },
    );
  });
});
