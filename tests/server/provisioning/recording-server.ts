import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A request as the far side saw it. `until` is when it was answered, or when the caller went away. */
export interface Seen {
  readonly key: string;
  readonly path: string;
  readonly body: unknown;
  readonly from: number;
  until: number | null;
}

export interface RecordingServer {
  /** host:port */
  readonly host: string;
  readonly seen: readonly Seen[];
  /** Requests that wait for their answer. */
  open(): Seen[];
  close(): Promise<void>;
}

type Answer = (request: Seen, response: ServerResponse) => void | Promise<void>;

/** The network's far edge: takes requests, keeps when each began and ended, and answers each after a while. */
export async function recordingServer(
  answer: Answer = async (_, response) => {
    await delay(150);
    response.setHeader('content-type', 'application/json');
    response.end('{"ok":true}');
  },
): Promise<RecordingServer> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const entry: Seen = {
      key: String(request.headers['idempotency-key']),
      path: request.url ?? '',
      body: await bodyOf(request),
      from: performance.now(),
      until: null,
    };
    seen.push(entry);
    response.on('close', () => {
      entry.until ??= performance.now();
    });
    await answer(entry, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    seen,
    open: () => seen.filter(({ until }) => until === null),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? null : JSON.parse(text);
}

/** Pairs of requests with one key of which the second began before the first was over. */
export function overlaps(seen: readonly Seen[]): [Seen, Seen][] {
  return seen.flatMap((first, index) =>
    seen
      .slice(index + 1)
      .filter((second) => second.key === first.key && (first.until === null || second.from < first.until))
      .map((second): [Seen, Seen] => [first, second]),
  );
}
