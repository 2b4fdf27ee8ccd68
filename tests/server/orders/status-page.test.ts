import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OrderStatus } from '#core/domain/provisioning.ts';
import { chooseLanguage, statusTexts } from '../../../src/server/orders/status-texts.ts';
import { rawCall, startTestCentral, type TestCentral } from '../../parts/central.ts';
import { endOfJob, orderPlan } from '../provisioning/ordering.ts';

let central: TestCentral;
const said: string[] = [];
beforeAll(async () => {
  const log = pino({ level: 'debug' }, { write: (line) => void said.push(line) });
  central = await startTestCentral({ demo: 'small', rateLimit: 10_000, log });
});
afterAll(() => central?.stop());

const newToken = () => randomBytes(24).toString('base64url');
const look = (token: string, headers: Record<string, string> = {}, query = '') =>
  rawCall(central.url, 'GET', `/status/${token}${query}`, { headers });

/** The steps of a page as people read them: state and words of each. */
const stepsOf = (html: string) =>
  [...html.matchAll(/<li class="(\w+)".*?class="step">(.*?)<\/span>/g)].map(([, mark, step]) => `${mark}: ${step}`);

async function orderWith(statusToken: string) {
  const staff = await central.asSales();
  const order = await orderPlan(staff, 'mobile-20gb', { statusToken });
  await endOfJob(staff, order.provisioningJobId);
  return order;
}

const turnTo = (id: number, status: OrderStatus) =>
  central.db.updateTable('orders').set({ status }).where('id', '=', id).execute();

describe('the status page', () => {
  test('goes from the shop over head office to the network, and names the plan', async () => {
    const token = newToken();
    const unknown = await look(token);
    expect(unknown.status).toBe(200);
    expect(unknown.text).toContain('Head office does not have it yet');
    const [saved, accepted, live] = ['Saved in the shop', 'Accepted by head office', 'Live on the network'];
    expect(stepsOf(unknown.text)).toEqual([`done: ${saved}`, `now: ${accepted}`, `next: ${live}`]);

    const { id, productName } = await orderWith(token);
    const active = await look(token);
    expect(stepsOf(active.text)).toEqual([`done: ${saved}`, `done: ${accepted}`, `done: ${live}`]);
    expect(active.text).toContain(productName);
    expect(active.text.match(/<time datetime="\d{4}-\d\d-\d\dT/g)).toHaveLength(3);
    expect(active.text).not.toContain('Check again');

    await turnTo(id, 'provisioning');
    expect(stepsOf((await look(token)).text)).toEqual([`done: ${saved}`, `done: ${accepted}`, `now: ${live}`]);
    await turnTo(id, 'failed');
    const failed = await look(token);
    expect(stepsOf(failed.text)).toEqual([`done: ${saved}`, `done: ${accepted}`, `stopped: ${live}`]);
    expect(failed.text).toContain('Check again');
  });

  test('tells nothing about the customer, nor the shop’s numbers', async () => {
    const token = newToken();
    const order = await orderWith(token);
    const { text } = await look(token);
    for (const secret of [order.customerName, 'John', '+44', '8944', `${order.id}`, order.draftId, token])
      expect(text.replace(/datetime="[^"]*"|\d\d:\d\d|\d{4}/g, '')).not.toMatch(
        new RegExp(`(?<!\\w)${secret.replace('+', '\\+')}(?!\\w)`),
      );
  });

  test('is kept by nobody, found by no search engine, runs no script and shows no frame', async () => {
    const { headers, text } = await look(newToken());
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(text).toContain('<meta name="robots" content="noindex, nofollow">');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toContain('script-src');
    expect(text).not.toMatch(/<script|style=|onload|http:|https:/);
  });

  test('a token that can be none is told so, and nothing of it comes back', async () => {
    for (const token of [
      'short',
      '%3Cscript%3Ealert(1)%3C%2Fscript%3Eaaaaaaaaaa',
      'x'.repeat(65),
      `${'a'.repeat(25)}%27`,
    ]) {
      const { status, text } = await look(token);
      expect([status, text.includes('This address is not complete')]).toEqual([404, true]);
      expect(text).not.toContain('alert');
    }
  });

  test('its token is in no line of the log', async () => {
    const token = newToken();
    await look(token, {}, '?lang=fr');
    expect(said.some((line) => line.includes('/status/…'))).toBe(true);
    expect(said.join('')).not.toContain(token);
  });

  test('may be asked for so many times a minute, and then says so in words', async () => {
    const answers = await Promise.all(Array.from({ length: 140 }, () => look(newToken())));
    const last = answers.filter(({ status }) => status === 429);
    expect(last.length).toBeGreaterThan(0);
    expect(last[0]?.text).toContain('Look again in a minute');
    expect(last[0]?.headers.get('content-type')).toContain('text/html');
    expect((await rawCall(central.url, 'GET', '/health/live')).status).toBe(200);
    expect((await rawCall(central.url, 'GET', '/status/style.css')).status).toBe(200);
  });
});

describe('its language', () => {
  test('is the reader’s, or the one asked for', async () => {
    expect(chooseLanguage(undefined, 'fr-CA,fr;q=0.9,en;q=0.8')).toBe('fr');
    expect(chooseLanguage(undefined, 'de, es;q=0.5, pt;q=0.7')).toBe('pt');
    expect(chooseLanguage(undefined, 'en;q=0, *')).toBe('en');
    expect(chooseLanguage('es', 'fr')).toBe('es');
    expect(chooseLanguage('<script>', 'PT-br')).toBe('pt');
    expect(chooseLanguage(['fr'], undefined)).toBe('en');
    expect(chooseLanguage(undefined, ';;q=,,=')).toBe('en');
  });

  test('every language says all that English says, and no sentence twice', async () => {
    const flat = (value: object, path = ''): [string, string][] =>
      Object.entries(value).flatMap(([key, text]) =>
        typeof text === 'string' ? [[`${path}${key}`, text] as [string, string]] : flat(text, `${path}${key}.`),
      );
    const english = new Map(flat(statusTexts.en));
    for (const [language, texts] of Object.entries(statusTexts)) {
      const entries = flat(texts);
      expect(entries.map(([key]) => key)).toEqual([...english.keys()]);
      for (const [key, text] of entries) {
        expect(text.trim(), `${language} ${key}`).not.toBe('');
        expect(text.includes('{time}'), `${language} ${key}`).toBe(key === 'asOf');
        if (language !== 'en' && key.endsWith('detail')) expect(text, `${language} ${key}`).not.toBe(english.get(key));
      }
    }
    const file = path.join(import.meta.dirname, '../../../resources/status/fr.json');
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(statusTexts.fr);
  });
});
