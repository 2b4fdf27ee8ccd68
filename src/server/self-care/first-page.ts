import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type Surfaces, surfacesOf } from '#core/brand/surfaces.ts';
import type { ShownBrand } from '#core/contract/portal/access.ts';
import { escapeHtml } from '../http/docs-page.ts';

/** What the page shows before its script is there. */
export type Outline =
  /** The bar of who is signed in. */
  | 'frame'
  /** The card of the sign-in. */
  | 'entrance'
  /** Nothing: in a frame of another page, which has its own head. */
  | 'none';

interface FirstPage {
  readonly brand: ShownBrand;
  readonly outline: Outline;
  /** Where the page is, below /portal. */
  readonly address: string;
}

export interface FirstPages {
  /** The page as the build made it: for the service worker to keep, and for the preview. */
  readonly plain: string;
  /** The page in the operator's look, with its outline, and with what it will ask for next told at once. */
  pageFor(page: FirstPage): { readonly html: string; readonly etag: string };
}

const HEAD_MARK = /<!-- The operator's look[^>]*-->/;
const ROOT_MARK = /<!-- The outline[^>]*-->/;

/** The build's files by their sources: what each is called and what it needs besides. */
const filesSchema = z.record(
  z.string(),
  z.object({
    file: z.string(),
    imports: z.array(z.string()).default([]),
    css: z.array(z.string()).default([]),
    isEntry: z.boolean().default(false),
  }),
);
type Files = z.infer<typeof filesSchema>;

const API = '/portal/api/v1';

interface Shown {
  readonly at: RegExp;
  /** Its sources, as the build names them. */
  readonly sources: readonly string[];
  /** What it asks the API first, besides who is here. */
  readonly asks?: readonly string[];
}

/** What is at each address; the first that fits. Who comes to no section comes to the dashboard. */
export const shownPages: readonly Shown[] = [
  {
    at: /^\/(?:dashboard|sign-in)?$/,
    sources: ['features/dashboard/DashboardPage.tsx'],
    asks: ['/dashboard'],
  },
  { at: /^\/services$/, sources: ['features/services/ServicesPage.tsx'], asks: ['/services?limit=24', '/offers'] },
  { at: /^\/services\//, sources: ['features/services/ServicePage.tsx'] },
  { at: /^\/usage\b/, sources: ['features/usage/UsagePage.tsx'], asks: ['/services?limit=500'] },
  { at: /^\/billing$/, sources: ['features/billing/BillingPage.tsx'], asks: ['/billing', '/invoices?limit=20'] },
  { at: /^\/billing\//, sources: ['features/billing/BillingPage.tsx'] },
  { at: /^\/recharge\b/, sources: ['features/recharge/RechargePage.tsx'], asks: ['/services?limit=500'] },
  {
    at: /^\/account$/,
    sources: ['features/account/AccountPage.tsx'],
    asks: ['/account/sites', '/account/contacts'],
  },
  {
    at: /^\/account\/security$/,
    // What it asks depends on who is in: a guest by a link has nothing of it.
    sources: ['features/account/AccountPage.tsx', 'features/account/SecurityPage.tsx'],
  },
  { at: /^\/account\//, sources: ['features/account/AccountPage.tsx'] },
  { at: /^\/activity$/, sources: ['features/activity/ActivityPage.tsx'], asks: ['/activity?limit=30'] },
];
const entrance: Omit<Shown, 'at'> = { sources: ['features/access/Entrance.tsx'] };
const elsewhere: Omit<Shown, 'at'> = { sources: [] };

/** Pages kept ready: one for each look, language and outline. */
const KEPT = 50;

/** Reads the built portal. Throws when it is of another version, and has no place for the look. */
export function readFirstPages(built: string): FirstPages {
  const plain = readFileSync(path.join(built, 'index.html'), 'utf8');
  if (!HEAD_MARK.test(plain) || !ROOT_MARK.test(plain))
    throw new Error(`${built}/index.html has no place for the look`);
  const files = filesSchema.parse(JSON.parse(readFileSync(path.join(built, 'files.json'), 'utf8')));
  const made = new Map<string, { html: string; etag: string }>();
  return {
    plain,
    pageFor(page) {
      const { sources, asks } = shownBy(page);
      const key = JSON.stringify([page.brand, page.outline, sources, asks]);
      const kept = made.get(key);
      if (kept) return kept;
      if (made.size >= KEPT) made.clear();
      const fresh = make(plain, files, page);
      made.set(key, fresh);
      return fresh;
    },
  };
}

function make(plain: string, files: Files, page: FirstPage): { html: string; etag: string } {
  const { brand } = page;
  const html = plain
    .replace(/<html lang="[a-z]*">/, `<html lang="${brand.language}">`)
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escapeHtml(brand.name)}</title>`)
    .replace(HEAD_MARK, () => lookOf(brand).join('\n    '))
    // After what the page can't begin without.
    .replace('</head>', () => [...nextFiles(files, page), ...nextAnswers(page), '</head>'].join('\n    '))
    .replace(ROOT_MARK, () => outlineOf(page));
  return { html, etag: `"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"` };
}

function shownBy({ outline, address }: FirstPage): Omit<Shown, 'at'> {
  return outline === 'entrance' ? entrance : (shownPages.find(({ at }) => at.test(address)) ?? elsewhere);
}

function lookOf(brand: ShownBrand): string[] {
  const { light, dark } = surfacesOf(brand.colours);
  const rules = (surfaces: Surfaces) =>
    `--p-canvas:${surfaces.canvas};--p-surface:${surfaces.surface};--p-line:${surfaces.line};color:${surfaces.text}`;
  return [
    `<meta name="theme-color" media="(prefers-color-scheme: light)" content="${light.canvas}" />`,
    `<meta name="theme-color" media="(prefers-color-scheme: dark)" content="${dark.canvas}" />`,
    `<style>:root{--p-primary:${brand.colours.primary};${rules(light)}}`,
    `@media (prefers-color-scheme:dark){:root{${rules(dark)}}}</style>`,
    // A text for the page's script to read, not a script: the page's policy lets none be written into it.
    `<script type="application/json" id="brand">${JSON.stringify(brand).replaceAll('<', '\\u003c')}</script>`,
  ];
}

/** The files that the page's script would ask for only once it runs. */
function nextFiles(files: Files, page: FirstPage): string[] {
  const sources = [`locales/${page.brand.language}/index.ts`, ...shownBy(page).sources];
  const needed = new Set(sources.flatMap((source) => neededBy(files, source)));
  return [...needed].map((file) =>
    file.endsWith('.css')
      ? `<link rel="preload" as="style" crossorigin href="/portal/${file}" />`
      : `<link rel="modulepreload" crossorigin href="/portal/${file}" />`,
  );
}

function neededBy(files: Files, source: string): string[] {
  const found = files[source];
  if (!found || found.isEntry) return [];
  return [found.file, ...found.css, ...found.imports.flatMap((name) => neededBy(files, name))];
}

/** Who is here and what the dashboard shows, on their way before the script is. */
function nextAnswers(page: FirstPage): string[] {
  if (page.outline === 'entrance') return [];
  return ['/me', ...(shownBy(page).asks ?? [])].map(
    (route) => `<link rel="preload" as="fetch" crossorigin href="${API}${route}" />`,
  );
}

function outlineOf({ brand, outline }: FirstPage): string {
  if (outline === 'none') return '';
  const name = escapeHtml(brand.name);
  const mark =
    brand.logo === null
      ? `<span class="brand-name"><span class="brand-dot"></span>${name}</span>`
      : `<img class="brand-logo" src="${escapeHtml(brand.logo)}" alt="${name}" />`;
  return outline === 'entrance'
    ? `<div class="outline outline-entrance" aria-busy="true">${mark}<div class="outline-card"></div></div>`
    : `<div class="outline" aria-busy="true"><div class="outline-bar">${mark}</div></div>`;
}
