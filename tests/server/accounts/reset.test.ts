import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD } from '../../parts/central.ts';
import { type AccountRoom, codeOf, openAccountRoom, tokenIn } from './account-room.ts';

const NEW = 'Brand!New7';
let room: AccountRoom;
beforeAll(async () => {
  room = await openAccountRoom();
});
afterAll(() => room.stop());

const ASKED = /Set a new password/;
const forgot = (email: string) => room.browser().portal.auth.forgot({ email });
const reset = (token: string, password = NEW) => codeOf(room.browser().portal.auth.reset({ token, password }));

describe('a forgotten password (AU-5)', () => {
  test('is answered alike whether anybody has the address; only who has it gets a link', async () => {
    const { email } = await room.account({ language: 'es' });
    const ask = (address: string) => room.browser().raw('POST', '/auth/forgot', { body: { email: address } });
    const [known, unknown] = [await ask(email.toUpperCase()), await ask('nobody@customers.test')];
    expect([known.status, known.text]).toEqual([202, '{"accepted":true}']);
    expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
    const letter = await room.letter(email, /Elegir una contraseña nueva/);
    expect(letter.text).toContain(`${room.central.url}/portal/reset#token=`);
    await room.settled();
    expect(room.mailTo('nobody@customers.test')).toEqual([]);
  });

  test('does the same work for a known address and an unknown one before it answers', async () => {
    const { email } = await room.account();
    const { db } = room.central;
    const written = async (address: string) => {
      await forgot(address);
      return db.selectFrom('mailLinks').select('hash').execute();
    };
    // Both requests are noted, and nothing else: the account is looked up afterwards, in the background.
    const before = await written('nobody-else@customers.test');
    await forgot(email);
    await room.letter(email, ASKED);
    expect(await db.selectFrom('mailLinks').select('hash').execute()).toHaveLength(before.length + 1);
  });

  test('sets a new one once, ends every session, and says so by mail', async () => {
    const { email } = await room.account();
    const signedIn = room.browser();
    await signedIn.signIn(email);
    await forgot(email);
    const token = tokenIn(await room.letter(email, ASKED));
    expect(await room.browser().portal.auth.checkReset({ token })).toEqual({
      kind: 'customer',
      purpose: 'reset',
      email,
    });
    expect(await reset(token)).toBe('no error');
    expect(await reset(token)).toBe('link_gone');
    expect(await codeOf(room.browser().portal.auth.checkReset({ token }))).toBe('link_gone');
    expect((await signedIn.raw('GET', '/me')).body).toMatchObject({ data: { reason: 'password_changed' } });
    expect(await codeOf(room.browser().signIn(email, PASSWORD))).toBe('invalid_credentials');
    expect(await codeOf(room.browser().signIn(email, NEW))).toBe('no error');
    await room.letter(email, /Your password was changed/);
  });

  test('a link lapses after an hour, and asking again voids the one before', async () => {
    const { email } = await room.account();
    await forgot(email);
    const first = tokenIn(await room.letter(email, ASKED));
    await forgot(email);
    const second = tokenIn(await room.letter(email, ASKED, 2));
    expect(await reset(first)).toBe('link_gone');
    await room.central.advance(3_601);
    expect(await reset(second)).toBe('link_gone');
    expect(await codeOf(room.browser().signIn(email))).toBe('no error');
  });

  test('a link used ten times at once is used once', async () => {
    const { email } = await room.account();
    await forgot(email);
    const token = tokenIn(await room.letter(email, ASKED));
    const passwords = Array.from({ length: 10 }, (_, index) => `Race!2026${index}`);
    const answers = await Promise.all(passwords.map((password) => reset(token, password)));
    expect(answers.filter((code) => code === 'no error')).toHaveLength(1);
    expect(answers.filter((code) => code === 'link_gone')).toHaveLength(9);
    const winner = passwords[answers.indexOf('no error')] ?? '';
    expect(await codeOf(room.browser().signIn(email, winner))).toBe('no error');
  });

  test('an account gets five links an hour, and nobody is told of more', async () => {
    const { email } = await room.account();
    for (let count = 0; count < 8; count++) expect(await forgot(email)).toEqual({ accepted: true });
    await room.letter(email, ASKED, 5);
    await room.settled();
    expect(room.mailTo(email)).toHaveLength(5);
    await room.central.advance(3_601);
    await forgot(email);
    await room.letter(email, ASKED, 6);
  });

  test('a link dies with the account, and a made-up one is none', async () => {
    const { email, id } = await room.account();
    await forgot(email);
    const token = tokenIn(await room.letter(email, ASKED));
    await room.central.db.updateTable('portalAccounts').set({ enabled: false }).where('id', '=', id).execute();
    expect(await reset(token)).toBe('link_gone');
    for (const made of ['x', 'cml_'.padEnd(47, 'A'), "' or 1=1 --"]) expect(await reset(made)).toBe('link_gone');
  });

  test('a password that is too weak uses no link up, and says which rules it breaks (AU-3)', async () => {
    const { email } = await room.account();
    await forgot(email);
    const token = tokenIn(await room.letter(email, ASKED));
    const { status, body } = await room.browser().raw('POST', '/auth/reset', { body: { token, password: 'short' } });
    expect([status, body.code]).toEqual([422, 'invalid_input']);
    expect(body.data.issues.map(({ message }: { message: string }) => message).sort()).toEqual([
      'digit',
      'length',
      'special',
      'upper',
    ]);
    expect(await reset(token)).toBe('no error');
  });

  test('tokens and passwords are in no log and no audit line, and only hashes in the database', async () => {
    const { email } = await room.account();
    await forgot(email);
    const token = tokenIn(await room.letter(email, ASKED));
    await reset(token, 'Secret!Word9');
    await room.settled();
    const { db } = room.central;
    const kept = JSON.stringify([
      await db.selectFrom('mailLinks').selectAll().execute(),
      await db.selectFrom('mailOutbox').selectAll().execute(),
      await db.selectFrom('auditEntries').selectAll().execute(),
    ]);
    expect(kept).not.toContain(token);
    expect(kept).not.toContain('Secret!Word9');
  });

  test('a name that is markup stays text in the mail', async () => {
    const { email } = await room.account({ name: '<img src=x onerror=alert(1)> "Zoë" & Co' });
    await forgot(email);
    const { raw, text } = await room.letter(email, ASKED);
    expect(text).toContain('<img src=x onerror=alert(1)>');
    const html = raw.slice(raw.indexOf('text/html')).replaceAll('=\r\n', '').replaceAll('=3D', '=');
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });
});

describe('another address (AU-4)', () => {
  const ask = (browser: ReturnType<AccountRoom['browser']>, email: string, password = PASSWORD) =>
    browser.portal.account.changeEmail({ email, password });

  test('takes the password, a link to the new address, and tells the old one', async () => {
    const { email, contactId } = await room.account();
    const browser = room.browser();
    await browser.signIn(email);
    expect(await codeOf(ask(browser, 'new.one@customers.test', 'wrong'))).toBe('password_wrong');
    expect(await ask(browser, 'New.One@customers.test')).toEqual({ pendingEmail: 'new.one@customers.test' });
    expect((await browser.portal.me()).account).toMatchObject({ email, pendingEmail: 'new.one@customers.test' });
    const notice = await room.letter(email, /new e-mail address was asked for/);
    expect(notice.text).toContain('n…@customers.test');
    const token = tokenIn(await room.letter('new.one@customers.test', /Confirm your new e-mail/));
    const verify = () => room.browser().portal.auth.verifyEmail({ token });
    expect(await verify()).toEqual({ email: 'new.one@customers.test' });
    expect(await codeOf(verify())).toBe('link_gone');
    expect((await browser.portal.me()).account).toMatchObject({ email: 'new.one@customers.test', pendingEmail: null });
    await room.letter(email, /Your e-mail address was changed/);
    expect(await codeOf(room.browser().signIn('new.one@customers.test'))).toBe('no error');
    expect(await codeOf(room.browser().signIn(email))).toBe('invalid_credentials');
    const contact = await room.central.db
      .selectFrom('contacts')
      .select('email')
      .where('id', '=', contactId)
      .executeTakeFirst();
    expect(contact?.email).toBe('new.one@customers.test');
  });

  test('that somebody else has is answered as any other; its owner is told, and nobody gets a link', async () => {
    const [mine, theirs] = [await room.account(), await room.account()];
    const browser = room.browser();
    await browser.signIn(mine.email);
    expect(await ask(browser, theirs.email)).toEqual({ pendingEmail: theirs.email });
    expect((await browser.portal.me()).account?.pendingEmail).toBe(theirs.email);
    const letter = await room.letter(theirs.email, /already has an account/);
    expect(letter.text).not.toContain('#token=');
    await room.settled();
    expect(room.mailTo(theirs.email)).toHaveLength(1);
  });

  test('that two want goes to the first who opens the link', async () => {
    const [one, two] = [await room.account(), await room.account()];
    const tokens: string[] = [];
    for (const [index, { email }] of [one, two].entries()) {
      const browser = room.browser();
      await browser.signIn(email);
      await ask(browser, 'wanted@customers.test');
      tokens.push(tokenIn(await room.letter('wanted@customers.test', /Confirm your new e-mail/, index + 1)));
    }
    const answers = await Promise.all(tokens.map((token) => codeOf(room.browser().portal.auth.verifyEmail({ token }))));
    expect(answers.sort()).toEqual(['email_taken', 'no error']);
  });

  test('that is let go, asked for anew, or a day old can not be confirmed any more', async () => {
    const { email } = await room.account();
    const browser = room.browser();
    await browser.signIn(email, PASSWORD, { remember: true });
    const tokenTo = async (to: string) => {
      await ask(browser, to);
      return tokenIn(await room.letter(to, /Confirm your new e-mail/));
    };
    const first = await tokenTo('first@customers.test');
    await browser.portal.account.cancelEmail();
    expect((await browser.portal.me()).account?.pendingEmail).toBeNull();
    const second = await tokenTo('second@customers.test');
    const third = await tokenTo('third@customers.test');
    await room.central.advance(24 * 3600 + 1);
    for (const token of [first, second, third])
      expect(await codeOf(room.browser().portal.auth.verifyEmail({ token }))).toBe('link_gone');
  });

  test('a password link that went to the old address dies with the move', async () => {
    const { email } = await room.account();
    const browser = room.browser();
    await browser.signIn(email);
    await ask(browser, 'moved@customers.test');
    const verify = tokenIn(await room.letter('moved@customers.test', /Confirm your new e-mail/));
    await forgot(email);
    const old = tokenIn(await room.letter(email, ASKED));
    await browser.portal.auth.verifyEmail({ token: verify });
    expect(await reset(old)).toBe('link_gone');
  });
});

describe('changing the password (AU-4)', () => {
  test('ends every other session, keeps this one, and tells the owner where from', async () => {
    const { email } = await room.account();
    const [here, there] = [room.browser({ headers: { 'user-agent': FIREFOX } }), room.browser()];
    await here.signIn(email);
    await there.signIn(email);
    await here.portal.account.changePassword({ password: PASSWORD, newPassword: NEW });
    expect((await here.raw('GET', '/me')).status).toBe(200);
    expect((await there.raw('GET', '/me')).body).toMatchObject({ data: { reason: 'password_changed' } });
    expect((await room.letter(email, /Your password was changed/)).text).toContain('Firefox · Windows');
  });
});

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0';
