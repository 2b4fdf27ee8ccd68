import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbedded } from '../../../src/server/database/embedded.ts';
import { rawCall, signInTo, startTestCentral, type TestCentral } from '../../parts/central.ts';
import { waitUntil } from '../../parts/wait.ts';

const settings = ['fsync=off', 'shared_buffers=16MB'];
let root: string;
let postgres: EmbeddedPostgres;
let central: TestCentral;
beforeAll(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'comptoir-outage-'));
  await chmod(root, 0o755);
  postgres = await startEmbedded({ dir: path.join(root, 'postgres'), settings });
  central = await startTestCentral({ databaseUrl: postgres.url, dataDir: path.join(root, 'data') });
});
afterAll(async () => {
  await central.stop();
  await postgres.stop();
  await rm(root, { recursive: true, force: true });
});

const get = (path: string, token?: string) => rawCall(central.url, 'GET', path, { token });

test('while PostgreSQL is away central says so at once, loses nothing, and heals by itself', async () => {
  const { accessToken: token } = await signInTo(central.url, 'sales@test.comptoir.test');
  const key = uuid();
  const create = () =>
    rawCall(central.url, 'POST', '/api/v1/customers', {
      token,
      headers: { 'idempotency-key': key },
      body: { name: 'During the outage', type: 'individual' },
    });
  expect((await get('/health/ready')).status).toBe(200);

  await postgres.stop();
  const asked = performance.now();
  const answers = await Promise.all([create(), get('/api/v1/customers', token), get('/api/v1/me', token)]);
  for (const { status, body } of answers)
    expect([status, body.code, body.data]).toEqual([503, 'unavailable', { reason: 'database' }]);
  expect(performance.now() - asked).toBeLessThan(5_000);
  const ready = await get('/health/ready');
  expect([ready.status, ready.body.reason]).toEqual([503, expect.stringContaining('database')]);
  expect((await get('/health/live')).status).toBe(200);

  postgres = await startEmbedded({ dir: path.join(root, 'postgres'), settings });
  await waitUntil(async () => (await get('/health/ready')).status === 200, 'central to be ready again');
  const first = await create();
  const again = await create();
  expect(first.status).toBe(201);
  expect(again.body).toEqual(first.body);
});

test('a connection that PostgreSQL drops in the middle of things is no failure for the next request', async () => {
  const { accessToken: token } = await signInTo(central.url, 'sales@test.comptoir.test');
  await central.db.selectFrom('users').select('id').execute();
  const { pool } = central.central.deps.connection;
  await pool.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname is not null',
  );
  await waitUntil(async () => (await get('/api/v1/me', token)).status === 200, 'an answer over a fresh connection');
});
