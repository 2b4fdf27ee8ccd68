import { protocol, type Session } from 'electron';
import { securityHeaders } from '../security-headers.ts';
import { readStatic } from '../static-files.ts';
import { isOwnAddress, SCHEME } from './origin.ts';

/** Before the app is ready: the page's scheme is a secure, standard origin. */
export function registerScheme(): void {
  // What serves the page takes Node some 30 ms to read: now, and not when the page waits for its first answer.
  void globalThis.Response;
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built renderer, and nothing else, to this session's windows. */
export function servePage(session: Session, folder: string, centralUrl: string): void {
  const headers = securityHeaders({ centralUrl });
  session.protocol.handle(SCHEME, async (request) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isOwnAddress(request.url) || !isRead) return new Response(null, { status: 403 });
    const file = await readStatic(folder, new URL(request.url).pathname);
    if (file === null) return new Response(null, { status: 404, headers });
    return new Response(new Uint8Array(file.body), { headers: { ...headers, ...file.headers } });
  });
}
