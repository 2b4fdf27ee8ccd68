import { protocol, type Session } from 'electron';
import { securityHeaders } from '../security-headers.ts';
import { readStatic } from '../static-files.ts';
import { isOwnAddress, SCHEME } from './origin.ts';

/** Before the app is ready: the page's scheme is a secure, standard origin. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** No page asks for nothing this long while it loads. */
const QUIET_MS = 15;
/** A page that never asks keeps nobody waiting. */
const LONGEST_MS = 1_000;

/**
 * Serves the built renderer, and nothing else, to this session's windows. Resolves once the first page has the scripts it
 * asked for: it then has enough to do by itself, and this thread, which serves it, is free for work that blocks.
 */
export function servePage(session: Session, folder: string): Promise<void> {
  const first = firstLoad();
  session.protocol.handle(SCHEME, async (request) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isOwnAddress(request.url) || !isRead) return new Response(null, { status: 403 });
    const { pathname } = new URL(request.url);
    const answered = first.asked(pathname);
    const file = await readStatic(folder, pathname);
    answered();
    if (file === null) return new Response(null, { status: 404, headers: securityHeaders() });
    return new Response(new Uint8Array(file.body), { headers: { ...securityHeaders(), ...file.headers } });
  });
  return first.over;
}

/** Watches the requests of the first page that loads. */
function firstLoad() {
  let open = 0;
  let hasScript = false;
  let quiet: NodeJS.Timeout | undefined;
  const { promise: over, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, LONGEST_MS).unref();
  const asked = (pathname: string) => {
    open += 1;
    clearTimeout(quiet);
    hasScript ||= pathname.endsWith('.js');
    return () => {
      open -= 1;
      if (open === 0 && hasScript) quiet = setTimeout(resolve, QUIET_MS);
    };
  };
  return { over, asked };
}
