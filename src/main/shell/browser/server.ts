import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { RPCHandler } from '@orpc/server/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { DESK_SOCKET_PATH } from '#core/contract/desk/transport.ts';
import type { Host } from '../../host.ts';
import { securityHeaders } from '../security-headers.ts';
import { readStatic } from '../static-files.ts';
import { createGate, isSame } from './gate.ts';
import { asJson, enteringPage, type Page, refusedPage } from './pages.ts';
import { FRESH_URL_PATH } from './running-desk.ts';

const LOOPBACK = '127.0.0.1';
/** Stock files are sent whole through the socket. */
const LARGEST_MESSAGE = 64 * 1024 * 1024;

interface ServerOptions {
  readonly router: Host['router'];
  /** The built renderer. */
  readonly folder: string;
  /** Whose preview of the portal the page may show. */
  readonly centralUrl: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Leaves word of the desk on this port; gives the secret by which a second start asks for an address. */
  readonly noteFor: (port: number) => string;
}

export interface BrowserShellServer {
  readonly port: number;
  /** An address that opens the desk once; the browser that used it goes on by its cookie. */
  freshUrl(): string;
  close(): Promise<void>;
}

/** The desk on a loopback port. Only this machine reaches it, and of this machine only who was given an address. */
export async function startServer(options: ServerOptions): Promise<BrowserShellServer> {
  const { router, folder } = options;
  const gate = createGate();
  const server = createServer();
  await listen(server, options.port);
  const bound = (server.address() as AddressInfo).port;
  const secondStart = `Bearer ${options.noteFor(bound)}`;
  const hosts = [`${LOOPBACK}:${bound}`, `localhost:${bound}`];
  const cookie = `comptoir_desk_${bound}`;
  const isOurs = (request: IncomingMessage) => hosts.includes(request.headers.host ?? '');
  const isAdmitted = (request: IncomingMessage) => gate.isAdmitted(cookieOf(request, cookie));

  const freshUrl = () => `http://${LOOPBACK}:${bound}/?token=${gate.mintToken()}`;

  server.on('request', (request, response) => {
    answer(request, response).catch(() => refuse(response, 500));
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOurs(request)) return refuse(response, 421);
    if (request.method === 'POST' && request.url === FRESH_URL_PATH) {
      // No page can send this header without asking first, and nothing here answers such a question.
      if (!isSame(request.headers.authorization, secondStart)) return refuse(response, 401);
      return send(response, 200, {}, asJson({ url: freshUrl() }));
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
    const url = new URL(request.url ?? '/', `http://${hosts[0]}`);
    const headers = {
      ...securityHeaders({ centralUrl: options.centralUrl, socket: `ws://${request.headers.host}` }),
      'cross-origin-opener-policy': 'same-origin',
    };
    const token = url.searchParams.get('token');
    const secret = token === null ? null : gate.admit(token);
    if (secret !== null) {
      const entering = { ...headers, 'set-cookie': `${cookie}=${secret}; Path=/; HttpOnly; SameSite=Strict` };
      return send(response, 200, entering, enteringPage());
    }
    if (!isAdmitted(request)) return send(response, 401, headers, refusedPage(request.headers['accept-language']));
    if (token !== null) return send(response, 200, headers, enteringPage());
    const file = await readStatic(folder, url.pathname);
    if (file === null) return refuse(response, 404);
    send(response, 200, { ...headers, ...file.headers }, file);
  }

  const handler = new RPCHandler(router);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE, perMessageDeflate: false });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A page of another origin may open sockets to us and its browser would send our cookie: its Origin tells.
    const isOurPage = isOurs(request) && request.headers.origin === `http://${request.headers.host}`;
    if (!isOurPage) return refuseUpgrade(socket, '403 Forbidden');
    if (request.url !== DESK_SOCKET_PATH) return refuseUpgrade(socket, '404 Not Found');
    if (!isAdmitted(request)) return refuseUpgrade(socket, '401 Unauthorized');
    sockets.handleUpgrade(request, socket, head, (webSocket: WebSocket) => {
      webSocket.on('error', () => webSocket.terminate());
      void handler.upgrade(webSocket, { context: {} });
    });
  });

  return {
    port: bound,
    freshUrl,
    async close() {
      for (const socket of sockets.clients) socket.close(1001);
      const closed = new Promise((resolve) => server.close(resolve));
      setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
        server.closeAllConnections();
      }, 500).unref();
      await closed;
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function cookieOf(request: IncomingMessage, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

function send(response: ServerResponse, status: number, headers: Record<string, string>, page: Page): void {
  response.writeHead(status, { ...headers, ...page.headers, 'content-length': page.body.byteLength });
  response.end(page.body);
}

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { 'content-length': 0 }).end();
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
