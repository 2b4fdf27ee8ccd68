import { createHash, randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import type { AnyRouter } from '@orpc/server';
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify';
import type { Logger } from 'pino';
import { API_PREFIX, BODY_LIMIT, IMPORT_LIMIT, mountApi, type SharedContext } from './api.ts';
import { fail } from './errors.ts';
import { catalogued } from './failures.ts';

export interface ServerOptions {
  readonly log: Logger;
  readonly router: AnyRouter;
  readonly shared: SharedContext;
  /** Requests a minute of one caller; 0 for no limit. */
  readonly rateLimit: number;
  readonly trustProxy: string | undefined;
  readonly demo: boolean;
  readonly plugins: readonly ((app: FastifyInstance) => void)[];
}

const EVENT_LOOP_DELAY_MS = 5_000;
/** The APIs of staff and of customers. */
const LIMITED = [API_PREFIX, '/portal/api/'];

/** Central's HTTP server, not yet listening. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    trustProxy: options.trustProxy ?? false,
    genReqId: requestId,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 500 },
  });
  answerFailures(app);
  parseBodies(app);
  logRequests(app);
  refuseWhenClosing(app, options.shared.closing);
  await app.register(helmet, { contentSecurityPolicy: { directives: contentSecurityPolicy } });
  if (options.rateLimit > 0) await limitRates(app, options.rateLimit);
  await app.register(underPressure, {
    maxEventLoopDelay: EVENT_LOOP_DELAY_MS,
    pressureHandler: (request) => {
      if (!request.url.startsWith('/health/')) throw fail('unavailable', { reason: 'overloaded' });
    },
  });
  for (const plugin of options.plugins) plugin(app);
  mountApi(app, options.router, options.shared, options.demo);
  return app;
}

/** Central's own pages have no scripts and their style in files of central. */
const contentSecurityPolicy = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
  upgradeInsecureRequests: null,
};

/** The caller's own request id when it is a plain word, so that a desk's line and central's can be laid side by side. */
function requestId(request: { headers: Record<string, string | string[] | undefined> }): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}

function answerFailures(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) =>
    answer(reply, catalogued(error, { log: request.log as Logger, requestId: request.id })),
  );
  app.setNotFoundHandler((_request, reply) => answer(reply, fail('not_found', { what: 'route' })));
}

function answer(reply: FastifyReply, error: ReturnType<typeof catalogued>): FastifyReply {
  return reply.status(error.status).send({ ...error.toJSON(), defined: true });
}

function parseBodies(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else parseJson(request, body as string, done);
  });
  app.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer', bodyLimit: IMPORT_LIMIT },
    async (request: FastifyRequest, body: Buffer<ArrayBuffer>) =>
      parseForm(request.headers['content-type'] ?? '', body),
  );
}

async function parseForm(type: string, body: Buffer<ArrayBuffer>): Promise<FormData> {
  try {
    return await new Response(body, { headers: { 'content-type': type } }).formData();
  } catch {
    throw fail('invalid_input', { issues: [{ path: '', message: 'The form can not be read.' }] });
  }
}

function logRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (request.url.startsWith(API_PREFIX)) reply.header('cache-control', 'no-store');
  });
  app.addHook('onResponse', async (request, reply) => {
    if (request.url.startsWith('/health/')) return;
    const { method, ip } = request;
    // The token of a status page is a secret between the customer and the shop.
    const path = request.url.split('?')[0]?.replace(/^\/status\/[^/.]+$/, '/status/…');
    const ms = Math.round(reply.elapsedTime);
    request.log.info({ method, path, ip, status: reply.statusCode, ms }, 'request');
  });
}

function refuseWhenClosing(app: FastifyInstance, closing: AbortSignal): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!closing.aborted || request.url.startsWith('/health/')) return;
    reply.header('connection', 'close');
    throw fail('unavailable', { reason: 'stopping' });
  });
}

async function limitRates(app: FastifyInstance, perMinute: number): Promise<void> {
  await app.register(rateLimit, {
    max: perMinute,
    timeWindow: 60_000,
    keyGenerator: callerOf,
    allowList: (request) => !LIMITED.some((prefix) => request.url.startsWith(prefix)),
    errorResponseBuilder: (_request, { ttl }) =>
      Object.assign(new Error('rate limited'), { statusCode: 429, retryAfterSeconds: Math.ceil(ttl / 1000) }),
  });
}

/** Callers are told apart by what they sign requests with, for a shop's desks share one address. */
function callerOf(request: FastifyRequest): string {
  const { authorization, 'x-api-key': apiKey, 'x-comptoir-desk': desk, cookie } = request.headers;
  const credential = [authorization, apiKey, desk, cookie].find((sent) => typeof sent === 'string');
  return credential === undefined ? request.ip : createHash('sha256').update(credential).digest('base64url');
}
