import { v7 as uuid } from 'uuid';
import { isJobEnded } from '#core/domain/job-progress.ts';
import { luhnDigit } from '#core/scan/check-digits.ts';
import { type CentralClient, signInTo } from '../tests/parts/central.ts';
import { startBenchCentral } from './lib/central.ts';
import { percentile, rounded } from './lib/stats.ts';
import type { BenchRow } from './row.ts';

const DESKS = [1, 8, 32];
const ORDERS_A_DESK = 10;
const CUSTOMER = 123;
const SECOND = 1000;

/** Fresh SIM cards and numbers by the import that shops use; gives their ids, pair by pair. */
async function stock(admin: CentralClient, count: number): Promise<{ sim: number; number: number }[]> {
  const run = Date.now() % 1_000_000;
  const bodies = Array.from(
    { length: count },
    (_, n) => `8944990${String(run).padStart(6, '0')}${String(n).padStart(5, '0')}`,
  );
  const sims = [
    'ICCID,IMSI',
    ...bodies.map((body, n) => `${body}${luhnDigit(body)},23499${String(run * 1000 + n).padStart(10, '0')}`),
  ];
  const numbers = [
    'MSISDN',
    ...bodies.map((_, n) => `+447${String((run * 1000 + n) % 1_000_000_000).padStart(9, '0')}`),
  ];
  const take = async (template: string, lines: string[]) => {
    const { rows } = await admin.inventory.createImport({
      content: lines.join('\r\n'),
      filename: 'bench.csv',
      template,
      storeId: 1,
    });
    return rows.map(({ itemId }) => itemId ?? 0);
  };
  const simIds = await take('sim_card', sims);
  const numberIds = await take('mobile_number', numbers);
  return simIds.map((sim, n) => ({ sim, number: numberIds[n] ?? 0 }));
}

/** One order from its POST until its service is live; milliseconds. */
async function orderOne(
  desk: CentralClient,
  productId: number,
  { sim, number }: { sim: number; number: number },
): Promise<number> {
  const start = performance.now();
  const { provisioningJobId } = await desk.orders.create({
    draftId: uuid(),
    customerId: CUSTOMER,
    productId,
    items: [
      { template: 'sim_card', itemId: sim },
      { template: 'mobile_number', itemId: number },
    ],
    autoRenew: true,
  });
  for await (const job of await desk.provisioning.events({ id: provisioningJobId })) {
    if (!isJobEnded(job.status)) continue;
    if (job.status !== 'succeeded') throw new Error(`job ${job.id} ${job.status}`);
    break;
  }
  return performance.now() - start;
}

/** Orders per second from POST to live service, with the embedded connectors, by desks that work at the same time. */
export async function run(): Promise<BenchRow[]> {
  const { central, stop } = await startBenchCentral({}, { demoCustomers: 0 });
  const rows: BenchRow[] = [];
  try {
    const { client: admin } = await signInTo(central.url, 'admin@demo.comptoir.test');
    const { client: desk } = await signInTo(central.url, 'sales@demo.comptoir.test');
    const { items: products } = await desk.products.list({ category: 'plan', serviceType: 'mobile' });
    const productId = products.find(({ name }) => name === 'Mobile - 20 GB plan')?.id ?? 0;
    for (const desks of DESKS) {
      const pairs = await stock(admin, desks * ORDERS_A_DESK);
      const start = performance.now();
      const times = await Promise.all(
        Array.from({ length: desks }, async (_, n) => {
          const mine: number[] = [];
          for (const pair of pairs.slice(n * ORDERS_A_DESK, (n + 1) * ORDERS_A_DESK)) {
            mine.push(await orderOne(desk, productId, pair));
          }
          return mine;
        }),
      );
      const elapsed = performance.now() - start;
      const name = `orders to active, ${desks} ${desks === 1 ? 'desk' : 'desks'}`;
      rows.push({ name, value: rounded((pairs.length * SECOND) / elapsed), unit: 'orders/s' });
      rows.push({ name: `${name}, p95 of one order`, value: rounded(percentile(times.flat(), 0.95)), unit: 'ms' });
    }
  } finally {
    await stop();
  }
  return rows;
}
