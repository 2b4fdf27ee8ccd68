import { generateSync } from 'otplib';
import { hashPassword } from '../../../src/server/access/passwords.ts';
import { PASSWORD, startTestCentral, type TestCentral } from '../../parts/central.ts';
import { type PortalBrowser, type PortalBrowserOptions, portalClientOf } from '../../parts/portal.ts';
import { type MailServer, startMailServer } from '../../parts/smtp.ts';
import { waitUntil } from '../../parts/wait.ts';

export interface Letter {
  readonly subject: string;
  /** Its plain text, decoded. */
  readonly text: string;
  readonly raw: string;
}

export interface TestAccount {
  readonly id: number;
  readonly contactId: number;
  readonly customerId: number;
  readonly email: string;
}

/** A central with a mail server of its own, and customers who sign in. */
export interface AccountRoom {
  readonly central: TestCentral;
  readonly smtp: MailServer;
  browser(options?: PortalBrowserOptions): PortalBrowser;
  /** A customer with a contact and an account; each call makes another. */
  account(options?: { name?: string; language?: 'en' | 'fr' | 'es' | 'pt' }): Promise<TestAccount>;
  /** Mail to an address so far, the oldest first. */
  mailTo(email: string): Letter[];
  /** Waits until so many came to an address whose subject is like this; gives the last of them. */
  letter(email: string, subject: RegExp, count?: number): Promise<Letter>;
  /** Waits until nothing is asked for and nothing waits to be sent. */
  settled(): Promise<void>;
  /** A code of an authenticator whose clock is so many seconds off. */
  code(secret: string, offSeconds?: number): string;
  stop(): Promise<void>;
}

let made = 0;

export async function openAccountRoom(): Promise<AccountRoom> {
  const smtp = await startMailServer();
  const central = await startTestCentral({ env: { SMTP_URL: smtp.url } });
  const { db } = central;
  const mailTo = (email: string) =>
    smtp.received.filter(({ to }) => to.includes(email)).map(({ raw }) => letterOf(raw));
  const isSettled = async () => {
    const asked = await db.selectFrom('resetRequests').select('id').execute();
    const waiting = await db
      .selectFrom('mailOutbox')
      .select('id')
      .where('sentAt', 'is', null)
      .where('givenUpAt', 'is', null)
      .execute();
    return asked.length + waiting.length === 0;
  };
  return {
    central,
    smtp,
    mailTo,
    browser: (options) => portalClientOf(central.url, options),
    account: (options) => makeAccount(central, options),
    letter: (email, subject, count = 1) =>
      waitUntil(() => {
        const found = mailTo(email).filter((letter) => subject.test(letter.subject));
        return found.length >= count ? found.at(-1) : undefined;
      }, `mail ${count} about ${subject} to ${email}`) as Promise<Letter>,
    settled: () => waitUntil(isSettled, 'that all mail is out') as Promise<unknown> as Promise<void>,
    code: (secret, off = 0) =>
      generateSync({ secret, epoch: Math.floor(central.central.deps.clock.now().getTime() / 1000) + off }),
    stop: async () => {
      await central.stop();
      await smtp.stop();
    },
  };
}

async function makeAccount(
  { db, central }: TestCentral,
  { name = 'Zoë Martin', language = 'en' }: { name?: string; language?: 'en' | 'fr' | 'es' | 'pt' } = {},
): Promise<TestAccount> {
  const now = central.deps.clock.now();
  const email = `person.${++made}@customers.test`;
  const { id: customerId } = await db
    .insertInto('customers')
    .values({
      ...{ name, type: 'individual', email, phone: null, taxIdentifier: null, language },
      ...{ createdAt: now, searchText: name.toLowerCase() },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { id: contactId } = await db
    .insertInto('contacts')
    .values({ customerId, name, email, phone: null, roles: ['primary'], hasLogin: true })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { id } = await db
    .insertInto('portalAccounts')
    .values({ contactId, customerId, email, passwordHash: await hashPassword(PASSWORD), createdAt: now })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, contactId, customerId, email };
}

/** The token of the link in a letter. */
export function tokenIn({ text }: Letter): string {
  const found = /#token=([\w-]+)/.exec(text)?.[1];
  if (found === undefined) throw new Error(`no link in:\n${text}`);
  return found;
}

function letterOf(raw: string): Letter {
  const [head = ''] = raw.split('\r\n\r\n');
  const subject = decodeWords(/^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(head)?.[1] ?? '');
  const plain = raw.split(/^--/m).find((part) => /content-type: text\/plain/i.test(part)) ?? '';
  const [partHead = '', ...body] = plain.split('\r\n\r\n');
  const text = body.join('\r\n\r\n');
  if (/base64/i.test(partHead)) return { raw, subject, text: Buffer.from(text, 'base64').toString('utf8') };
  return { raw, subject, text: /quoted-printable/i.test(partHead) ? unquote(text.replaceAll('=\r\n', '')) : text };
}

function decodeWords(text: string): string {
  return text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?(q|b)\?(.*?)\?=/gi, (_, form: string, body: string) =>
      form.toLowerCase() === 'b' ? Buffer.from(body, 'base64').toString('utf8') : unquote(body.replaceAll('_', ' ')),
    );
}

function unquote(text: string): string {
  return text.replaceAll(/(?:=[0-9A-F]{2})+/gi, (bytes) =>
    Buffer.from(bytes.replaceAll('=', ''), 'hex').toString('utf8'),
  );
}

/** The code of the error that a promise rejects with. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'no error';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}
