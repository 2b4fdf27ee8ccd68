import { contract } from 'virtual:portal-contract';
import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { PortalRouteMeta } from '#core/contract/portal/base.ts';
import type { PortalContract } from '#core/contract/portal.ts';
import { answered, lost } from './connection.ts';
import { keyFor, sentKey } from './once.ts';
import { isActive } from './presence.ts';

type Client = ContractRouterClient<PortalContract>;

/** Sent with every write; it comes with `me` and with a sign-in. */
let csrfToken = '';

const link = new OpenAPILink(contract, {
  url: `${location.origin}/portal/api/v1`,
  headers: (_options, path, input) => ({
    ...(isCommand(path) ? { 'x-csrf-token': csrfToken, 'idempotency-key': keyFor(path, input) } : {}),
    // What the page asks by itself, with nobody there, must not keep a session alive.
    ...(isActive() ? {} : { 'x-comptoir-background': '1' }),
  }),
  fetch: async (request, init) => {
    try {
      const response = await fetch(request, { ...init, credentials: 'same-origin', redirect: 'error' });
      answered(response.headers);
      return response;
    } catch (error) {
      lost();
      throw error;
    }
  },
  interceptors: [
    async ({ next, path, input }) => {
      const output = await next();
      sentKey(path, input);
      if (isSession(output)) csrfToken = output.csrfToken;
      return output;
    },
  ],
});

/** Whether a route changes something, by the contract. */
function isCommand(path: readonly string[]): boolean {
  const route = path.reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], contract);
  return (route as { '~orpc': { meta: PortalRouteMeta } })['~orpc'].meta.command === true;
}

function isSession(output: unknown): output is { csrfToken: string } {
  return typeof output === 'object' && output !== null && 'csrfToken' in output && typeof output.csrfToken === 'string';
}

/** The portal's API, typed by its contract. */
export const api: Client = createORPCClient(link);
/** The same for TanStack Query: `portal.services.list.queryOptions({ input: {} })`. */
export const portal = createTanstackQueryUtils(api);
