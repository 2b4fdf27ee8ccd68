import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { v7 as uuid } from 'uuid';
import { type PortalContract, portalContract } from '#core/contract/portal.ts';
import type { PortalMe } from '#core/domain/portal.ts';
import { type CallContext, PASSWORD, type RawAnswer, rawCall } from './central.ts';

const API = '/portal/api/v1';

export type PortalClient = ContractRouterClient<PortalContract, CallContext>;

export interface RawOptions {
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** A browser of a customer, as far as a central can see: it keeps cookies, and sends the token of its page. */
export interface PortalBrowser {
  /** The typed client. Writes carry the CSRF token of the last sign-in, and an Idempotency-Key of their own. */
  readonly portal: PortalClient;
  /** What it would send as cookies, by name. A test may take some out, or put another's in. */
  readonly cookies: Map<string, string>;
  /** Set by `signIn` and `refresh`; a test may set another session's, or none. */
  csrfToken: string | undefined;
  signIn(email: string, password?: string, more?: { otp?: string; remember?: boolean }): Promise<PortalMe>;
  /** Reads `me` again, and its token: after cookies were set from outside. */
  refresh(): Promise<PortalMe>;
  /** A request as any program may send it, with the cookies; paths are relative to the portal's API unless they begin with /portal. Sends no CSRF token by itself. */
  raw(method: string, path: string, options?: RawOptions): Promise<RawAnswer>;
  /** The Set-Cookie lines of the last answer. */
  lastSetCookies(): readonly string[];
}

export interface PortalBrowserOptions {
  /** Sent with every request. */
  readonly headers?: Record<string, string>;
  /** A customer's own program: its key, and no cookies. */
  readonly apiKey?: string;
}

/** A new browser without cookies, for the central at `url`. */
export function portalClientOf(url: string, { headers = {}, apiKey }: PortalBrowserOptions = {}): PortalBrowser {
  const cookies = new Map<string, string>();
  let last: string[] = [];
  const take = (answer: { headers: Headers }) => {
    last = answer.headers.getSetCookie();
    for (const line of last) keep(cookies, line);
  };
  const sent = (): Record<string, string> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return {
      ...headers,
      ...(apiKey === undefined ? {} : { 'x-api-key': apiKey }),
      ...(cookie === '' ? {} : { cookie }),
    };
  };
  const link = new OpenAPILink<CallContext>(portalContract, {
    url: `${url}${API}`,
    headers: ({ context }) => ({
      'idempotency-key': context.idempotencyKey ?? uuid(),
      ...(browser.csrfToken === undefined ? {} : { 'x-csrf-token': browser.csrfToken }),
      ...sent(),
      ...context.headers,
    }),
    fetch: async (request, init) => {
      const answer = await fetch(request, init);
      take(answer);
      return answer;
    },
  });
  const remember = (me: PortalMe) => {
    browser.csrfToken = me.csrfToken;
    return me;
  };
  const browser: PortalBrowser = {
    portal: createORPCClient(link),
    cookies,
    csrfToken: undefined,
    signIn: async (email, password = PASSWORD, more = {}) =>
      remember(await browser.portal.auth.login({ email, password, ...more })),
    refresh: async () => remember(await browser.portal.me()),
    raw: async (method, path, options = {}) => {
      const where = path.startsWith('/portal') ? path : `${API}${path}`;
      const answer = await rawCall(url, method, where, {
        ...options,
        headers: { ...sent(), ...options.headers },
        // A browser would follow; a test wants to see the cookies and the way.
        redirect: 'manual',
      });
      take(answer);
      return answer;
    },
    lastSetCookies: () => last,
  };
  return browser;
}

/** Does with a Set-Cookie line what a browser does, as far as names, values and their end go. */
function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';');
  const [name = '', value = ''] = pair.trim().split('=');
  const ends = attributes
    .map((text) => text.trim().toLowerCase())
    .some((text) => text === 'max-age=0' || (text.startsWith('expires=') && Date.parse(text.slice(8)) <= Date.now()));
  if (ends || value === '') cookies.delete(name);
  else cookies.set(name, decodeURIComponent(value));
}
