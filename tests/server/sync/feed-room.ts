import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { productSchema } from '#core/domain/product.ts';
import { type SyncEntity, type SyncPage, syncEntities, syncPageSchema, syncRowSchemas } from '#core/sync/rows.ts';
import { listProducts } from '../../../src/server/catalogue/products.ts';
import { systemActor } from '../../../src/server/context.ts';
import { customerRows, presentCustomer } from '../../../src/server/customers/customer-rows.ts';
import { connect, type Db } from '../../../src/server/database/connection.ts';
import { selectItems, toItem } from '../../../src/server/inventory/item-rows.ts';
import { getService } from '../../../src/server/services/read.ts';
import { changesPage } from '../../../src/server/sync/changes.ts';
import { type PageSizes, pageJson, pageSizes } from '../../../src/server/sync/page.ts';
import { snapshotPage } from '../../../src/server/sync/snapshot.ts';
import { type RawAnswer, rawCall, startTestCentral, type TestCentral } from '../../parts/central.ts';
import { createTestDatabase } from '../../parts/database.ts';

type Row = Record<string, unknown>;
/** Rows by entity and key, as a desk keeps them. */
export type Held = Record<SyncEntity, Record<string, Row>>;

/** Gives a page: of the changes after a cursor, or of the snapshot. */
export type Source = (kind: 'snapshot' | 'changes', cursor?: string) => Promise<SyncPage>;

const empty = (): Held => Object.fromEntries(syncEntities.map((entity) => [entity, {}])) as Held;

/** A desk's directory in memory. */
export class Directory {
  held = empty();
  cursor: string | undefined;
  isWhole = false;
  /** Every row and every key that came, in the order they came. */
  readonly came: { entity: SyncEntity; key: string; isGone: boolean }[] = [];
  readonly pages: SyncPage[] = [];
  readonly #source: Source;

  constructor(source: Source) {
    this.#source = source;
  }

  /** One page, and keeps it; true when there is nothing more now. */
  async step(): Promise<boolean> {
    const page = await this.#source(this.isWhole ? 'changes' : 'snapshot', this.cursor);
    this.keep(page);
    if (!page.complete) return false;
    const wasWhole = this.isWhole;
    this.isWhole = true;
    return wasWhole;
  }

  /** The rest of the snapshot, then changes until there are no more. */
  async pull(): Promise<this> {
    while (!(await this.step()));
    return this;
  }

  keep(page: SyncPage): void {
    this.pages.push(page);
    for (const { entity, columns, rows, gone } of page.tables) {
      for (const values of rows) {
        const row = Object.fromEntries(columns.map((column, index) => [column, values[index]]));
        syncRowSchemas[entity].parse(row);
        const key = String(row.id ?? row.slug);
        this.held[entity][key] = row;
        this.came.push({ entity, key, isGone: false });
      }
      for (const key of gone.map(String)) {
        delete this.held[entity][key];
        this.came.push({ entity, key, isGone: true });
      }
    }
    this.cursor = page.cursor;
  }

  /** How often a row came, or was said to be gone. */
  times(entity: SyncEntity, key: number, isGone = false): number {
    return this.came.filter((one) => one.entity === entity && one.key === String(key) && one.isGone === isGone).length;
  }
}

export function ask(
  { url }: Pick<TestCentral, 'url'>,
  path: string,
  credential: string | undefined,
  headers: Record<string, string> = {},
): Promise<RawAnswer> {
  const own: Record<string, string> = credential === undefined ? {} : { 'x-comptoir-desk': credential };
  return rawCall(url, 'GET', `/api/v1/sync/${path}`, { headers: { ...own, ...headers } });
}

/** A desk that pulls from a central over HTTP. */
export function directoryOf(central: Pick<TestCentral, 'url'>, credential: string): Directory {
  return new Directory(async (kind, cursor) => {
    const query = cursor === undefined ? '' : `?cursor=${cursor}`;
    const { status, text } = await ask(central, `${kind}${query}`, credential);
    expect(status, text).toBe(200);
    return syncPageSchema.strict().parse(JSON.parse(text));
  });
}

/** A desk that pulls in the same process, in pages of the test's size. */
export function directoryIn(db: Db, storeId: number, sizes: PageSizes, now = () => new Date()): Directory {
  return new Directory(async (kind, cursor) => {
    const deps = { db, clock: { now } };
    const page =
      kind === 'snapshot'
        ? await snapshotPage(deps, { storeId }, cursor, sizes)
        : await changesPage(deps, { storeId }, cursor ?? '', sizes);
    return syncPageSchema.strict().parse(JSON.parse(pageJson(page)));
  });
}

/** Waits until everything that runs now has ended: then all that was written by now can be pulled. */
export async function settled(db: Db): Promise<void> {
  const { rows } = await sql<{
    target: string;
  }>`select pg_snapshot_xmax(pg_current_snapshot())::text as target`.execute(db);
  const reached = sql<{ is: boolean }>`
    select pg_snapshot_xmin(pg_current_snapshot()) >= ${rows[0]?.target}::xid8 as is`;
  while (!(await reached.execute(db)).rows[0]?.is) await pause(5);
}

/** What a desk of the store is to hold, read by the functions that the screens' routes use. */
export async function expected(db: Db, storeId: number, now: Date): Promise<Held> {
  const context = { db, actor: systemActor } as never;
  const serviceIds = await db.selectFrom('services').select('id').execute();
  const desks = await db.selectFrom('desks').select(['id', 'name']).execute();
  const items = await selectItems(db, now)
    .where('items.storeId', '=', storeId)
    .where('items.status', 'in', ['new', 'in_stock'])
    .execute();
  const services = await Promise.all(serviceIds.map(({ id }) => getService(db, id, now)));
  return {
    stores: byKey(await db.selectFrom('stores').select(['id', 'name']).execute()),
    templates: byKey(await db.selectFrom('inventoryTemplates').select(['slug', 'name', 'identifiers']).execute()),
    products: byKey(
      (await listProducts(context, { all: true, limit: 10_000 })).items.map((one) => productSchema.parse(one)),
    ),
    items: byKey(
      items.map((row) => {
        const { customerId: _, serviceId: __, ...item } = toItem(row);
        const deskName = desks.find(({ id }) => id === row.deskId)?.name ?? null;
        return { ...item, deskId: row.deskId, deskName };
      }),
    ),
    customers: byKey((await customerRows(db).execute()).map(presentCustomer)),
    contacts: byKey(
      await db
        .selectFrom('contacts')
        .select(['id', 'customerId', 'name', 'email', 'phone', 'roles', 'hasLogin'])
        .execute(),
    ),
    sites: byKey(await db.selectFrom('sites').select(['id', 'customerId', 'name', 'address']).execute()),
    services: byKey(services.map(({ balances: _, customerName: __, ...service }) => service)),
  };
}

function byKey(rows: readonly object[]): Record<string, Row> {
  return Object.fromEntries((rows as Row[]).map((row) => [String(row.id ?? row.slug), row]));
}

export interface FeedRoom {
  readonly db: Db;
  readonly url: string;
  directory(storeId: number, sizes?: PageSizes): Directory;
  close(): Promise<void>;
}

/** The demo operator's database with no central at work on it, so that nothing changes but by the test. */
export async function openFeedRoom(): Promise<FeedRoom> {
  const database = await createTestDatabase();
  const central = await startTestCentral({ demo: 'small', databaseUrl: database.url });
  await central.stop();
  const { db, close } = connect(database.url);
  return {
    db,
    url: database.url,
    directory: (storeId, sizes = pageSizes) => directoryIn(db, storeId, sizes),
    async close() {
      await close();
      await database.drop();
    },
  };
}
