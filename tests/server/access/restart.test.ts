import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { PASSWORD, rawCall, signInTo, startTestCentral } from '../../parts/central.ts';
import { createTestDatabase } from '../../parts/database.ts';

test('a restart forgets neither failed sign-ins nor sessions', async () => {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'comptoir-restart-'));
  const login = (url: string, email: string, password: string) =>
    rawCall(url, 'POST', '/api/v1/auth/login', { body: { email, password } });

  const first = await startTestCentral({ databaseUrl: database.url, dataDir });
  const { accessToken, refreshToken } = await signInTo(first.url, 'sales@test.comptoir.test');
  for (let attempt = 0; attempt < 5; attempt++) await login(first.url, 'support@test.comptoir.test', 'wrong');
  await first.stop();

  const second = await startTestCentral({ databaseUrl: database.url, dataDir });
  try {
    expect((await login(second.url, 'support@test.comptoir.test', PASSWORD)).body.code).toBe('account_locked');
    expect((await rawCall(second.url, 'GET', '/api/v1/me', { token: accessToken })).status).toBe(200);
    const refreshed = await second.client().auth.refresh({ refreshToken });
    expect(refreshed.user.email).toBe('sales@test.comptoir.test');
  } finally {
    await second.stop();
    await database.drop();
    await rm(dataDir, { recursive: true });
  }
});
