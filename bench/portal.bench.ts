import { randomUUID } from 'node:crypto';
import os from 'node:os';
import { sql } from 'kysely';
import { tokenHash } from '../src/server/access/tokens.ts';
import type { Db } from '../src/server/database/connection.ts';
import { waitUntil } from '../tests/parts/wait.ts';
import { startBenchCentral } from './lib/central.ts';
import { insertCustomers } from './lib/customers.ts';
import { percentile, rounded } from './lib/stats.ts';
import type { BenchRow } from './row.ts';

const CUSTOMERS = 100_000;
/** What `customerAt` begins with. */
const FIRST_ID = 10_000;
const SESSIONS = 500;
const AT_ONCE = [1, 16];
const REQUESTS = 1_000;
const token = (n: number) => `cps_bench_${String(n).padStart(24, '0')}`;

/** A service with two buckets, a card, an unpaid invoice and ten lines of history for each customer; sessions for some. */
async function furnish(db: Db): Promise<void> {
  const last = FIRST_ID + CUSTOMERS - 1;
  const ids = sql`generate_series(${sql.lit(FIRST_ID)}, ${sql.lit(last)}) as n`;
  await sql`
    insert into services (uuid, name, status, service_type, customer_id, product_id, auto_renew, monthly_amount, currency,
      period, created_at, activated_at, expires_at)
    select gen_random_uuid(), 'Mobile - ' || n, 'active', 'mobile', n, (select min(id) from products), true, 1500, 'GBP',
      'month', now() - interval '20 days', now() - interval '20 days', now() + interval '10 days' from ${ids}`.execute(
    db,
  );
  await sql`
    insert into charging_accounts (service_uuid, currency, created_at)
    select uuid, 'GBP', created_at from services where customer_id >= ${FIRST_ID}`.execute(db);
  await sql`
    insert into charging_buckets (id, service_uuid, operation_key, type, name, unit, weight, total, used, starts_at,
      expires_at, created_at)
    select gen_random_uuid(), uuid, 'bench', kind.type, 'Plan', kind.unit, 30, kind.total, kind.total / 3, created_at,
      expires_at, created_at
    from services, (values ('data', 'byte', 20000000000), ('voice', 'second', 60000)) as kind (type, unit, total)
    where customer_id >= ${FIRST_ID}`.execute(db);
  await sql`
    insert into payment_methods (customer_id, kind, brand, last_four, is_default, expires_month, expires_year)
    select n, 'card', 'Visa', '4242', true, 12, 2030 from ${ids}`.execute(db);
  await sql`
    insert into invoices (number, customer_id, issued_on, due_on, total, tax, currency, status, created_at)
    select 'BENCH-' || n, n, current_date - 5, current_date + 9, 1500, 250, 'GBP', 'unpaid', now() from ${ids}`.execute(
    db,
  );
  await sql`
    insert into audit_entries (chain, position, at, action, actor_kind, actor_name, subject_type, subject_id, customer_id,
      detail, request_id, previous_hash, hash)
    select 0, 1000000 + row_number() over (), now(), 'service.activated', 'system', 'Comptoir', 'service', n::text, n,
      '{"name":"Mobile"}', 'bench', '', '' from ${ids}, generate_series(1, 10) each`.execute(db);
  const now = new Date();
  const rows = Array.from({ length: SESSIONS }, (_, n) => ({
    ...{ id: randomUUID(), tokenHash: tokenHash(token(n)), mode: 'link' as const, device: '', ip: '' },
    ...{ customerId: FIRST_ID + Math.floor((n * CUSTOMERS) / SESSIONS), contactId: null, accountId: null },
    ...{ impersonationId: null, language: null, createdAt: now, lastSeenAt: now, idleSeconds: null },
    ...{ expiresAt: new Date(now.getTime() + 3_600_000), endedAt: null, endReason: null },
  }));
  await db.insertInto('portalSessions').values(rows).execute();
  await sql`vacuum analyze services, charging_buckets, payment_methods, invoices, audit_entries, portal_sessions`.execute(
    db,
  );
}

/** Milliseconds to the whole answer; null when central had too much to do and said so. */
async function askDashboard(url: string, n: number): Promise<number | null> {
  const start = performance.now();
  const answer = await fetch(`${url}/portal/api/v1/dashboard`, {
    headers: { cookie: `comptoir_portal=${token(n % SESSIONS)}` },
  });
  if (answer.status === 503) return null;
  const { services, alerts } = (await answer.json()) as { services?: unknown[]; alerts?: unknown[] };
  if (services?.length !== 1 || alerts?.length !== 1) throw new Error(`the dashboard answered ${answer.status}`);
  return performance.now() - start;
}

/** The dashboard's API over HTTP, among a hundred thousand customers with a service, a card, an invoice and a history each. */
export async function run(): Promise<BenchRow[]> {
  const { central, stop } = await startBenchCentral({}, { demoCustomers: 0 });
  const rows: BenchRow[] = [];
  try {
    const { db } = central.deps;
    await insertCustomers(db, 0, CUSTOMERS);
    await furnish(db);
    for (let n = 0; n < 50; n += 1)
      await waitUntil(() => askDashboard(central.url, n), 'a central that is not overloaded');
    for (const askers of AT_ONCE) {
      const samples: number[] = [];
      let refused = 0;
      const start = performance.now();
      const each = Math.floor(REQUESTS / askers);
      const ask = async (asker: number) => {
        for (let n = 0; n < each; n += 1) {
          const took = await askDashboard(central.url, asker * each + n);
          if (took === null) refused += 1;
          else samples.push(took);
        }
      };
      await Promise.all(Array.from({ length: askers }, (_, asker) => ask(asker)));
      const seconds = (performance.now() - start) / 1000;
      const name = `portal dashboard API, ${CUSTOMERS.toLocaleString('en')} customers, ${askers} at once`;
      const note = `load average ${os.loadavg()[0]?.toFixed(1)}; ${refused} refused for overload`;
      rows.push({ name: `${name}, p50`, value: rounded(percentile(samples, 0.5)), unit: 'ms', note });
      rows.push({ name: `${name}, p95`, value: rounded(percentile(samples, 0.95)), unit: 'ms', note });
      rows.push({ name, value: rounded(samples.length / seconds), unit: 'requests/s', note });
    }
  } finally {
    await stop();
  }
  return rows;
}
