import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD, startTestCentral, type TestCentral } from '../../parts/central.ts';

let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral();
});
afterAll(() => central.stop());

describe('sign-in', () => {
  test('staff get who they are and what they may do', async () => {
    const { user } = await central.client().auth.login({ email: ' SALES@test.comptoir.test', password: PASSWORD });
    expect(user).toMatchObject({ name: 'Sam Sales', roles: ['sales'], store: { id: 1, name: 'Store 1' } });
    expect(user.permissions).toContain('provision');
    const sales = await central.asSales();
    expect(await sales.me()).toEqual(user);
  });
});
