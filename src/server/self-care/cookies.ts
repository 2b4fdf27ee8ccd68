import type { IncomingHttpHeaders } from 'node:http';
import { deleteCookie, getCookie, setCookie } from '@orpc/server/helpers';
import type { PortalBase } from './context.ts';

const SESSION_COOKIE = 'comptoir_portal';
/** Tells the page that there is a session worth asking about; it opens nothing. */
const HINT_COOKIE = 'comptoir_portal_in';
const PATH = '/portal';

/** The session's cookie; undefined when there is none. */
export function sessionCookieOf(headers: IncomingHttpHeaders | PortalBase['headers']): string | undefined {
  const sent = headers.cookie;
  if (typeof sent !== 'string') return undefined;
  const token = getCookie(new Headers({ cookie: sent }), SESSION_COOKIE);
  return token !== undefined && /^[\w-]{20,200}$/.test(token) ? token : undefined;
}

/** Whether a browser says that somebody is signed in; not that it is so. */
export function isHinted({ cookie }: IncomingHttpHeaders): boolean {
  return cookie !== undefined && getCookie(new Headers({ cookie }), HINT_COOKIE) !== undefined;
}

const DEVICE_COOKIE = 'comptoir_device';
const DEVICE_DAYS = 400;

/** The tokens by which accounts know this browser. */
export function deviceTokensOf(headers: PortalBase['headers']): string[] {
  if (typeof headers.cookie !== 'string') return [];
  const sent = getCookie(new Headers({ cookie: headers.cookie }), DEVICE_COOKIE) ?? '';
  return sent.split('.').filter((token) => /^[\w-]{20,200}$/.test(token));
}

/** Keeps them in the browser for as long as browsers keep anything. */
export function setDeviceCookie(headers: Headers | undefined, tokens: readonly string[], secure: boolean): void {
  setCookie(headers, DEVICE_COOKIE, tokens.join('.'), {
    ...{ path: PATH, httpOnly: true, sameSite: 'lax', secure, maxAge: DEVICE_DAYS * 86_400 },
  });
}

interface CookieOptions {
  /** Undefined: until the browser is closed. */
  readonly expires?: Date;
  readonly secure: boolean;
  /** In a frame of another site: a cookie of that frame's own, over TLS only. */
  readonly framed?: boolean;
}

/** Puts the session's cookie into an answer's headers. */
export function setSessionCookie(headers: Headers | undefined, token: string, options: CookieOptions): void {
  const { expires, secure, framed = false } = options;
  const reach = framed
    ? ({ sameSite: 'none', secure: true, partitioned: true } as const)
    : ({ sameSite: 'lax', secure } as const);
  setCookie(headers, SESSION_COOKIE, token, { path: PATH, httpOnly: true, expires, ...reach });
  setCookie(headers, HINT_COOKIE, '1', { path: PATH, expires, ...reach });
}

/** Both cookies: the usual one and that of a frame, which a browser keeps apart. */
export function clearSessionCookie(headers: Headers | undefined, secure: boolean): void {
  for (const name of [SESSION_COOKIE, HINT_COOKIE]) {
    const kind = { path: PATH, httpOnly: name === SESSION_COOKIE };
    deleteCookie(headers, name, { ...kind, sameSite: 'lax', secure });
    deleteCookie(headers, name, { ...kind, sameSite: 'none', secure: true, partitioned: true });
  }
}
