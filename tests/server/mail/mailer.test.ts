import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { loadMailTemplates } from '../../../src/server/connectors/mail/templates.ts';
import { systemActor } from '../../../src/server/context.ts';
import { inTransaction } from '../../../src/server/http/transaction.ts';
import { createMailer } from '../../../src/server/mail/mailer.ts';
import type { NoticeName, Notices } from '../../../src/server/mail/notices.ts';
import { startTestCentral, type TestCentral, type TestCentralOptions } from '../../parts/central.ts';
import { createTestDatabase, type TestDatabase } from '../../parts/database.ts';
import { type MailServer, type MailServerOptions, startMailServer } from '../../parts/smtp.ts';
import { waitUntil } from '../../parts/wait.ts';

const RESOURCES = path.resolve(import.meta.dirname, '../../../resources/mail');
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function mailServer(options?: MailServerOptions): Promise<MailServer> {
  const server = await startMailServer(options);
  closers.push(() => server.stop());
  return server;
}
async function startCentral(options: TestCentralOptions): Promise<TestCentral> {
  const central = await startTestCentral(options);
  closers.push(() => central.stop());
  return central;
}

const reset = { template: 'password-reset', to: 'zoe@example.test', language: 'fr' } as const;
const values = { name: 'Zoë <b>O’Brien</b>', link: 'https://central.test/portal/reset#token=secret-1' };

function post({ central }: TestCentral, work?: () => void): Promise<void> {
  return inTransaction(central.deps.background(), systemActor, async (context) => {
    await central.mailer.post(context, { ...reset, values });
    work?.();
  });
}
const outbox = ({ db }: TestCentral) => db.selectFrom('mailOutbox').selectAll().execute();

describe('mail that is not a playbook’s', () => {
  test('goes out after its transaction, in the language asked for, and leaves nothing readable behind', async () => {
    const smtp = await mailServer();
    const central = await startCentral({ env: { SMTP_URL: smtp.url } });
    await post(central);
    await waitUntil(() => smtp.received.length === 1, 'the mail');
    expect(smtp.received[0]?.to).toEqual(['zoe@example.test']);
    expect(smtp.received[0]?.raw).toContain('Bonjour Zo');
    await waitUntil(async () => (await outbox(central))[0]?.sentAt !== null, 'that it is noted');
    expect((await outbox(central))[0]).toMatchObject({ sealed: null, attempts: 1, error: null });
  });

  test('is not sent when the transaction that tells of it fails', async () => {
    const smtp = await mailServer();
    const central = await startCentral({ env: { SMTP_URL: smtp.url } });
    const failing = post(central, () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await post(central);
    await waitUntil(() => smtp.received.length === 1, 'the mail of the one that succeeded');
    expect(await outbox(central)).toHaveLength(1);
  });

  test('while it waits, neither address nor link can be read in the database', async () => {
    const central = await startCentral({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } });
    await post(central);
    const text = JSON.stringify(await outbox(central));
    expect(text).not.toContain('zoe@');
    expect(text).not.toContain('secret-1');
  });

  test('that a server puts off is tried again, later each time', async () => {
    let refusals = 2;
    const smtp = await mailServer({
      onMailFrom: (_address, _session, done) =>
        done(refusals-- > 0 ? Object.assign(new Error('try later'), { responseCode: 451 }) : undefined),
    });
    const central = await startCentral({ env: { SMTP_URL: smtp.url } });
    await post(central);
    for (const attempts of [1, 2]) {
      await waitUntil(async () => {
        const [mail] = await outbox(central);
        return mail?.attempts === attempts && mail.error !== null;
      }, `failure ${attempts}`);
      expect(smtp.received).toHaveLength(0);
      await central.advance(3600);
      central.central.mailer.wake();
    }
    await waitUntil(() => smtp.received.length === 1, 'the mail');
  });

  test('that is refused for good is given up, and its link forgotten', async () => {
    const smtp = await mailServer({
      onRcptTo: (_address, _session, done) => done(Object.assign(new Error('no such user'), { responseCode: 550 })),
    });
    const central = await startCentral({ env: { SMTP_URL: smtp.url } });
    await post(central);
    await waitUntil(async () => (await outbox(central))[0]?.givenUpAt !== null, 'that it is given up');
    expect((await outbox(central))[0]).toMatchObject({ sealed: null, attempts: 1 });
    expect((await outbox(central))[0]?.error).toContain('no such user');
  });

  test('that was written before a crash is sent by whichever central comes next, once', async () => {
    const database: TestDatabase = await createTestDatabase();
    closers.push(() => database.drop());
    const first = await startTestCentral({ databaseUrl: database.url, env: { SMTP_URL: 'smtp://127.0.0.1:1' } });
    await post(first);
    await waitUntil(async () => (await outbox(first))[0]?.error !== null, 'the failure');
    await first.advance(3600);
    await first.stop();
    const smtp = await mailServer();
    const second = await startCentral({ databaseUrl: database.url, env: { SMTP_URL: smtp.url } });
    await waitUntil(async () => (await outbox(second))[0]?.sentAt !== null, 'that it is sent');
    expect(smtp.received).toHaveLength(1);
  });

  test('is sent once, however many centrals look for it at the same time', async () => {
    const smtp = await mailServer();
    const central = await startCentral({ env: { SMTP_URL: smtp.url } });
    const others = await Promise.all([1, 2, 3].map(() => createMailer(central.central.deps)));
    for (const mailer of others) {
      await mailer.start();
      closers.push(() => mailer.stop());
    }
    const wakeAll = () => {
      for (const mailer of others) mailer.wake();
    };
    for (let count = 0; count < 25; count++) await post(central, wakeAll);
    wakeAll();
    await waitUntil(async () => (await outbox(central)).every(({ sentAt }) => sentAt !== null), 'that all are sent');
    expect(smtp.received).toHaveLength(25);
  });
});

const at = '2026-11-26T10:15:00.000Z';
const person = { name: '<script>alert(1)</script> & "Co"' };
const where = { ...person, at, device: 'Firefox · Linux', ip: '192.0.2.7', forgotLink: 'https://c.test/portal/forgot' };
const link = 'https://c.test/portal/reset#token=x';
const samples: { [N in NoticeName]: Notices[N][] } = {
  'password-reset': [{ ...person, link }],
  'account-locked': (['password', 'code'] as const).map((step) => ({ ...person, step, until: at, ip: '192.0.2.7' })),
  'new-device': [where, { ...where, device: '' }],
  'verify-email': [{ ...person, link, email: 'new@example.test' }],
  'email-in-use': [{ ...person, email: 'new@example.test' }],
  'email-changed-notice': (['asked', 'changed'] as const).map((state) => ({
    ...person,
    state,
    email: 'n…@e.test',
    at,
  })),
  'password-changed': [where],
  'portal-invitation': [{ ...person, link, email: 'new@example.test' }],
  'two-factor-changed': (['on', 'off', 'codes', 'reset'] as const).map((change) => ({ ...person, change, at })),
  impersonation: [
    {
      ...person,
      staffName: 'Sue <i>',
      reason: '<script>x</script>',
      at,
      activityLink: 'https://c.test/portal/activity',
    },
  ],
};

describe('the texts of account mail', () => {
  test('exist for every notice in four languages, greet by name, and let no name become markup', async () => {
    const templates = await loadMailTemplates(path.join(RESOURCES, 'account'), RESOURCES);
    expect([...templates.names].sort()).toEqual(Object.keys(samples).sort());
    for (const [name, all] of Object.entries(samples)) {
      for (const language of ['en', 'fr', 'es', 'pt'] as const) {
        for (const sample of all) {
          const { subject, text, html } = templates.render(name, language, { ...sample });
          expect(subject.length).toBeGreaterThan(10);
          expect(text).toContain(person.name);
          expect(html).not.toContain('<script>');
          expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
          if ('link' in sample) for (const form of [text, html]) expect(form).toContain(sample.link);
          if ('at' in sample) expect(text).toMatch(/2026.*10:15.*UTC/);
        }
      }
    }
  });

  test('every language says something of its own', async () => {
    const files = (await readdir(path.join(RESOURCES, 'account'))).filter((file) => file.endsWith('txt.liquid'));
    const texts = await Promise.all(files.map((file) => readFile(path.join(RESOURCES, 'account', file), 'utf8')));
    expect(new Set(texts.map((text) => text.split('\n')[0])).size).toBe(files.length);
  });
});
