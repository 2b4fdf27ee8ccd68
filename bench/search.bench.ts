import { searchCustomers } from '../src/server/customers/search.ts';
import { startBenchCentral } from './lib/central.ts';
import { customerAt, insertCustomers } from './lib/customers.ts';
import { percentile, rounded, timed } from './lib/stats.ts';
import type { BenchRow } from './row.ts';

const SIZES = [5_000, 1_000_000];
const QUESTIONS = 400;
const AIM_MS = 20;

/** What staff type: ids, whole and partial names, e-mails, phones, and something that nobody is called. */
function questions(size: number): string[] {
  return Array.from({ length: QUESTIONS }, (_, n) => {
    const { id, name, email, phone } = customerAt((n * 7919) % size);
    const kinds = [
      String(id),
      name,
      name.slice(0, 4),
      name.split(' ').at(1) ?? name,
      email,
      phone,
      phone.slice(-6),
      `zz${n}`,
    ];
    return kinds[n % kinds.length] ?? name;
  });
}

/** Customer search on central, question by question, at two sizes of the directory. */
export async function run(): Promise<BenchRow[]> {
  const { central, stop } = await startBenchCentral({}, { demoCustomers: 0 });
  const rows: BenchRow[] = [];
  try {
    let filled = 0;
    for (const size of SIZES) {
      await insertCustomers(central.deps.db, filled, size);
      filled = size;
      const samples: number[] = [];
      for (const q of questions(size)) {
        const owners = async () => [];
        samples.push(await timed(() => searchCustomers(central.deps.db, owners, { q, limit: 20 })));
      }
      const name = `customer search among ${size.toLocaleString('en')}`;
      const aim = size === 1_000_000 ? { aim: AIM_MS } : {};
      rows.push({ name: `${name}, p50`, value: rounded(percentile(samples, 0.5)), unit: 'ms' });
      rows.push({ name: `${name}, p95`, value: rounded(percentile(samples, 0.95)), unit: 'ms', ...aim });
    }
  } finally {
    await stop();
  }
  return rows;
}
