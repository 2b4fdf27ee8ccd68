import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SpawnedCentral, signInTo, spawnCentral } from '../../parts/central.ts';
import { createTestDatabase, type TestDatabase } from '../../parts/database.ts';
import { waitUntil } from '../../parts/wait.ts';
import { freshIccid } from './central-stock.ts';

let database: TestDatabase;
let dataDir: string;
const started: SpawnedCentral[] = [];
const start = async () => {
  const central = await spawnCentral({ DATABASE_URL: database.url, COMPTOIR_DATA_DIR: dataDir, COMPTOIR_DEMO: '1' });
  started.push(central);
  return { central, admin: (await signInTo(central.url, 'admin@demo.comptoir.test')).client };
};

beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'comptoir-killed-import-'));
});
afterAll(async () => {
  for (const central of started) await central.kill();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

const ROWS = 40_000;

describe('a central killed in the middle of an import', () => {
  it('leaves whole batches; the next one ends the import plainly, and importing again does the rest', async () => {
    const content = ['ICCID', ...Array.from({ length: ROWS }, freshIccid)].join('\n');
    const first = await start();
    const second = await start();
    const { id } = await first.admin.inventory.createImport({ content, wait: false });
    await waitUntil(async () => (await second.admin.inventory.getImport({ id })).progress.done > 0, 'the first batch');
    expect((await second.admin.inventory.getImport({ id })).status).toBe('running');
    await first.central.kill();
    const hasFailed = async () => (await second.admin.inventory.getImport({ id })).status === 'failed';
    await waitUntil(hasFailed, 'the end of the import to be declared');
    const ended = await second.admin.inventory.getImport({ id });
    expect(ended.failure).toBe('interrupted');
    expect(ended.counts.created).toBeGreaterThan(0);
    expect(ended.counts.created).toBeLessThan(ROWS);
    const { counts } = await second.admin.inventory.createImport({ content });
    expect(counts).toEqual({
      created: ROWS - ended.counts.created,
      updated: 0,
      unchanged: ended.counts.created,
      failed: 0,
    });
  });
});
