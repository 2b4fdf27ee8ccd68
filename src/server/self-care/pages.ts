import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isErrorCode } from '../http/errors.ts';
import type { Brands } from './brands.ts';
import { setSessionCookie } from './cookies.ts';
import { setPagePolicy } from './frames.ts';
import { enterByLink } from './links.ts';
import { MANIFEST, sendManifest } from './manifest.ts';
import { type PortalShared, portalContextOf } from './mount.ts';
import { BRAND_CSS } from './shown-brand.ts';

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
      if (request.url.startsWith(ASSETS)) return;
      const { brand } = await deps.brands.served();
      setPagePolicy(reply, brand.frameOrigins, request.url.startsWith(PREVIEW));
      const type = String(reply.getHeader('content-type') ?? '');
      if (type.startsWith('text/html')) reply.header('cache-control', 'no-cache');
    });
    pages.get('/portal', (_request, reply) => reply.redirect(PAGES, 308));
    pages.get(BRAND_CSS, (request, reply) => sendBrandCss(request, reply, deps.brands));
    pages.get(MANIFEST, async (_request, reply) => sendManifest(reply, (await deps.brands.served()).brand));
    pages.get(ENTER, enterOptions, (request, reply) => enter(request, reply, deps));
    if (!isBuilt) {
      pages.get(`${PAGES}*`, (_request, reply) =>
        reply.status(503).type('text/plain').send('The portal is not built: run `npm run build`.'),
      );
      return;
    }
    // A scope of its own: what is not found there is the page, which finds its own way.
    await pages.register(serveBuilt, { prefix: '/portal' });
  });
}

async function serveBuilt(files: FastifyInstance): Promise<void> {
  await files.register(fastifyStatic, {
    ...{ root: built, prefix: '/', index: ['index.html'], preCompressed: true },
    // Files of the build carry their content's hash in their names.
    setHeaders: (reply, file) => {
      const forever = file.includes(`${path.sep}assets${path.sep}`);
      reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  files.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    if (wantsPage) return reply.sendFile('index.html');
    return reply.status(404).send({ code: 'not_found', message: 'Not found.', data: { what: 'file' } });
  });
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
