import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ShownBrand } from '#core/contract/portal/access.ts';
import { defaultBrand } from '#core/domain/default-brand.ts';
import { portalSectionSchema } from '#core/domain/portal.ts';
import { type FirstPages, type Outline, readFirstPages, shownPages } from '../../../src/server/self-care/first-page.ts';
import { languageOf } from '../../../src/server/self-care/shown-brand.ts';

const source = path.join(import.meta.dirname, '../../../src/portal/index.html');
const plainBrand: ShownBrand = {
  ...{ name: 'Comptoir', logo: null, colours: defaultBrand.colours, language: 'en' },
  ...{ hidden: [], redirects: {}, texts: {}, cssUrl: null },
};
const files = {
  'index.html': { file: 'assets/index-1.js', css: ['assets/index-1.css'], isEntry: true },
  _common: { file: 'assets/common-1.js', css: ['assets/common-1.css'], imports: ['index.html'] },
  'locales/fr/index.ts': { file: 'assets/fr-1.js' },
  'locales/en/index.ts': { file: 'assets/en-1.js' },
  'features/access/Entrance.tsx': { file: 'assets/Entrance-1.js', imports: ['index.html', '_common'] },
  'features/billing/BillingPage.tsx': { file: 'assets/BillingPage-1.js', imports: ['index.html'] },
  'features/dashboard/DashboardPage.tsx': {
    ...{ file: 'assets/DashboardPage-1.js', css: ['assets/DashboardPage-1.css'], imports: ['_common', 'index.html'] },
  },
};

let folder: string;
let pages: FirstPages;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'comptoir-portal-'));
  copyFileSync(source, path.join(folder, 'index.html'));
  writeFileSync(path.join(folder, 'files.json'), JSON.stringify(files));
  pages = readFirstPages(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

function pageOf(outline: Outline, address: string, brand: Partial<ShownBrand> = {}): string {
  return pages.pageFor({ brand: { ...plainBrand, ...brand }, outline, address }).html;
}
const inPage = (html: string): unknown =>
  JSON.parse(/<script type="application\/json" id="brand">(.*?)<\/script>/s.exec(html)?.[1] ?? 'null');
const asked = (html: string) => [...html.matchAll(/<link rel="(?:modulepreload|preload)"[^>]* href="([^"]+)"/g)];
const askedFor = (html: string) => asked(html).map(([, address]) => address);

describe('the page as it comes over the line', () => {
  test('has the operator’s name, colours and language, and the whole look for the script to read', () => {
    const colours = { primary: '#aa0000', background: '#fffff0', text: '#101010' };
    const html = pageOf('entrance', '/', { name: 'Télé Été', language: 'fr', colours });
    expect(html).toContain('<html lang="fr">');
    expect(html).toContain('<title>Télé Été</title>');
    expect(html).toContain('--p-primary:#aa0000');
    expect(html).toContain('--p-canvas:#fffff0');
    expect(html).toMatch(/theme-color" media="\(prefers-color-scheme: light\)" content="#fffff0"/);
    expect(inPage(html)).toEqual({ ...plainBrand, name: 'Télé Été', language: 'fr', colours });
  });

  test('shows the card to who is to sign in, the bar to who is in, and neither in another page’s frame', () => {
    expect(pageOf('entrance', '/')).toMatch(/outline-entrance.*brand-name.*Comptoir.*outline-card/);
    expect(pageOf('frame', '/usage')).toMatch(/outline-bar.*Comptoir/);
    expect(pageOf('none', '/')).toContain('<div id="root"></div>');
    expect(pageOf('frame', '/', { logo: '/portal/brand-logo?v=1' })).toContain(
      '<img class="brand-logo" src="/portal/brand-logo?v=1" alt="Comptoir" />',
    );
  });

  test('asks at once for what its script will ask for, each file once', () => {
    expect(askedFor(pageOf('entrance', '/', { language: 'fr' }))).toEqual([
      '/portal/assets/fr-1.js',
      '/portal/assets/Entrance-1.js',
      '/portal/assets/common-1.js',
      '/portal/assets/common-1.css',
    ]);
    const dashboard = [
      '/portal/assets/en-1.js',
      '/portal/assets/DashboardPage-1.js',
      '/portal/assets/DashboardPage-1.css',
      '/portal/assets/common-1.js',
      '/portal/assets/common-1.css',
      '/portal/api/v1/me',
      '/portal/api/v1/dashboard',
    ];
    expect(askedFor(pageOf('frame', '/dashboard'))).toEqual(dashboard);
    expect(askedFor(pageOf('none', '/'))).toEqual(dashboard);
    // Another section's data is its own business, and nobody's data is asked for where nobody is in.
    expect(askedFor(pageOf('frame', '/billing/invoices/7'))).toEqual([
      '/portal/assets/en-1.js',
      '/portal/assets/BillingPage-1.js',
      '/portal/api/v1/me',
    ]);
    expect(askedFor(pageOf('frame', '/nothing'))).toEqual(['/portal/assets/en-1.js', '/portal/api/v1/me']);
  });

  test('every section has its page where it is looked for', () => {
    for (const section of portalSectionSchema.options) {
      expect(shownPages.filter(({ at }) => at.test(`/${section}`))).toHaveLength(1);
    }
    for (const page of shownPages.flatMap(({ sources }) => sources)) {
      expect(existsSync(path.join(path.dirname(source), page)), page).toBe(true);
    }
  });

  test('no text of the operator becomes markup', () => {
    const evil = '</title></script><script>alert(1)</script><!-- "\' $& $1';
    const html = pageOf('frame', '/', { name: evil, texts: { 'common:x': evil }, logo: '/portal/brand-logo?v="><b>' });
    expect(html.match(/<script/g)).toHaveLength(pageOf('frame', '/').match(/<script/g)?.length ?? 0);
    expect(html).not.toContain('alert(1)</script>');
    expect(html).not.toContain('v="><b>');
    expect(inPage(html)).toMatchObject({ name: evil, texts: { 'common:x': evil } });
    expect(/<title>(.*?)<\/title>/s.exec(html)?.[1]).toContain('$&amp; $1');
  });

  test('has a tag that changes with whatever is in it', () => {
    const tags = [
      pages.pageFor({ brand: plainBrand, outline: 'frame', address: '/' }),
      pages.pageFor({ brand: plainBrand, outline: 'frame', address: '/usage' }),
      // The same files, other answers.
      pages.pageFor({ brand: plainBrand, outline: 'frame', address: '/billing' }),
      pages.pageFor({ brand: plainBrand, outline: 'frame', address: '/billing/invoices' }),
      pages.pageFor({ brand: plainBrand, outline: 'entrance', address: '/' }),
      pages.pageFor({ brand: { ...plainBrand, name: 'Other' }, outline: 'frame', address: '/' }),
    ].map(({ etag }) => etag);
    expect(new Set(tags).size).toBe(6);
    expect(pages.pageFor({ brand: plainBrand, outline: 'frame', address: '/dashboard' }).etag).toBe(tags[0]);
  });

  test('a build that has no place for the look is refused when central starts', () => {
    writeFileSync(path.join(folder, 'index.html'), '<!doctype html><div id="root"></div>');
    expect(() => readFirstPages(folder)).toThrow('has no place for the look');
  });
});

test('the language is the one that was chosen in this browser, else its first that the portal speaks', () => {
  expect(languageOf('de-DE, pt;q=0.8, en;q=0.5')).toBe('pt');
  expect(languageOf('de')).toBe('en');
  expect(languageOf(undefined)).toBe('en');
  expect(languageOf('fr', 'a=b; comptoir_portal_language=es; c=d')).toBe('es');
  expect(languageOf('fr', 'comptoir_portal_language=xx')).toBe('fr');
  expect(languageOf('fr', 'comptoir_portal_language=es-<b>')).toBe('fr');
  expect(languageOf('fr', 'not_comptoir_portal_language=es')).toBe('fr');
});
