import { OpenAPIHandler } from '@orpc/openapi/fastify';
import type { AnyRouter } from '@orpc/server';
import { ResponseHeadersPlugin } from '@orpc/server/plugins';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { BaseContext } from '../context.ts';
import type { SharedContext } from '../http/api.ts';
import { fail } from '../http/errors.ts';
import { catalogued } from '../http/failures.ts';
import { endFoundOver } from '../impersonations/end.ts';
import type { PortalBase, PortalCaller } from './context.ts';
import { sessionCookieOf } from './cookies.ts';
import { callerOfKey } from './keys.ts';
import { callerOfSession } from './sessions.ts';

export const PORTAL_PREFIX = '/portal/api/v1';
/** What strangers may send: each address only so often. */
const OPEN_DOORS = ['login', 'forgot', 'reset', 'reset/check', 'verify-email'].map(
  (door) => `${PORTAL_PREFIX}/auth/${door}`,
);
const KNOCKS_PER_MINUTE = 60;
/** The desk's own view of the portal adds it to every request. */
const VIEW_HEADER = 'x-comptoir-view';
/** Set on what a page asks by itself: it keeps no session alive. */
const BACKGROUND_HEADER = 'x-comptoir-background';

export type PortalShared = Omit<SharedContext, 'identify' | 'identifyDesk'>;

/** Mounts the portal's API. It knows its callers by cookie or by the customer's own key, never by a staff token. */
export function mountPortalApi(app: FastifyInstance, router: AnyRouter, shared: PortalShared): void {
  const handler = new OpenAPIHandler<PortalBase>(router, {
    plugins: [new ResponseHeadersPlugin()],
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
    reply.header('cache-control', 'no-store');
    const context = portalContextOf(request, shared);
    const { matched } = await handler.handle(request, reply, { prefix: PORTAL_PREFIX, context });
    if (!matched) throw fail('not_found', { what: 'route' });
    return reply;
  };
  const limitKnocks = {
    rateLimit: { max: KNOCKS_PER_MINUTE, keyGenerator: ({ ip }: FastifyRequest) => ip, allowList: () => false },
  };
  for (const path of OPEN_DOORS) app.post(path, { config: limitKnocks }, serve);
  app.all(`${PORTAL_PREFIX}/*`, serve);
}

/** What a request to the portal starts with; the caller is found once, and only when a route asks. */
export function portalContextOf(request: FastifyRequest, shared: PortalShared): PortalBase {
  const { headers, ip, id } = request;
  const nobody = () => Promise.reject(fail('unauthorized'));
  let caller: Promise<PortalCaller> | undefined;
  const base: BaseContext = {
    ...{ ...shared, log: request.log as Logger, requestId: id, headers, ip },
    ...{ identify: nobody, identifyDesk: () => Promise.resolve(null) },
  };
  return {
    ...base,
    secureCookies: !isLoopback(request.hostname),
    sameOrigin: isSameOrigin(request),
    identifyCaller: () => (caller ??= findCaller(base)),
  };
}

async function findCaller(base: BaseContext): Promise<PortalCaller> {
  const { headers, ip } = base;
  const token = sessionCookieOf(headers);
  if (token !== undefined) {
    const viewKey = headers[VIEW_HEADER];
    return callerOfSession(base, token, {
      ...{ headers, ip },
      viewKey: typeof viewKey === 'string' ? viewKey : undefined,
      active: headers[BACKGROUND_HEADER] === undefined,
      endImpersonation: (id, why) => endFoundOver(base, id, why),
    });
  }
  const key = headers['x-api-key'];
  const caller = typeof key === 'string' && key !== '' ? await callerOfKey(base, key) : null;
  if (!caller) throw fail('unauthorized');
  return caller;
}

/** Browsers say where a request comes from; a program that sends neither header has no cookies of a victim. */
function isSameOrigin({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (typeof site === 'string' && site !== 'same-origin' && site !== 'none') return false;
  const { origin, host } = headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** True for names of this machine itself, where cookies may go without TLS. */
function isLoopback(hostname: string): boolean {
  const name = hostname.replace(/:\d+$/, '');
  return name === 'localhost' || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name);
}
