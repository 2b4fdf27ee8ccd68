import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Brand, defaultBrand } from '#core/domain/portal.ts';
import { type CentralClient, clientOf, rawCall, startTestCentral, type TestCentral } from '../../parts/central.ts';

let central: TestCentral;
let admin: CentralClient;
beforeAll(async () => {
  central = await startTestCentral();
  admin = await central.asAdmin();
});
afterAll(() => central.stop());

const base64 = (bytes: string | Buffer) => Buffer.from(bytes as string, 'latin1').toString('base64');
const svg = (text: string) => `data:image/svg+xml;base64,${base64(text)}`;
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

async function save(part: Partial<Brand>) {
  const { version } = await admin.portal.brand();
  return admin.portal.changeBrand({ version, brand: { ...defaultBrand, ...part } });
}

/** As sent by a program that keeps to no schema. */
async function saveRaw(part: Record<string, unknown>) {
  const { version } = await admin.portal.brand();
  const { key } = await admin.apiKeys.create({ name: 'Look', permissions: ['manage_portal'] });
  return rawCall(central.url, 'PUT', '/api/v1/portal/brand', {
    headers: { 'x-api-key': key },
    body: { version, brand: { ...defaultBrand, ...part } },
  });
}

function shown(query = '', headers: Record<string, string> = {}) {
  return rawCall(central.url, 'GET', `/portal/api/v1/brand${query}`, { headers });
}

describe('the look of the portal', () => {
  test('is the portal’s own until somebody changes it', async () => {
    expect(await admin.portal.brand()).toEqual({
      ...{ brand: defaultBrand, version: 0, changedAt: null, changedBy: null, previous: null },
      portalUrl: `${central.url}/portal/`,
    });
    expect((await shown()).body).toEqual({
      ...{ name: 'Comptoir', logo: null, colours: defaultBrand.colours, language: 'en' },
      ...{ hidden: [], redirects: {}, texts: {}, cssUrl: null },
    });
  });

  test('a change is shown to everybody in a few seconds, kept with who made it, and what was before stays to go back to', async () => {
    const before = (await admin.portal.brand()).brand;
    const brand: Brand = {
      ...{ name: 'Télé Été', logo: PIXEL, css: '.card{color:red}', hidden: ['usage'] },
      colours: { primary: '#aa0000', background: '#ffffff', text: '#000000' },
      redirects: { support: 'https://shop.example/aide?x=1' },
      texts: { fr: { 'dashboard:title': 'Accueil' }, en: { 'dashboard:title': 'Home' } },
      frameOrigins: ['https://shop.example'],
    };
    const changed = await save(brand);
    expect(changed).toMatchObject({ brand, previous: before, changedBy: 'Ada Admin', changedAt: expect.any(String) });
    expect(await admin.portal.brand()).toEqual(changed);
    const french = await shown('?language=fr');
    expect(french.body).toMatchObject({
      ...{ name: 'Télé Été', logo: expect.stringMatching(/^\/portal\/brand-logo\?v=[\w-]+$/) },
      texts: { 'dashboard:title': 'Accueil' },
    });
    expect(french.body).not.toHaveProperty('frameOrigins');
    expect(french.headers.get('cache-control')).toBe('public, max-age=60');
    const undone = await admin.portal.changeBrand({
      version: changed.version,
      brand: changed.previous ?? defaultBrand,
    });
    expect(undone).toMatchObject({ brand: before, previous: brand });
  });

  test('without a language it comes in the browser’s, and caches are told so', async () => {
    await save({ texts: { pt: { 'dashboard:title': 'Início' } } });
    const answer = await shown('', { 'accept-language': 'de-CH, pt-BR;q=0.8, en;q=0.5' });
    expect(answer.body).toMatchObject({ language: 'pt', texts: { 'dashboard:title': 'Início' } });
    expect(answer.headers.get('vary')).toContain('accept-language');
  });

  test('of two who change it at once, one is told that it changed meanwhile', async () => {
    const { version } = await save({ name: 'Start' });
    const answers = await Promise.allSettled(
      ['One', 'Two'].map((name) => admin.portal.changeBrand({ version, brand: { ...defaultBrand, name } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'changed_meanwhile' },
    });
    expect((await admin.portal.brand()).version).toBe(version + 1);
  });

  test('a change to what it is already is none', async () => {
    const brand: Brand = {
      ...defaultBrand,
      name: 'Same',
      texts: { fr: { b: 'x', a: 'y' } },
      redirects: { support: 'https://a.example', subscribe: 'https://b.example' },
    };
    const { version } = await save(brand);
    const again = { ...brand, redirects: { subscribe: 'https://b.example', support: 'https://a.example' } };
    expect((await admin.portal.changeBrand({ version, brand: again })).version).toBe(version);
  });

  test('its changes are audited by field, who may frame the portal in full', async () => {
    await save({ name: 'Audited', frameOrigins: ['https://audit.example'], logo: PIXEL });
    const entry = await central.db
      .selectFrom('auditEntries')
      .select(['action', 'actorName', 'detail'])
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    expect(entry).toMatchObject({
      ...{ action: 'portal_brand.changed', actorName: 'Ada Admin' },
      detail: { frameOrigins: ['https://audit.example'], fields: expect.arrayContaining(['name', 'logo']) },
    });
    expect(JSON.stringify(entry.detail)).not.toContain('base64');
  });

  test('is edited by who may manage the portal only', async () => {
    for (const someone of [await central.asSales(), await central.asSupport()]) {
      await expect(someone.portal.brand()).rejects.toMatchObject({ code: 'forbidden' });
      await expect(someone.portal.changeBrand({ version: 0, brand: defaultBrand })).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    const { key } = await admin.apiKeys.create({ name: 'Site', permissions: ['open_portal'] });
    await expect(clientOf(central.url, { apiKey: key }).portal.brand()).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('a stored field that can no longer be read falls back to the portal’s own, the others stay', async () => {
    await save({ name: 'Stays' });
    const stored = await admin.portal.brand();
    const value = JSON.stringify({ ...stored, brand: { ...stored.brand, colours: { primary: 'red' } } });
    await central.db.updateTable('settings').set({ value }).where('key', '=', 'portal.brand').execute();
    expect((await admin.portal.brand()).brand).toMatchObject({ name: 'Stays', colours: defaultBrand.colours });
  });
});

describe('what is refused of a look', () => {
  beforeEach(() => save({}));

  test.each<[string, Record<string, unknown>]>([
    ['a style sheet that loads another', { css: '@import "https://evil.example/a.css";' }],
    ['a style sheet with a foreign address', { css: 'a{background:url(https://evil.example/)}' }],
    ['a style sheet that ends the page’s style', { css: '</style><script>alert(1)</script>' }],
    ['a style sheet that names the banner', { css: '#impersonation-banner{display:none}' }],
    ['a style sheet that runs something', { css: 'a{width:expression(alert(1))}' }],
    ['a style sheet that hides an address behind an escape', { css: 'a{background:\\75rl(https://evil.example/)}' }],
    ['a style sheet beyond 20,000 characters', { css: 'a{color:red}'.repeat(2_000) }],
    ['a logo from elsewhere', { logo: 'https://evil.example/logo.png' }],
    ['a logo that is a page', { logo: `data:text/html;base64,${base64('<script>alert(1)</script>')}` }],
    ['a page that says it is a PNG', { logo: `data:image/png;base64,${base64('<script>alert(1)</script>')}` }],
    ['a PNG that says it is an SVG', { logo: PIXEL.replace('png', 'svg+xml') }],
    ['an SVG with entities of its own', { logo: svg('<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>') }],
    ['a logo of more than 200 kB', { logo: `data:image/jpeg;base64,${base64(`\xff\xd8\xff${'x'.repeat(206_000)}`)}` }],
    ['a logo with a broken base64', { logo: 'data:image/png;base64,iVBOR=w0KGgo' }],
    ['a redirect that is a script', { redirects: { support: 'javascript:alert(1)' } }],
    ['a redirect that is data', { redirects: { support: 'data:text/html,x' } }],
    ['a redirect without TLS', { redirects: { support: 'http://shop.example' } }],
    [
      'a redirect that only begins like the machine itself',
      { redirects: { support: 'http://localhost:80@evil.example/' } },
    ],
    ['a redirect that only begins like another name', { redirects: { support: 'http://localhost.evil.example/' } }],
    ['a redirect with a name before its host', { redirects: { support: 'https://shop.example@evil.example/' } }],
    ['a redirect with a backslash', { redirects: { support: 'https://evil.example\\@shop.example' } }],
    ['a relative redirect', { redirects: { support: '//evil.example' } }],
    ['a redirect that nobody follows', { redirects: { elsewhere: 'https://shop.example' } }],
    ['an origin that lets everybody frame it', { frameOrigins: ['*'] }],
    ['an origin of every shop', { frameOrigins: ['https://*.example'] }],
    ['an origin that adds to the policy', { frameOrigins: ["https://a.example; script-src 'unsafe-inline'"] }],
    ['an origin with a line break', { frameOrigins: ['https://a.example\nx: y'] }],
    ['an origin with a path', { frameOrigins: ['https://a.example/shop'] }],
    ['an origin without TLS', { frameOrigins: ['http://shop.example'] }],
    ['an origin that is a keyword', { frameOrigins: ["'none'"] }],
    ['a text with markup', { texts: { en: { 'dashboard:title': '<img src=x onerror=alert(1)>' } } }],
    ['a text with a closing tag', { texts: { fr: { 'dashboard:title': 'a</title>' } } }],
    ['a text that looks another one up', { texts: { en: { 'dashboard:title': '$t(secret)' } } }],
    ['an empty text', { texts: { en: { 'dashboard:title': '  ' } } }],
    ['a text of no key', { texts: { en: { '__proto__ x': 'a' } } }],
    ['a text in a language we don’t speak', { texts: { de: { 'dashboard:title': 'Start' } } }],
    [
      'a colour that is a rule',
      { colours: { primary: 'red;}*{display:none', background: '#ffffff', text: '#000000' } },
    ],
    ['an element that can’t be hidden', { hidden: ['impersonation_banner'] }],
    ['a name with a line break', { name: 'a\nb' }],
    ['no name', { name: ' ' }],
  ])('%s', async (_what, part) => {
    const answer = await saveRaw(part);
    expect([answer.status, answer.body.code]).toEqual([422, 'invalid_input']);
    expect(answer.body.data.issues[0].path).toMatch(new RegExp(`^brand\\.${Object.keys(part)[0]}`));
    expect((await admin.portal.brand()).brand).toEqual(defaultBrand);
  });

  test('a mistake in the style sheet is told with its line', async () => {
    const answer = await saveRaw({ css: 'a{color:red}\nb{behavior:url(x)}\n@import "y";' });
    expect(answer.body.data.issues).toEqual([
      { path: 'brand.css', message: 'line 2: property behavior' },
      { path: 'brand.css', message: 'line 3: at_rule @import' },
    ]);
  });

  test('what is allowed beside them is taken', async () => {
    const part: Partial<Brand> = {
      logo: svg(
        '<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      ),
      redirects: { support: 'http://127.0.0.1:8080/x', subscribe: 'https://shop.example:8443/a@b?c=@d#e' },
      frameOrigins: ['https://shop.example:8443', 'http://localhost:3000'],
      texts: { en: { 'dashboard:left': '{{count}} < 10 & more' } },
    };
    expect((await save(part)).brand).toMatchObject(part);
  });
});

describe('what the pages are served with', () => {
  const html = { accept: 'text/html' };
  const page = (at: string) => rawCall(central.url, 'GET', at, { headers: html });

  test('nobody else may frame the portal unless the operator says who; both headers agree', async () => {
    await save({});
    const own = await page('/portal/');
    expect(own.headers.get('content-security-policy')).toMatch(/frame-ancestors 'self'$/);
    expect(own.headers.get('x-frame-options')).toBe('SAMEORIGIN');
    await save({ frameOrigins: ['https://shop.example', 'http://localhost:3000'] });
    for (const at of ['/portal/', '/portal/services/1', '/portal/enter?link=x', '/portal/sign-in']) {
      const shared = await page(at);
      expect(shared.headers.get('content-security-policy')).toMatch(
        /frame-ancestors 'self' https:\/\/shop\.example http:\/\/localhost:3000$/,
      );
      expect(shared.headers.get('x-frame-options')).toBeNull();
    }
  });

  test('pages of the staff’s side stay out of every frame', async () => {
    await save({ frameOrigins: ['https://shop.example'] });
    for (const at of ['/api/docs', '/status/none'])
      expect((await page(at)).headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  test('the preview is for desks alone, whoever may frame the portal', async () => {
    await save({ frameOrigins: ['https://shop.example'] });
    const preview = await page('/portal/preview');
    expect(preview.headers.get('content-security-policy')).toMatch(
      /frame-ancestors 'self' app:\/\/desk http:\/\/127\.0\.0\.1:\* http:\/\/localhost:\*$/,
    );
    expect(preview.headers.getSetCookie()).toEqual([]);
  });

  test('the style sheet has an address that changes with it, and may be kept for ever there', async () => {
    await save({ css: '.card{color:red}' });
    const first = (await shown()).body.cssUrl;
    const sheet = await rawCall(central.url, 'GET', first);
    expect(sheet.text).toBe('#portal-page .card{color:red}\n');
    expect(sheet.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(sheet.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(sheet.headers.get('x-content-type-options')).toBe('nosniff');
    await save({ css: '.card{color:blue}' });
    expect((await shown()).body.cssUrl).not.toBe(first);
    // Whoever still asks under the old address gets what is, and keeps it for no time.
    const old = await rawCall(central.url, 'GET', first);
    expect([old.text.includes('blue'), old.headers.get('cache-control')]).toEqual([true, 'no-cache']);
  });

  test('the logo has an address that changes with it, is the picture itself, and opens as nothing else', async () => {
    await save({ logo: PIXEL });
    const first = (await shown()).body.logo;
    const picture = await fetch(`${central.url}${first}`);
    expect(Buffer.from(await picture.arrayBuffer()).toString('base64')).toBe(PIXEL.split(',')[1]);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(picture.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(picture.headers.get('content-security-policy')).toMatch(/^default-src 'none';.*sandbox$/);
    await save({ logo: svg('<svg xmlns="http://www.w3.org/2000/svg"/>') });
    const second = (await shown()).body.logo;
    expect(second).not.toBe(first);
    expect((await rawCall(central.url, 'GET', second)).headers.get('content-type')).toBe('image/svg+xml');
    expect((await rawCall(central.url, 'GET', first)).headers.get('cache-control')).toBe('no-cache');
    await save({ logo: null });
    expect((await rawCall(central.url, 'GET', second)).status).toBe(404);
  });

  test('a style sheet that was kept before a stricter version is cleaned when it is served', async () => {
    await save({ css: '.a{color:red}' });
    const stored = await admin.portal.brand();
    const css = '.a{color:red}\n@import "https://evil.example";\n#impersonation-banner{display:none}';
    const value = JSON.stringify({ ...stored, brand: { ...stored.brand, css } });
    await central.db.updateTable('settings').set({ value }).where('key', '=', 'portal.brand').execute();
    await central.advance(5);
    const sheet = await rawCall(central.url, 'GET', (await shown()).body.cssUrl);
    expect(sheet.text).toBe('#portal-page .a{color:red}\n');
  });

  test('the database is asked once in a few seconds, however many files are fetched', async () => {
    await save({ name: 'Counted' });
    await page('/portal/');
    await central.db.deleteFrom('settings').where('key', '=', 'portal.brand').execute();
    for (let round = 0; round < 5; round++) expect((await shown()).body.name).toBe('Counted');
    await central.advance(4);
    expect((await shown()).body.name).toBe('Comptoir');
  });
});
