import { sql } from 'kysely';
import { searchTextOf } from '../src/core/customers/search-text.ts';
import { startBenchCentral } from './lib/central.ts';
import { customerAt, insertCustomers } from './lib/customers.ts';
import { startDeskProcess } from './lib/desk-process.ts';
import { startIdleProcess } from './lib/idle-process.ts';
import { installPouchDb, replicate } from './lib/pouchdb.ts';
import { rounded } from './lib/stats.ts';
import type { BenchRow } from './row.ts';

const ALL_SIZES = [10_000, 100_000, 1_000_000];
/** For a shorter run `COMPTOIR_BENCH_CUSTOMERS=10000,100000`, and `COMPTOIR_BENCH_NO_POUCHDB=1` to measure nothing beside us. */
const sizes = process.env.COMPTOIR_BENCH_CUSTOMERS?.split(',').map(Number) ?? ALL_SIZES;
const CHANGES = 10_000;
const MILLION = 1_000_000;
const aims = { seconds: 90, memoryMb: 400, searchMs: 20, blockMs: 16 };

type Central = Awaited<ReturnType<typeof startBenchCentral>>['central'];

/**
 * A desk's first pull at growing sizes, searched all the while; catching up with changes; and PouchDB replicating the same
 * rows from its own server, one after the other on the same machine.
 */
export async function run(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const { central, stop } = await startBenchCentral({}, { demoCustomers: 0 });
  try {
    let filled = 0;
    for (const size of sizes) {
      await insertCustomers(central.deps.db, filled, size);
      filled = size;
      rows.push(...(await measureDesk(central, size)));
    }
  } finally {
    await stop();
  }
  if (!process.env.COMPTOIR_BENCH_NO_POUCHDB) rows.push(...(await measurePouchDb()));
  return rows;
}

async function measureDesk(central: Central, size: number): Promise<BenchRow[]> {
  const desk = await startDeskProcess(central.url);
  try {
    const idle = await startIdleProcess();
    const synced = await desk.firstSync();
    const beside = await idle.end();
    const settled = await desk.search();
    const name = `first sync of ${size.toLocaleString('en')} customers`;
    const aim = <K extends keyof typeof aims>(kind: K) => (size === MILLION ? { aim: aims[kind] } : {});
    const seconds = synced.ms / 1000;
    const bytes = await bytesOf(central, size);
    const rows: BenchRow[] = [
      { name, value: rounded(seconds), unit: 's', ...aim('seconds') },
      { name: `${name}, speed`, value: Math.round(size / seconds), unit: 'rows/s' },
      { name: `${name}, speed of unpacked rows`, value: rounded(bytes / 1e6 / seconds), unit: 'MB/s' },
      {
        ...{ name: `${name}, peak memory of the desk process`, value: synced.peakMb, unit: 'MB', ...aim('memoryMb') },
        note: `${synced.idleMb} MB before`,
      },
      { name: `${name}, first usable search`, value: rounded(synced.usableMs / 1000), unit: 's' },
      {
        ...{ name: `${name}, longest block of the main thread`, value: rounded(synced.turns.max), unit: 'ms' },
        ...aim('blockMs'),
        note: `99.9 %: ${rounded(synced.turns.p999)} ms; a process that does nothing meanwhile: ${rounded(beside.max)} ms, 99.9 %: ${rounded(beside.p999)} ms`,
      },
      {
        ...{ name: `${name}, longest turn of the main thread by its own work`, value: rounded(synced.turns.worked) },
        ...{ unit: 'ms', ...aim('blockMs') },
        note: 'time of the processor, without what the machine gave to others meanwhile',
      },
      ...searches(`search during the ${name}`, synced.p95s, aim('searchMs')),
      ...searches(`search among ${size.toLocaleString('en')} customers at the desk`, settled.p95s, aim('searchMs')),
    ];
    rows.push(await measureCatchUp(central, desk, size));
    return rows;
  } finally {
    await desk.stop();
  }
}

function searches(name: string, p95s: Readonly<Record<string, number>>, aim: { aim?: number }): BenchRow[] {
  return Object.entries(p95s).map(([kind, ms]) => ({
    ...{ name: `${name}, by ${kind}, p95`, value: rounded(ms), unit: 'ms' },
    ...aim,
  }));
}

/** What the rows of the generated customers are on the wire before they are packed, from a sample of them. */
async function bytesOf(central: Central, size: number): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    select avg(length(json_build_array(id, name, type, status, email, phone, payment_type, tax_identifier, language, false,
      created_at, version)::text))::float as bytes
    from (select * from customers where id >= 10000 limit 10000) sample`.execute(central.deps.db);
  return (rows[0]?.bytes ?? 0) * size;
}

/** Customers renamed at once, until the desk has the last of them. */
async function measureCatchUp(
  central: Central,
  desk: Awaited<ReturnType<typeof startDeskProcess>>,
  size: number,
): Promise<BenchRow> {
  const count = Math.min(CHANGES, size);
  const changed = Array.from({ length: count }, (_, n) => ({ ...customerAt(n), name: `Changed ${n} of ${size}` }));
  await sql`
    update customers set name = r.name, search_text = r.search_text, version = version + 1
    from unnest(${changed.map(({ id }) => id)}::int[], ${changed.map(({ name }) => name)}::text[],
      ${changed.map(searchTextOf)}::text[]) as r(id, name, search_text)
    where customers.id = r.id`.execute(central.deps.db);
  const last = changed.at(-1);
  if (last === undefined) throw new Error('nothing was changed');
  const { ms } = await desk.catchUp(last.id, last.name);
  return {
    ...{ name: `catch-up after ${count.toLocaleString('en')} changes among ${size.toLocaleString('en')}`, unit: 's' },
    value: rounded(ms / 1000),
  };
}

async function measurePouchDb(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  if (!(await installPouchDb())) {
    console.log('  PouchDB could not be installed: nothing is measured beside us.');
    return rows;
  }
  for (const size of sizes) {
    const result = await replicate(size);
    const name = `PouchDB, replication of ${size.toLocaleString('en')} customers`;
    if (result === null) {
      console.log(`  ${name}: its server did not take them in time.`);
      continue;
    }
    const seconds = result.ms / 1000;
    const note = result.finished ? {} : { note: `stopped at ${result.done.toLocaleString('en')} customers` };
    rows.push({ name, value: rounded(seconds), unit: 's', ...note });
    rows.push({ name: `${name}, speed`, value: Math.round(result.done / seconds), unit: 'rows/s', ...note });
    rows.push({ name: `${name}, peak memory of the client`, value: result.peakMb, unit: 'MB', ...note });
  }
  return rows;
}
