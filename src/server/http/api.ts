import type { IncomingHttpHeaders } from 'node:http';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import type { AnyRouter } from '@orpc/server';
import { ResponseHeadersPlugin } from '@orpc/server/plugins';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Actor, BaseContext, CallingDesk } from '../context.ts';
import { fail } from './errors.ts';
import { catalogued } from './failures.ts';

export const API_PREFIX = '/api/v1';
const IMPORT_PATH = `${API_PREFIX}/inventory/imports`;
/** What strangers may send: each address only so often. */
const OPEN_DOORS = [`${API_PREFIX}/auth/login`, `${API_PREFIX}/desks/enrolments`];

const MIB = 1024 * 1024;
export const BODY_LIMIT = MIB;
/** A file of 200,000 SIMs has about 40 MB. */
export const IMPORT_LIMIT = 96 * MIB;
const KNOCKS_PER_MINUTE = 60;

/** What requests have in common; the rest of their context is made for each. */
export type SharedContext = Pick<BaseContext, 'db' | 'clock' | 'log' | 'answers' | 'closing'> & {
  identify(headers: IncomingHttpHeaders): Promise<Actor>;
  identifyDesk(headers: IncomingHttpHeaders): Promise<CallingDesk | null>;
};

/** Mounts the contract's routes; the demo's only in a demo. */
export function mountApi(app: FastifyInstance, router: AnyRouter, shared: SharedContext, demo: boolean): void {
  const handler = new OpenAPIHandler<BaseContext>(router, {
    plugins: [new ResponseHeadersPlugin()],
    filter: ({ path }) => demo || path[0] !== 'demo',
    interceptors: [
      async (options) => {
        try {
          return await options.next();
        } catch (error) {
          throw catalogued(error, options.context);
        }
      },
    ],
  });
  const serve = async (request: FastifyRequest, reply: FastifyReply) => {
    const { matched } = await handler.handle(request, reply, {
      prefix: API_PREFIX,
      context: contextOf(request, shared),
    });
    if (!matched) throw fail('not_found', { what: 'route' });
    return reply;
  };
  const limitKnocks = { rateLimit: { max: KNOCKS_PER_MINUTE, keyGenerator: (request: FastifyRequest) => request.ip } };
  for (const path of OPEN_DOORS) app.post(path, { config: limitKnocks }, serve);
  app.post(IMPORT_PATH, { bodyLimit: IMPORT_LIMIT }, serve);
  app.all(`${API_PREFIX}/*`, serve);
}

function contextOf(request: FastifyRequest, { identify, identifyDesk, ...shared }: SharedContext): BaseContext {
  const { headers, ip, id } = request;
  return {
    ...{ ...shared, log: request.log as Logger, requestId: id, headers, ip },
    identify: () => identify(headers),
    identifyDesk: () => identifyDesk(headers),
  };
}
