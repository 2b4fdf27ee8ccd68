import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { openAddresses } from '#core/portal/open-addresses.ts';
import { isErrorCode } from '../http/errors.ts';
import type { Brands } from './brands.ts';
import { isHinted, setSessionCookie } from './cookies.ts';
import { type FirstPages, type Outline, readFirstPages } from './first-page.ts';
import { setPagePolicy } from './frames.ts';
import { enterByLink } from './links.ts';
import { MANIFEST, sendManifest } from './manifest.ts';
import { type PortalShared, portalContextOf } from './mount.ts';
import { BRAND_CSS, BRAND_LOGO, languageOf, shownBrand } from './shown-brand.ts';

/** What the build made of src/portal. */
const built = path.join(import.meta.dirname, '../../../out/portal');
const PAGES = '/portal/';
const ASSETS = `${PAGES}assets/`;
const ENTER = '/portal/enter';
/** The portal with made-up data, for whoever edits its look. */
const PREVIEW = '/portal/preview';
const ENTERS_PER_MINUTE = 60;

export interface PageDeps extends PortalShared {
  readonly brands: Pick<Brands, 'served'>;
}

/**
 * Serves the portal's page and the door for one-use links. Every address below /portal/ that is no file is the page: it
 * finds its own way.
 */
export function mountPortalPages(app: FastifyInstance, deps: PageDeps): void {
  app.register(async (pages) => {
    const isBuilt = existsSync(path.join(built, 'index.html'));
    // On answers without a body too: a browser takes the headers of "not modified" for the page it has.
    pages.addHook('onSend', async (request, reply) => {
      if (request.url.startsWith(ASSETS) || request.url.startsWith(BRAND_LOGO)) return;
      const { brand } = await deps.brands.served();
      setPagePolicy(reply, brand.frameOrigins, request.url.startsWith(PREVIEW));
    });
    pages.get('/portal', (_request, reply) => reply.redirect(PAGES, 308));
    pages.get(BRAND_CSS, (request, reply) => sendBrandCss(request, reply, deps.brands));
    pages.get(BRAND_LOGO, (request, reply) => sendBrandLogo(request, reply, deps.brands));
    pages.get(MANIFEST, async (_request, reply) => sendManifest(reply, (await deps.brands.served()).brand));
    pages.get(ENTER, enterOptions, (request, reply) => enter(request, reply, deps));
    if (!isBuilt) {
      pages.get(`${PAGES}*`, (_request, reply) =>
        reply.status(503).type('text/plain').send('The portal is not built: run `npm run build`.'),
      );
      return;
    }
    // A scope of its own: what is not found there is the page, which finds its own way.
    await pages.register((files) => serveBuilt(files, deps.brands), { prefix: '/portal' });
  });
}

async function serveBuilt(files: FastifyInstance, brands: PageDeps['brands']): Promise<void> {
  const firstPages = readFirstPages(built);
  await files.register(fastifyStatic, {
    ...{ root: built, prefix: '/', index: false, preCompressed: true },
    // Files of the build carry their content's hash in their names.
    setHeaders: (reply, file) => {
      const forever = file.includes(`${path.sep}assets${path.sep}`);
      reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  files.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    if (wantsPage) return sendPage(request, reply, firstPages, brands);
    return reply.status(404).send({ code: 'not_found', message: 'Not found.', data: { what: 'file' } });
  });
  files.get('/', { prefixTrailingSlash: 'slash' }, (request, reply) => sendPage(request, reply, firstPages, brands));
}

/** The page in the operator's look, for whoever goes to an address; what a script asks for is the page without it. */
async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  firstPages: FirstPages,
  brands: PageDeps['brands'],
): Promise<FastifyReply> {
  reply.type('text/html; charset=utf-8').header('cache-control', 'private, no-cache');
  const { headers } = request;
  const mode = headers['sec-fetch-mode'] ?? 'navigate';
  if (mode !== 'navigate' || request.url.startsWith(PREVIEW)) return reply.send(firstPages.plain);
  const brand = shownBrand(await brands.served(), languageOf(headers['accept-language'], headers.cookie));
  const { pathname } = new URL(request.url, 'http://portal');
  const address = pathname.slice(PAGES.length - 1);
  const { html, etag } = firstPages.pageFor({ brand, address, outline: outlineFor(request, address) });
  reply.header('vary', 'accept-language, cookie, sec-fetch-dest, sec-fetch-mode').header('etag', etag);
  return headers['if-none-match'] === etag ? reply.status(304).send() : reply.send(html);
}

function outlineFor({ headers }: FastifyRequest, address: string): Outline {
  if (headers['sec-fetch-dest'] === 'iframe') return 'none';
  return !isHinted(headers) || openAddresses.includes(address) ? 'entrance' : 'frame';
}

/** The operator's own style sheet, from an address that changes with it. */
async function sendBrandCss(
  request: FastifyRequest,
  reply: FastifyReply,
  brands: PageDeps['brands'],
): Promise<FastifyReply> {
  const { css, cssHash } = await brands.served();
  const isCurrent = (request.query as { v?: unknown }).v === cssHash;
  reply.header('cache-control', isCurrent ? 'public, max-age=31536000, immutable' : 'no-cache');
  return reply.type('text/css; charset=utf-8').send(css);
}

/** The operator's own picture, drawn as an image only: opened by itself it is in a sandbox, and its scripts are dead. */
async function sendBrandLogo(
  request: FastifyRequest,
  reply: FastifyReply,
  brands: PageDeps['brands'],
): Promise<FastifyReply> {
  const { brand, logoHash } = await brands.served();
  const [, type, data] = /^data:(image\/[a-z+]+);base64,(.+)$/.exec(brand.logo ?? '') ?? [];
  if (type === undefined || data === undefined) {
    return reply.status(404).send({ code: 'not_found', message: 'Not found.', data: { what: 'file' } });
  }
  const isCurrent = (request.query as { v?: unknown }).v === logoHash;
  reply.header('cache-control', isCurrent ? 'public, max-age=31536000, immutable' : 'no-cache');
  reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  return reply.type(type).send(Buffer.from(data, 'base64'));
}

const enterOptions = {
  exposeHeadRoute: false,
  config: {
    rateLimit: { max: ENTERS_PER_MINUTE, keyGenerator: ({ ip }: FastifyRequest) => ip, allowList: () => false },
  },
};

/** Lets somebody in by a one-use link: a cookie, and off to the page without the link in its address. */
async function enter(request: FastifyRequest, reply: FastifyReply, deps: PageDeps): Promise<FastifyReply> {
  reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
  // A browser that only looks ahead must not use the link up.
  if (/prefetch|prerender/i.test(String(request.headers['sec-purpose'] ?? ''))) return reply.status(503).send();
  const { link } = request.query as { link?: unknown };
  const context = portalContextOf(request, deps);
  const viewKey = request.headers['x-comptoir-view'];
  try {
    const entered = await enterByLink(
      context,
      typeof link === 'string' ? link : '',
      typeof viewKey === 'string' ? viewKey : undefined,
    );
    const cookies = new Headers();
    setSessionCookie(cookies, entered.token, { secure: context.secureCookies, framed: isForeignFrame(request) });
    for (const cookie of cookies.getSetCookie()) reply.header('set-cookie', cookie);
    return reply.redirect(entered.section === null ? PAGES : `${PAGES}${entered.section}`, 303);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code !== 'link_gone' || !isErrorCode(code)) throw error;
    return reply.redirect(`${PAGES}sign-in?notice=link_gone`, 303);
  }
}

function isForeignFrame({ headers }: FastifyRequest): boolean {
  return headers['sec-fetch-dest'] === 'iframe' && headers['sec-fetch-site'] === 'cross-site';
}
