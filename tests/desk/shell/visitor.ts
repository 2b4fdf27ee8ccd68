import { request } from 'node:http';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import { DESK_SOCKET_PATH } from '#core/contract/desk/transport.ts';
import type { DeskContract } from '#core/contract/desk.ts';

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** A plain request with exactly these headers: unlike fetch it lets a test lie about Host, Origin and cookies. */
export function visit(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on('error', reject).end();
  });
}

/** The cookie that an unused address gives, as a browser would send it back. */
export async function cookieFor(url: string): Promise<string> {
  const { headers } = await visit(url);
  const [cookie] = [headers['set-cookie'] ?? []].flat();
  if (cookie === undefined) throw new Error('the address gave no cookie');
  return cookie.split(';')[0] ?? '';
}

/** What became of a try to open the desk's socket: open, or the status with which it was refused. */
export function trySocket(origin: string, headers: Record<string, string>, path = DESK_SOCKET_PATH) {
  const socket = new WebSocket(origin.replace('http', 'ws') + path, { headers });
  return new Promise<number | 'open'>((resolve) => {
    socket.on('open', () => {
      socket.close();
      resolve('open');
    });
    socket.on('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', () => undefined);
  });
}

export interface Visitor {
  readonly desk: ContractRouterClient<DeskContract>;
  close(): void;
}

/** A window's way to the desk, as the screens use it. */
export async function enter(url: string): Promise<Visitor> {
  const { origin } = new URL(url);
  return enterWith(origin, await cookieFor(url));
}

export async function enterWith(origin: string, cookie: string): Promise<Visitor> {
  const socket = new WebSocket(origin.replace('http', 'ws') + DESK_SOCKET_PATH, { headers: { origin, cookie } });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
  return { desk: createORPCClient(link), close: () => socket.terminate() };
}
