import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD } from '../../parts/central.ts';
import { type AccountRoom, codeOf, openAccountRoom, tokenIn } from './account-room.ts';

const NEW = 'Brand!New7';
let room: AccountRoom;
beforeAll(async () => {
  room = await openAccountRoom();
});
afterAll(() => room.stop());

const failTimes = async (email: string, times: number) => {
  for (let attempt = 0; attempt < times; attempt++)
    expect(await codeOf(room.browser().signIn(email, 'wrong'))).toBe('invalid_credentials');
};

describe('who knocks at the portal', () => {
  test('is answered alike for a wrong password, an unknown address, a disabled account and one never used', async () => {
    const { db } = room.central;
    const [known, disabled, invited] = [await room.account(), await room.account(), await room.account()];
    await db.updateTable('portalAccounts').set({ enabled: false }).where('id', '=', disabled.id).execute();
    await db.updateTable('portalAccounts').set({ passwordHash: null }).where('id', '=', invited.id).execute();
    const login = (email: string, password: string) =>
      room.browser().raw('POST', '/auth/login', { body: { email, password } });
    const answers = [
      await login(known.email, 'wrong'),
      await login('nobody@customers.test', PASSWORD),
      await login(disabled.email, PASSWORD),
      await login(invited.email, PASSWORD),
    ];
    for (const { status, text, headers } of answers) {
      expect([status, JSON.parse(text)]).toEqual([401, { ...answers[0]?.body, code: 'invalid_credentials' }]);
      expect(headers.getSetCookie()).toEqual([]);
    }
  });

  test('a staff account opens no portal, and the other way round', async () => {
    const { email } = await room.account();
    expect(await codeOf(room.browser().signIn('admin@test.comptoir.test'))).toBe('invalid_credentials');
    expect(await codeOf(room.central.client().auth.login({ email, password: PASSWORD }))).toBe('invalid_credentials');
  });
});

describe('five failures (AU-6)', () => {
  test('lock for 30 minutes, known address or not; only the known one gets the link and the notice', async () => {
    const { email } = await room.account({ language: 'fr' });
    for (const address of [email, 'unknown@customers.test']) {
      await failTimes(address, 5);
      expect(await codeOf(room.browser().signIn(address, PASSWORD))).toBe('account_locked');
    }
    await room.letter(email, /Choisir un nouveau mot de passe/);
    const notice = await room.letter(email, /verrouillé pendant 30 minutes/);
    expect(notice.text).toContain('127.0.0.1');
    await room.settled();
    expect(room.mailTo(email)).toHaveLength(2);
    expect(room.mailTo('unknown@customers.test')).toEqual([]);
    await room.central.advance(30 * 60 + 1);
    expect(await codeOf(room.browser().signIn(email, PASSWORD))).toBe('no error');
  });

  test('at the portal leave the same address open at the staff’s door', async () => {
    const email = 'sales@test.comptoir.test';
    await failTimes(email, 5);
    expect(await codeOf(room.browser().signIn(email, PASSWORD))).toBe('account_locked');
    expect(await codeOf(room.central.client().auth.login({ email, password: PASSWORD }))).toBe('no error');
  });

  test('forty guesses at once are no more than five, and bring one notice', async () => {
    const { email } = await room.account();
    const guesses = Array.from({ length: 40 }, () => codeOf(room.browser().signIn(email, 'guess')));
    const answers = await Promise.all(guesses);
    expect(answers.filter((code) => code === 'invalid_credentials')).toHaveLength(5);
    expect(answers.filter((code) => code === 'account_locked')).toHaveLength(35);
    await room.letter(email, /is locked/);
    await room.settled();
    expect(room.mailTo(email)).toHaveLength(2);
  });

  test('count also where somebody who is signed in shows the current password', async () => {
    const { email } = await room.account();
    const browser = room.browser();
    await browser.signIn(email);
    const change = () => codeOf(browser.portal.account.changePassword({ password: 'wrong', newPassword: NEW }));
    for (let attempt = 0; attempt < 5; attempt++) expect(await change()).toBe('password_wrong');
    expect(await change()).toBe('account_locked');
    await room.letter(email, /is locked/);
  });

  test('are forgotten with the link that came: it opens the account at once', async () => {
    const { email } = await room.account();
    await failTimes(email, 5);
    const token = tokenIn(await room.letter(email, /Set a new password/));
    await room.browser().portal.auth.reset({ token, password: NEW });
    expect(await codeOf(room.browser().signIn(email, NEW))).toBe('no error');
  });
});
