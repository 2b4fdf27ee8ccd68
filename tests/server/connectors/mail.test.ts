import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { loadMailTemplates } from '../../../src/server/connectors/mail/templates.ts';
import { fileTransport, smtpTransport } from '../../../src/server/connectors/mail/transport.ts';
import { type MailServer, startMailServer } from '../../parts/smtp.ts';

const signal = () => AbortSignal.timeout(20_000);
const mail = {
  to: 'john@example.test',
  subject: 'Grüße, “John”',
  text: 'Hello',
  html: '<p>Hello</p>',
  key: 'job-7-task-6',
};
const folder = path.resolve(import.meta.dirname, '../../../resources/mail');

describe('SMTP', () => {
  let server: MailServer | undefined;
  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  test('a mail arrives whole, and its name is the task’s', async () => {
    server = await startMailServer();
    const transport = smtpTransport(server.url, 'Shop <shop@operator.test>');
    await transport.check(signal());
    const { messageId } = await transport.send(mail, signal());
    expect(messageId).toBe('<job-7-task-6@operator.test>');
    expect(server.received).toHaveLength(1);
    expect(server.received[0]).toMatchObject({ from: 'shop@operator.test', to: ['john@example.test'] });
    expect(server.received[0]?.raw).toContain('Message-ID: <job-7-task-6@operator.test>');
    expect(server.received[0]?.raw).toContain('text/html');
  });

  test('a recipient that is refused for good is a refusal', async () => {
    server = await startMailServer({
      onRcptTo: (_address, _session, done) => done(Object.assign(new Error('no such user'), { responseCode: 550 })),
    });
    await expect(smtpTransport(server.url).send(mail, signal())).rejects.toMatchObject({
      code: 'connector_refused',
      data: { responseCode: 550 },
    });
  });

  test('a server that asks to come back later counts as out of reach', async () => {
    server = await startMailServer({
      onMailFrom: (_address, _session, done) => done(Object.assign(new Error('try later'), { responseCode: 451 })),
    });
    await expect(smtpTransport(server.url).send(mail, signal())).rejects.toMatchObject({
      code: 'connector_unreachable',
    });
  });

  test('no server there is out of reach', async () => {
    server = await startMailServer();
    const { url } = server;
    await server.stop();
    server = undefined;
    await expect(smtpTransport(url).send(mail, signal())).rejects.toMatchObject({ code: 'connector_unreachable' });
    await expect(smtpTransport(url).check(signal())).rejects.toThrow();
  });

  test('something that is no mail server is out of reach', async () => {
    const web = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    const { port } = web.address() as { port: number };
    try {
      await expect(smtpTransport(`smtp://127.0.0.1:${port}`).send(mail, signal())).rejects.toMatchObject({
        code: 'connector_unreachable',
      });
    } finally {
      web.close();
    }
  });
});

test('without a server each mail is a file, and the same mail again replaces it', async () => {
  const place = await mkdtemp(path.join(os.tmpdir(), 'mail-'));
  try {
    const transport = fileTransport(path.join(place, 'mail'));
    await transport.check(signal());
    await transport.send(mail, signal());
    await transport.send({ ...mail, key: '../../escape' }, signal());
    await transport.send(mail, signal());
    const files = await readdir(path.join(place, 'mail'));
    expect(files.sort()).toEqual(['..-..-escape.eml', 'job-7-task-6.eml']);
    const text = await readFile(path.join(place, 'mail', 'job-7-task-6.eml'), 'utf8');
    expect(text).toContain('To: john@example.test\r\n');
  } finally {
    await rm(place, { recursive: true, force: true });
  }
});

describe('templates', () => {
  const values = {
    customer: { name: 'Zoë <b>O’Brien</b>' },
    product: { name: 'Mobile - 20 GB plan', period: 'month', recurring_amount: 1500, currency: 'GBP' },
    inventory: { mobile_number: { msisdn: '+447700900123' } },
    current: { id: 789, name: 'Mobile - +44 7700 900123', expiresOn: '2026-12-22', autoRenew: true },
  };

  test.each([
    ['en', 'Welcome: Mobile - +44 7700 900123', '£15.00 a month', '22 December 2026', 'Renews on'],
    ['fr', 'Bienvenue : Mobile - +44 7700 900123', '15,00 £GB par mois', '22 décembre 2026', 'Renouvellement le'],
    ['es', 'Bienvenida: Mobile - +44 7700 900123', '15,00 GBP al mes', '22 de diciembre de 2026', 'Se renueva el'],
    ['pt', 'Boas-vindas: Mobile - +44 7700 900123', '15,00 £ por mês', '22 de dezembro de 2026', 'Renova em'],
  ] as const)(
    'the welcome in %s names service, number, price and renewal',
    async (language, subject, price, day, renews) => {
      const templates = await loadMailTemplates(folder);
      const { subject: said, text, html } = templates.render('welcome', language, values);
      expect(said).toBe(subject);
      const plain = text.replaceAll(/\s/g, ' ');
      for (const part of ['Zoë <b>O’Brien</b>', '(789)', '+44 7700 900123', price, renews])
        expect(plain).toContain(part);
      expect(plain.toLowerCase()).toContain(day.toLowerCase());
      expect(html).toContain(`<html lang="${language}">`);
    },
  );

  test('a name can not become markup', async () => {
    const templates = await loadMailTemplates(folder);
    const { html } = templates.render('welcome', 'en', values);
    expect(html).toContain('Zoë &lt;b&gt;O’Brien&lt;/b&gt;');
    expect(html).not.toContain('<b>O’Brien');
    expect(html).toContain('<table>');
  });

  test('what does not apply is left out', async () => {
    const templates = await loadMailTemplates(folder);
    const bare = {
      ...values,
      inventory: {},
      product: { ...values.product, recurring_amount: null, period: null },
      current: { ...values.current, expiresOn: null },
    };
    const { text } = templates.render('welcome', 'en', bare);
    expect(text).not.toMatch(/Number|Price|Renews|Ends/);
  });

  test('a value that is missing fails with its name instead of sending half a mail', async () => {
    const templates = await loadMailTemplates(folder);
    expect(() => templates.render('welcome', 'en', { ...values, customer: {} })).toThrow(/customer\.name/);
  });

  test('every template exists in the four languages', async () => {
    const { names } = await loadMailTemplates(folder);
    expect([...names].sort()).toEqual(['add-on', 'welcome']);
  });
});
