import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD } from '../../parts/central.ts';
import type { PortalBrowser } from '../../parts/portal.ts';
import { type AccountRoom, codeOf, openAccountRoom, type TestAccount } from './account-room.ts';

let room: AccountRoom;
beforeAll(async () => {
  room = await openAccountRoom();
});
afterAll(() => room.stop());

interface Protected extends TestAccount {
  readonly browser: PortalBrowser;
  readonly secret: string;
  readonly backupCodes: string[];
}

/** An account with two-factor sign-in on; the clock then moves on, so that the next code is a new one. */
async function protectedAccount(): Promise<Protected> {
  const account = await room.account();
  const browser = room.browser();
  await browser.signIn(account.email);
  const { twoFactor } = browser.portal.account;
  const { secret } = await twoFactor.begin({ password: PASSWORD });
  const { backupCodes } = await twoFactor.confirm({ code: room.code(secret) });
  await room.central.advance(60);
  return { ...account, browser, secret, backupCodes };
}
const signIn = ({ email }: TestAccount, otp?: string) =>
  codeOf(room.browser().signIn(email, PASSWORD, otp === undefined ? {} : { otp }));

describe('two-factor sign-in (AU-7)', () => {
  test('counts once a first code was right; from then on a code is asked for after the password', async () => {
    const account = await room.account();
    const browser = room.browser();
    await browser.signIn(account.email);
    const { twoFactor } = browser.portal.account;
    expect(await codeOf(twoFactor.begin({ password: 'wrong' }))).toBe('password_wrong');
    const { secret, otpauthUri } = await twoFactor.begin({ password: PASSWORD });
    expect(otpauthUri).toBe(
      `otpauth://totp/Comptoir:${encodeURIComponent(account.email)}?secret=${secret}&issuer=Comptoir`,
    );
    expect(await signIn(account)).toBe('no error');
    expect(await codeOf(twoFactor.confirm({ code: '000000' }))).toBe('otp_invalid');
    const { backupCodes } = await twoFactor.confirm({ code: room.code(secret) });
    expect(new Set(backupCodes).size).toBe(10);
    expect(await twoFactor.get()).toMatchObject({ enabled: true, backupCodesLeft: 10 });
    expect((await browser.portal.me()).account?.twoFactor).toBe(true);
    expect(await codeOf(twoFactor.begin({ password: PASSWORD }))).toBe('two_factor_state');
    await room.letter(account.email, /Two-factor sign-in is on/);
    expect(await signIn(account)).toBe('otp_required');
    await room.central.advance(30);
    expect(await signIn(account, room.code(secret))).toBe('no error');
  });

  test('asks nobody for a code who has not given the right password', async () => {
    const { email, secret } = await protectedAccount();
    for (const otp of [undefined, room.code(secret), '123456']) {
      const more = otp === undefined ? {} : { otp };
      expect(await codeOf(room.browser().signIn(email, 'wrong', more))).toBe('invalid_credentials');
    }
  });

  test.each([
    [20, 'no error'],
    [-20, 'no error'],
    [300, 'otp_invalid'],
    [-300, 'otp_invalid'],
  ])('a clock that is %i seconds off: %s', async (off, expected) => {
    const account = await protectedAccount();
    expect(await signIn(account, room.code(account.secret, off))).toBe(expected);
  });

  test('takes no code twice, not even ten times at once, and none older than the last', async () => {
    const account = await protectedAccount();
    const older = room.code(account.secret, -30);
    const code = room.code(account.secret);
    const answers = await Promise.all(Array.from({ length: 4 }, () => signIn(account, code)));
    expect(answers.sort()).toEqual(['no error', 'otp_invalid', 'otp_invalid', 'otp_invalid']);
    expect(await signIn(account, older)).toBe('otp_invalid');
  });

  test('a backup code works once, also for two at once, however it is typed', async () => {
    const account = await protectedAccount();
    const [first = '', second = ''] = account.backupCodes;
    const answers = await Promise.all([signIn(account, first), signIn(account, first)]);
    expect(answers.sort()).toEqual(['no error', 'otp_invalid']);
    expect(await signIn(account, ` ${second.toLowerCase().replace('-', ' ')} `)).toBe('no error');
    expect(await account.browser.portal.account.twoFactor.get()).toMatchObject({ backupCodesLeft: 8 });
  });

  test('five wrong codes lock the second step for 30 minutes, backup codes too, and the owner is told', async () => {
    const account = await protectedAccount();
    for (const otp of ['000000', 'AAAAA-AAAAA', '111111', 'BBBBB-BBBBB', '222222'])
      expect(await signIn(account, otp)).toBe('otp_invalid');
    expect(await signIn(account, room.code(account.secret))).toBe('account_locked');
    expect(await signIn(account, account.backupCodes[0])).toBe('account_locked');
    expect(await signIn(account)).toBe('account_locked');
    expect((await room.letter(account.email, /is locked/)).text).toContain('five wrong one-time codes');
    await room.central.advance(30 * 60 + 1);
    expect(await signIn(account, room.code(account.secret))).toBe('no error');
  });

  test('forty guesses of a code at once are no more than five', async () => {
    const account = await protectedAccount();
    const guesses = Array.from({ length: 40 }, (_, index) => signIn(account, String(100_000 + index)));
    const answers = await Promise.all(guesses);
    expect(answers.filter((code) => code === 'otp_invalid').length).toBeLessThanOrEqual(5);
    expect(answers).not.toContain('no error');
  });

  test('new backup codes void the old ones', async () => {
    const account = await protectedAccount();
    const { twoFactor } = account.browser.portal.account;
    const { backupCodes } = await twoFactor.renewBackupCodes({ code: room.code(account.secret) });
    expect(await signIn(account, account.backupCodes[0])).toBe('otp_invalid');
    expect(await signIn(account, backupCodes[0])).toBe('no error');
  });

  test('is switched off with password and code together only', async () => {
    const account = await protectedAccount();
    const { twoFactor } = account.browser.portal.account;
    const code = room.code(account.secret);
    expect(await codeOf(twoFactor.disable({ password: 'wrong', code }))).toBe('password_wrong');
    expect(await codeOf(twoFactor.disable({ password: PASSWORD, code: '000000' }))).toBe('otp_invalid');
    await twoFactor.disable({ password: PASSWORD, code });
    expect(await signIn(account)).toBe('no error');
    await room.letter(account.email, /Two-factor sign-in is off/);
  });

  test('outlives a new password by mail: the mailbox alone opens nothing', async () => {
    const account = await protectedAccount();
    await room.browser().portal.auth.forgot({ email: account.email });
    const letter = await room.letter(account.email, /Set a new password/);
    const token = /#token=([\w-]+)/.exec(letter.text)?.[1] ?? '';
    await room.browser().portal.auth.reset({ token, password: 'Brand!New7' });
    expect(await codeOf(room.browser().signIn(account.email, 'Brand!New7'))).toBe('otp_required');
  });

  test('keeps neither secret nor backup codes readable in the database', async () => {
    const account = await protectedAccount();
    const { db } = room.central;
    const kept = JSON.stringify([
      await db.selectFrom('twoFactors').selectAll().execute(),
      await db.selectFrom('backupCodes').selectAll().execute(),
      await db.selectFrom('auditEntries').selectAll().execute(),
    ]);
    expect(kept).not.toContain(account.secret);
    for (const code of account.backupCodes) expect(kept).not.toContain(code);
  });
});
