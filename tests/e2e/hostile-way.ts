import { createServer, request as httpRequest, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HostileWay {
  /** Where people reach central: everything goes on to it but two pages that mean no good. */
  readonly url: string;
  /** Somebody else's server, and what was asked of it. */
  readonly foreign: { readonly url: string; readonly asked: readonly string[] };
  /** Names the central that is behind. */
  to(centralUrl: string): void;
  stop(): Promise<void>;
}

/**
 * A way to central on which `/portal/away` sends whoever asks to a foreign server, and `/portal/hostile` is a page without
 * any policy of its own, as if the portal's had failed.
 */
export async function startHostileWay(): Promise<HostileWay> {
  const asked: string[] = [];
  const foreign = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.setHeader('access-control-allow-origin', '*');
    if (request.url?.startsWith('/back')) response.writeHead(302, { location: `${urlOf(way)}/portal/` }).end();
    else response.setHeader('content-type', 'text/html').end('<h1>Foreign</h1>');
  });
  let central = '';
  const way = createServer((request, response) => {
    if (request.url === '/portal/away') return redirect(response, `${urlOf(foreign)}/from-redirect`);
    if (request.url === '/portal/hostile') return page(response);
    const target = new URL(request.url ?? '/', central);
    const onward = httpRequest(target, { method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await Promise.all([listen(foreign), listen(way)]);
  return {
    url: urlOf(way),
    foreign: { url: urlOf(foreign), asked },
    to(centralUrl) {
      central = centralUrl;
    },
    async stop() {
      for (const server of [foreign, way]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location }).end();
}

function page(response: ServerResponse): void {
  response.setHeader('content-type', 'text/html').end('<!doctype html><title>Hostile</title><h1>Hostile</h1>');
}

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const listen = (server: Server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
