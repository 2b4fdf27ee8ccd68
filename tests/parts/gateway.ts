import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Passed {
  readonly method: string;
  readonly path: string;
  readonly key: string | undefined;
}

type Fits = (request: Passed) => boolean;

/** The shop's line to central: real HTTP in between, that a test can cut, mend, or make lose an answer. */
export interface Gateway {
  readonly url: string;
  /** Every request that came this way. */
  readonly passed: readonly Passed[];
  cut(): void;
  /** Nothing is refused or closed, it just never arrives; mended, what was held back does. */
  silence(): void;
  mend(): void;
  /** The next request that fits reaches central, but its answer never comes back. */
  loseAnswerTo(fits: Fits): void;
  /** Answers that are not central's, as a hotel's network gives them; null goes on normally. */
  answerInstead(answer: { status: number; body: string } | null): void;
  close(): Promise<void>;
}

export async function startGateway(target: string): Promise<Gateway> {
  const passed: Passed[] = [];
  const sockets = new Set<Socket>();
  const losing: Fits[] = [];
  const answering = new Set<Answering>();
  const held: (() => void)[] = [];
  let isCut = false;
  let isSilent = false;
  const pass = (one: Answering) => {
    answering.add(one);
    one.outgoing.on('close', () => answering.delete(one));
    if (!isSilent) one.answer.pipe(one.outgoing);
  };
  let instead: { status: number; body: string } | null = null;

  const server = createServer((incoming, outgoing) => {
    const key = incoming.headers['idempotency-key'];
    const one: Passed = { method: incoming.method ?? '', path: incoming.url ?? '', key: [key].flat()[0] };
    passed.push(one);
    if (instead !== null)
      return void outgoing.writeHead(instead.status, { 'content-type': 'text/html' }).end(instead.body);
    if (isSilent) return void held.push(() => forward(target, incoming, outgoing, pass));
    const at = losing.findIndex((fits) => fits(one));
    const [lost] = at < 0 ? [] : losing.splice(at, 1);
    forward(target, incoming, outgoing, lost === undefined ? pass : null);
  });
  server.on('connection', (socket) => {
    if (isCut) return void socket.destroy();
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const dropAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    cut() {
      isCut = true;
      dropAll();
    },
    silence() {
      isSilent = true;
      for (const { answer, outgoing } of answering) answer.unpipe(outgoing);
    },
    mend() {
      isCut = false;
      if (!isSilent) return;
      isSilent = false;
      for (const { answer, outgoing } of answering) answer.pipe(outgoing);
      for (const send of held.splice(0)) send();
    },
    loseAnswerTo: (fits) => void losing.push(fits),
    answerInstead(answer) {
      instead = answer;
    },
    async close() {
      dropAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Answering {
  readonly answer: IncomingMessage;
  readonly outgoing: ServerResponse;
}

/** Passes a request on and hands its answer over; null loses the answer. */
function forward(
  target: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  pass: ((one: Answering) => void) | null,
): void {
  if (outgoing.destroyed) return;
  const { host: _host, ...headers } = incoming.headers;
  const sent = request(new URL(incoming.url ?? '/', target), { method: incoming.method, headers }, (answer) => {
    if (pass === null) {
      answer.resume();
      answer.on('end', () => outgoing.destroy());
      return;
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    pass({ answer, outgoing });
  });
  sent.on('error', () => outgoing.destroy());
  outgoing.on('close', () => sent.destroy());
  incoming.pipe(sent);
}
