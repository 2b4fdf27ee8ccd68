import { setTimeout as pause } from 'node:timers/promises';
import type { CentralClient } from '../tests/parts/central.ts';
import { clientOf, signInTo } from '../tests/parts/central.ts';
import { startBenchCentral } from './lib/central.ts';
import { percentile, rounded } from './lib/stats.ts';
import type { BenchRow } from './row.ts';

const SECOND = 1000;
const CUSTOMERS = 5_000;
const BATCH = 1_000;
/** Reporters at the same time, and what each sends. */
const SINGLES = { reporters: 8, each: 150 };
const BATCHES = { reporters: 4, each: 10 };
const READ_EVERY_MS = 20;

type Usage = Parameters<CentralClient['usage']['record']>[0];

/** Usage of one service after the other, in the order of time: what a mediation system sends. */
function records(services: readonly number[], count: number, run: string): Usage[] {
  const start = Date.now() - count;
  return Array.from({ length: count }, (_, n) => ({
    ...{ id: `bench-${run}-${n}`, service: { serviceId: services[n % services.length] ?? 0 } },
    ...{ type: 'data' as const, quantity: 1_000 + n, at: new Date(start + n).toISOString() },
  }));
}

/** Reads one balance after the other until told to stop; gives how long each took. */
function readBalances(staff: CentralClient, services: readonly number[]) {
  const times: number[] = [];
  let isOn = true;
  const reading = (async () => {
    for (let n = 0; isOn; n += 1) {
      const start = performance.now();
      await staff.services.balances({ id: services[(n * 7) % services.length] ?? 0 });
      times.push(performance.now() - start);
      await pause(READ_EVERY_MS);
    }
  })();
  return async () => {
    isOn = false;
    await reading;
    return times;
  };
}

interface Load {
  readonly name: string;
  readonly reporters: number;
  readonly each: number;
  /** One call of the nth of a reporter. */
  readonly call: (reporter: number, n: number) => Promise<number>;
}

async function measure(load: Load, staff: CentralClient, services: readonly number[]): Promise<BenchRow[]> {
  const { name, reporters, each, call } = load;
  const endReading = readBalances(staff, services);
  const start = performance.now();
  const working = Array.from({ length: reporters }, async (_, reporter) => {
    let accepted = 0;
    for (let n = 0; n < each; n += 1) accepted += await call(reporter, n);
    return accepted;
  });
  const sums = await Promise.all(working).finally(() => endReading());
  const elapsed = performance.now() - start;
  const reads = await endReading();
  const accepted = sums.reduce((sum, count) => sum + count, 0);
  return [
    { name: `usage to committed, ${name}`, value: rounded((accepted * SECOND) / elapsed), unit: 'records/s' },
    { name: `balance read meanwhile, ${name}, p95`, value: rounded(percentile(reads, 0.95)), unit: 'ms' },
  ];
}

/** Usage records per second from their POST to committed and rated, and how fast a balance is read meanwhile. */
export async function run(): Promise<BenchRow[]> {
  const { central, stop } = await startBenchCentral({}, { demoCustomers: CUSTOMERS });
  try {
    const { client: staff } = await signInTo(central.url, 'admin@demo.comptoir.test');
    const { key } = await staff.apiKeys.create({ name: 'Bench', permissions: ['record_usage'] });
    const program = clientOf(central.url, { apiKey: key });
    const rows = await central.deps.db.selectFrom('services').select('id').orderBy('id').execute();
    const services = rows.map(({ id }) => id);
    const send = async (input: Usage) => {
      const { results } = await program.usage.record(input);
      return results.filter(({ outcome }) => outcome === 'accepted').length;
    };
    const singles: Load = {
      ...{ name: `one a request, ${SINGLES.reporters} at a time`, ...SINGLES },
      call: (reporter, n) => send(records(services.slice(n % 50), 1, `single-${reporter}-${n}`)[0] as Usage),
    };
    // Each with customers of its own, as mediation systems share them out.
    const shareOf = (reporter: number) => services.filter((_, index) => index % BATCHES.reporters === reporter);
    const batches: Load = {
      ...{ name: `1,000 a request, ${BATCHES.reporters} at a time`, ...BATCHES },
      call: (reporter, n) => send({ records: records(shareOf(reporter), BATCH, `batch-${reporter}-${n}`) } as Usage),
    };
    return [...(await measure(singles, staff, services)), ...(await measure(batches, staff, services))];
  } finally {
    await stop();
  }
}
