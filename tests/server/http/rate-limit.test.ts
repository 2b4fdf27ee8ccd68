import { afterAll, beforeAll, expect, test } from 'vitest';
import { rawCall, signInTo, startTestCentral, type TestCentral } from '../../parts/central.ts';

let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral({ rateLimit: 30 });
});
afterAll(() => central.stop());

test('one caller who asks too often is told to wait; a colleague at the same address is not', async () => {
  const busy = await signInTo(central.url, 'sales@test.comptoir.test');
  const calm = await signInTo(central.url, 'support@test.comptoir.test');
  const me = (token: string) => rawCall(central.url, 'GET', '/api/v1/me', { token });
  const answers = await Promise.all(Array.from({ length: 40 }, () => me(busy.accessToken)));
  const refused = answers.filter(({ status }) => status === 429);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(30);
  expect(refused).toHaveLength(10);
  expect(refused[0]?.body).toMatchObject({ code: 'rate_limited', data: { retryAfterSeconds: expect.any(Number) } });
  expect((await me(calm.accessToken)).status).toBe(200);
  expect((await rawCall(central.url, 'GET', '/health/ready')).status).toBe(200);
});

test('sign-ins from one address are limited by themselves', async () => {
  const login = () =>
    rawCall(central.url, 'POST', '/api/v1/auth/login', { body: { email: 'x@y.test', password: 'x' } });
  const answers = await Promise.all(Array.from({ length: 70 }, login));
  expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(10);
});
