import { execFileSync } from 'node:child_process';
import path from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { expect } from 'vitest';
import { waitUntil } from '../../parts/wait.ts';
import type { Fleet, Member } from './fleet.ts';
import { storyOfItem } from './story.ts';

/** Everything that must hold once a fleet is healed; throws naming what does not. */
export async function verify(fleet: Fleet): Promise<void> {
  const client = new pg.Client({ connectionString: fleet.databaseUrl });
  await client.connect();
  const rows = async <R extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) =>
    (await client.query<R>(text, [...values])).rows;
  try {
    await nothingPromisedInVain(fleet, rows);
    await jobsEnded(rows);
    await nothingLostNothingDoubled(fleet, rows);
    await stockAddsUp(rows);
    await balancesAddUp(rows);
    const admin = await fleet.admin();
    expect(await admin.audit.verify(), 'central’s audit').toMatchObject({ intact: true });
    for (const member of fleet.members) {
      expect(journalOf(member), `the journal of ${member.name}`).toMatchObject({ intact: true });
      await sameRows(member, rows);
    }
  } finally {
    await client.end();
  }
}

export type Rows = <R extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<R[]>;

/**
 * Nobody at head office touches stock while a fleet works: no order that a desk called saved may be refused for its items
 * (domain.md 5.4). A failure tells all that is known of the item.
 */
async function nothingPromisedInVain({ acknowledged, members }: Fleet, rows: Rows): Promise<void> {
  const stories: string[] = [];
  for (const one of acknowledged) {
    if (one.kind !== 'refused' || !ofStock.has(one.code)) continue;
    const { itemId } = (one.data ?? {}) as { itemId?: number };
    const story = itemId === undefined ? [] : await storyOfItem(itemId, members, rows);
    stories.push([JSON.stringify(one), ...story].join('\n  '));
  }
  if (stories.length === 0) return;
  throw new Error(['orders called saved that head office refused for their items:', ...stories].join('\n'));
}

const ofStock = new Set(['item_not_available', 'reservation_lapsed']);

const commands = path.join(import.meta.dirname, '../../../src/main/commands/main.ts');

/** As an auditor would: by the command, while the desk runs. */
function journalOf({ desk }: Member): unknown {
  const env = { ...process.env, COMPTOIR_DATA_DIR: path.dirname(desk.dataDir) };
  return JSON.parse(execFileSync(process.execPath, [commands, 'verify-journal', '--json'], { env, encoding: 'utf8' }));
}

const JOBS_MS = 120_000;

async function jobsEnded(rows: Rows): Promise<void> {
  const open = () => rows<{ id: number }>(`select id from jobs where status in ('queued', 'running')`);
  await waitUntil(async () => (await open()).length === 0, 'every job to end', JOBS_MS);
  expect(await rows(`select id, status from jobs where status <> 'succeeded'`), 'jobs that did not succeed').toEqual(
    [],
  );
  expect(await rows(`select id, status from orders where status <> 'active'`), 'orders that are not live').toEqual([]);
}

async function nothingLostNothingDoubled({ acknowledged }: Fleet, rows: Rows): Promise<void> {
  const cancelled = acknowledged.filter(({ kind }) => kind === 'cancelled');
  const cancelledDrafts = new Set(cancelled.map((one) => ('draftId' in one ? one.draftId : null)));
  const cancelledNames = new Set(cancelled.map((one) => ('name' in one ? one.name : null)));
  const orders = await rows<{ draft_id: string; name: string; count: number }>(
    `select draft_id, min(customers.name) as name, count(*)::int as count
     from orders join customers on customers.id = orders.customer_id group by draft_id`,
  );
  const found = new Map(orders.map((order) => [order.draft_id, order]));
  for (const what of acknowledged) {
    if (what.kind !== 'order' || cancelledDrafts.has(what.draftId)) continue;
    expect(found.get(what.draftId), `the acknowledged order ${what.draftId} for ${what.customerName}`).toMatchObject({
      count: 1,
      name: what.customerName,
    });
  }
  const customers = await rows<{ name: string; count: number }>(
    `select name, count(*)::int as count from customers where name like 'Fleet %' group by name`,
  );
  const byName = new Map(customers.map(({ name, count }) => [name, count]));
  for (const what of acknowledged) {
    if (what.kind !== 'customer' || cancelledNames.has(what.name)) continue;
    expect(byName.get(what.name), `the acknowledged customer ${what.name}`).toBe(1);
  }
  expect(
    [...byName].filter(([, count]) => count !== 1),
    'customers made more than once',
  ).toEqual([]);
  expect(
    orders.filter(({ count }) => count !== 1),
    'drafts with more than one order',
  ).toEqual([]);
  expect(
    await rows(`select order_id from jobs group by order_id having count(*) > 1`),
    'orders with more than one job',
  ).toEqual([]);
}

/** An item belongs to one service, a service of these orders has its SIM and its number, and nothing vanished. */
async function stockAddsUp(rows: Rows): Promise<void> {
  const wrong = await rows(
    `select orders.id, count(items.id)::int as items from orders
     left join items on items.service_id = orders.service_id
     group by orders.id having count(items.id) <> 2`,
  );
  expect(wrong, 'orders whose service has not its SIM and its number').toEqual([]);
  expect(
    await rows(`select item_id from reservations where ended_at is null and order_id is not null`),
    'items that an order still holds',
  ).toEqual([]);
  expect(
    await rows(`select id from items where status = 'assigned' and desk_id is not null`),
    'items on a service that are still of a desk’s share',
  ).toEqual([]);
}

/** One charging account for each new service, with its plan's data once. */
async function balancesAddUp(rows: Rows): Promise<void> {
  const buckets = await rows<{ service_id: number; buckets: number; kinds: number }>(
    `select services.id as service_id, count(b.*)::int as buckets, count(distinct b.name)::int as kinds
     from orders join services on services.id = orders.service_id
     left join charging_buckets b on b.service_uuid = services.uuid
     group by services.id having count(b.*) <> count(distinct b.name) or count(b.*) = 0`,
  );
  expect(buckets, 'services whose account has no bucket, or one twice').toEqual([]);
}

interface Compared {
  readonly what: string;
  readonly central: string;
  readonly desk: string;
}

/** What a desk holds of the directory, beside the same questions asked of central's database. */
function compared({ storeId }: Member): Compared[] {
  return [
    {
      what: 'customers',
      central: `select id, name, type, status, email, phone, version from customers order by id`,
      desk: `select id, name, type, status, email, phone, version from customer order by id`,
    },
    {
      what: 'contacts',
      central: `select id, customer_id, name, email, phone from contacts order by id`,
      desk: `select id, customer_id, name, email, phone from contact order by id`,
    },
    {
      what: 'services',
      central: `select id, customer_id, status from services order by id`,
      desk: `select id, customer_id, status from service order by id`,
    },
    {
      what: 'items of the store',
      central: `select id, template, store_id, desk_id::text as desk_id from items
        where store_id = ${storeId} and status in ('new', 'in_stock') order by id`,
      desk: `select id, template, store_id, desk_id from item where store_id = ${storeId} order by id`,
    },
  ];
}

/** A question that a line swallowed before it was healed is given up after 30 s without a byte, then asked anew. */
const SAME_ROWS_MS = 90_000;

async function sameRows(member: Member, rows: Rows): Promise<void> {
  const directory = new Database(path.join(member.desk.dataDir, 'directory.sqlite'), { readonly: true });
  try {
    for (const { what, central, desk } of compared(member)) {
      const difference = async () => {
        const theirs = new Map((await rows<{ id: number }>(central)).map((row) => [row.id, JSON.stringify(row)]));
        const ours = new Map(
          (directory.prepare(desk).all() as { id: number }[]).map((row) => [row.id, JSON.stringify(row)]),
        );
        const ids = new Set([...theirs.keys(), ...ours.keys()]);
        return [...ids].flatMap((id) => (theirs.get(id) === ours.get(id) ? [] : [`${theirs.get(id)} ${ours.get(id)}`]));
      };
      let last: string[] = [];
      const same = async () => {
        last = await difference();
        return last.length === 0;
      };
      await waitUntil(same, `${member.name} to hold the same ${what}`, SAME_ROWS_MS).catch((error: Error) => {
        throw new Error(`${error.message}; ${last.length} differ: ${last.slice(0, 5).join(' | ')}`);
      });
    }
  } finally {
    directory.close();
  }
}
