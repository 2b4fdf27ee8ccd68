import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createRouterClient } from '@orpc/server';
import { pino } from 'pino';
import { createHost } from '../src/main/host.ts';
import { createKeyFileSecrets } from '../src/main/session/secret-store.ts';
import { startGateway } from '../tests/parts/gateway.ts';
import { noDrivers } from '../tests/parts/no-drivers.ts';
import { startBenchCentral } from './lib/central.ts';
import { latencyRows } from './lib/rows.ts';
import { rounded } from './lib/stats.ts';
import type { BenchRow } from './row.ts';

const COMMANDS = 1_000;
const INVITATION = 'an invitation of the bench';

/** Customers made without a line: how long until each is durable here, and how fast they go up once the line is back. */
export async function run(): Promise<BenchRow[]> {
  const { central, stop } = await startBenchCentral({ COMPTOIR_DESK_INVITATION: INVITATION }, { demoCustomers: 100 });
  const gateway = await startGateway(central.url);
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'comptoir-bench-outbox-'));
  const host = await createHost({
    dataDir,
    centralUrl: gateway.url,
    capabilities: { shell: 'browser', version: 'bench', platform: process.platform, print: false },
    secrets: createKeyFileSecrets(dataDir),
    drivers: noDrivers,
    directory: new URL('../src/main/directory/worker.ts', import.meta.url),
    invitation: INVITATION,
    log: pino({ level: 'silent' }),
  });
  try {
    await host.start();
    const desk = createRouterClient(host.router);
    await desk.session.signIn({ email: 'sales@demo.comptoir.test', password: 'Comptoir!2026' });
    while ((await desk.sync.state()).directory !== 'current') await wait(20);
    gateway.cut();
    while ((await desk.system.link()).state !== 'offline') await wait(20);
    const saves: number[] = [];
    for (let index = 0; index < COMMANDS; index += 1) {
      const started = performance.now();
      await desk.customers.create({ name: `Offline ${index}`, type: 'individual', allowDuplicate: true });
      saves.push(performance.now() - started);
    }
    gateway.mend();
    while ((await desk.system.link()).state !== 'online') await wait(5);
    const started = performance.now();
    while ((await desk.sync.state()).outbox.waiting > 0) await wait(10);
    const seconds = (performance.now() - started) / 1000;
    return [
      ...latencyRows('a new customer without a line, saved', saves, {
        note: 'durable: fsync of entry and journal line',
      }),
      {
        ...{ name: 'outbox to head office', value: rounded(COMMANDS / seconds), unit: 'commands/s' },
        note: `${COMMANDS} customers made without a line, from the line’s return`,
      },
    ];
  } finally {
    await host.stop();
    await gateway.close();
    await stop();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}
