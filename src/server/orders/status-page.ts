import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../context.ts';
import type { Db, Reader } from '../database/connection.ts';
import { catalogued } from '../http/failures.ts';
import { type KnownOrder, type Shown, STYLE, statusPage } from './status-html.ts';
import { chooseLanguage } from './status-texts.ts';

const TOKEN = /^[A-Za-z0-9_-]{22,64}$/;
/** Looks a minute from one address; a mobile network puts many customers behind one. */
const LOOKS_PER_MINUTE = 120;
const styleFile = path.join(import.meta.dirname, '../../../resources/status/style.css');

/** Stricter than central's own: this page needs its style and nothing else. */
const policy =
  "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

type StatusRequest = FastifyRequest<{ Params: { token: string }; Querystring: { lang?: unknown } }>;

/**
 * The public page of an order, at an address that only who has the hand-over sheet knows. It says how far the order is and
 * nothing about its customer. A token that no order has is an order that the shop has not sent yet.
 */
export function mountStatusPage(app: FastifyInstance, { db, clock }: { db: Db; clock: Clock }): void {
  const answer = (request: FastifyRequest, reply: FastifyReply, shown: Shown) => {
    const { lang } = request.query as { lang?: unknown };
    const language = chooseLanguage(lang, request.headers['accept-language']);
    return reply
      .headers({
        'content-security-policy': policy,
        'cache-control': 'no-store',
        'x-robots-tag': 'noindex, nofollow',
        'content-language': language,
        vary: 'accept-language',
      })
      .type('text/html; charset=utf-8')
      .send(statusPage(shown, language, clock.now()));
  };
  app.register(async (page) => {
    // People read this page: what goes wrong is told in words, on the same page.
    page.setErrorHandler((error, request, reply) => {
      const { status } = catalogued(error, { log: request.log as never, requestId: request.id });
      return answer(request, reply.status(status).header('retry-after', '60'), { status: 'away' });
    });
    page.get(STYLE, async (_request, reply) => reply.type('text/css; charset=utf-8').send(await readFile(styleFile)));
    page.get('/status/:token', { config: limit }, async (request: StatusRequest, reply) => {
      const { token } = request.params;
      if (!TOKEN.test(token)) return answer(request, reply.status(404), { status: 'wrong' });
      return answer(request, reply, (await findByToken(db, token)) ?? { status: 'unknown' });
    });
  });
}

const limit = {
  rateLimit: {
    max: LOOKS_PER_MINUTE,
    keyGenerator: ({ ip }: FastifyRequest) => ip,
    // The limit of all routes is for the API's; this one is for all who look.
    allowList: () => false,
  },
};

async function findByToken(reader: Reader, token: string): Promise<KnownOrder | undefined> {
  return reader
    .selectFrom('orders')
    .innerJoin('products', 'products.id', 'orders.productId')
    .select(['orders.status', 'products.name as productName', 'orders.createdAt', 'orders.endedAt'])
    .where('orders.statusToken', '=', token)
    .executeTakeFirst();
}
