import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD, startTestCentral, type TestCentral } from '../../parts/central.ts';
import { portalClientOf } from '../../parts/portal.ts';

const JOHN = 'john.smith@demo.comptoir.test';
let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
});
afterAll(() => central.stop());

const browser = () => portalClientOf(central.url);

describe('signing in to the portal', () => {
  test('a customer gets who they are; the address may be typed in capitals', async () => {
    const john = browser();
    const me = await john.signIn(' JOHN.Smith@demo.comptoir.test');
    expect(me).toMatchObject({
      ...{ mode: 'own', language: 'en', impersonation: null },
      account: { email: JOHN, pendingEmail: null, twoFactor: false },
      customer: { id: 123, name: 'John Smith', type: 'individual' },
      contact: { name: 'John Smith' },
      may: { change: true, changeSecurity: true, useApiKeys: false },
    });
    expect(await john.portal.me()).toMatchObject({ account: { email: JOHN } });
  });

  test('the cookie can not be read by scripts, goes to the portal only, and ends with the browser', async () => {
    const john = browser();
    await john.signIn(JOHN);
    const line = john.lastSetCookies().find((each) => each.startsWith('comptoir_portal=')) ?? '';
    expect(line.split('; ').slice(1).sort()).toEqual(['HttpOnly', 'Path=/portal', 'SameSite=Lax']);
  });

  test('“remember me” keeps the session for 30 days, used or not (AU-1)', async () => {
    const john = browser();
    const me = await john.signIn(JOHN, PASSWORD, { remember: true });
    const days = (Date.parse(me.expiresAt) - central.central.deps.clock.now().getTime()) / 86_400_000;
    expect(days).toBeCloseTo(30, 2);
    expect(me.idleSeconds).toBeNull();
    expect(john.lastSetCookies().find((each) => each.startsWith('comptoir_portal='))).toMatch(/; Expires=/);
  });

  test('signing out ends the session and takes the cookie', async () => {
    const john = browser();
    await john.signIn(JOHN);
    const stolen = john.cookies.get('comptoir_portal') ?? '';
    await john.portal.auth.logout();
    expect(john.cookies.has('comptoir_portal')).toBe(false);
    john.cookies.set('comptoir_portal', stolen);
    expect((await john.raw('GET', '/me')).body).toMatchObject({
      code: 'session_ended',
      data: { reason: 'signed_out' },
    });
  });

  test('a cookie that was there before is never taken over', async () => {
    const attacker = browser();
    await attacker.signIn(JOHN);
    const planted = attacker.cookies.get('comptoir_portal') ?? '';
    const victim = browser();
    victim.cookies.set('comptoir_portal', planted);
    await victim.signIn(JOHN);
    expect(victim.cookies.get('comptoir_portal')).not.toBe(planted);
    expect((await attacker.raw('GET', '/me')).body).toMatchObject({ code: 'session_ended' });
  });
});
