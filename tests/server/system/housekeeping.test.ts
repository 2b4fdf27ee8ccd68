import { afterAll, beforeAll, expect, test } from 'vitest';
import { tidyUp } from '../../../src/server/system/housekeeping.ts';
import { rawCall, signInTo, startTestCentral, type TestCentral } from '../../parts/central.ts';

let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral();
});
afterAll(() => central.stop());

const DAY = 86_400;
async function counts() {
  const { db } = central;
  const of = async (table: 'idempotency' | 'sessions' | 'refreshTokens' | 'signInFailures') =>
    (await db.selectFrom(table).selectAll().execute()).length;
  return [await of('idempotency'), await of('sessions'), await of('refreshTokens'), await of('signInFailures')];
}

test('what may still be asked for is kept, what is old is thrown away', async () => {
  const { client } = await signInTo(central.url, 'sales@test.comptoir.test');
  await client.customers.create({ name: 'Someone', type: 'individual' });
  await rawCall(central.url, 'POST', '/api/v1/auth/login', { body: { email: 'x@y.test', password: 'wrong' } });
  const before = await counts();
  expect(before).toEqual([1, 1, 1, 1]);
  await tidyUp(central.central.deps);
  expect(await counts()).toEqual(before);
  await central.advance(2 * DAY);
  await tidyUp(central.central.deps);
  expect(await counts()).toEqual([1, 1, 1, 0]);
  await central.advance(29 * DAY);
  await tidyUp(central.central.deps);
  expect(await counts()).toEqual([0, 1, 1, 0]);
  await central.advance(60 * DAY);
  await tidyUp(central.central.deps);
  expect(await counts()).toEqual([0, 0, 0, 0]);
});

test('a session that is refreshed is kept, however old it is', async () => {
  let { refreshToken } = await signInTo(central.url, 'sales@test.comptoir.test');
  for (let month = 0; month < 5; month++) {
    await central.advance(29 * DAY);
    ({ refreshToken } = await central.client().auth.refresh({ refreshToken }));
    await tidyUp(central.central.deps);
  }
  expect((await central.client().auth.refresh({ refreshToken })).user.name).toBe('Sam Sales');
});
