import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Random } from '../../../src/server/demo/random.ts';

/** How often each evil is done to a request; shares of 1. What is left passes. */
export interface Hostility {
  /** Never reaches central. */
  readonly lostRequest: number;
  /** Reaches central; the answer is lost on its way back. */
  readonly lostAnswer: number;
  /** Reaches central twice, the second time after the first was answered; the second answer comes back. */
  readonly twice: number;
  /** Reaches central late, so that what was sent after it may overtake it. */
  readonly late: number;
  /** Neither answered nor refused, for as long as the caller waits. */
  readonly silent: number;
}

export const honest: Hostility = { lostRequest: 0, lostAnswer: 0, twice: 0, late: 0, silent: 0 };
export const hostile: Hostility = { lostRequest: 0.08, lostAnswer: 0.12, twice: 0.1, late: 0.15, silent: 0.02 };

const LONGEST_DELAY_MS = 800;

/** One shop's line to central, that a test can cut and spoil. */
export interface HostileLine {
  readonly url: string;
  /** Where central answers now; it moves when it is started again. */
  lead(target: string): void;
  cut(): void;
  /** Ends a cut; a line that is spoilt stays so. */
  mend(): void;
  behave(hostility: Hostility): void;
  close(): Promise<void>;
}

export async function startHostileLine(firstTarget: string, random: Random): Promise<HostileLine> {
  let target = firstTarget;
  let isCut = false;
  let behaviour = honest;
  const sockets = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();

  const server = createServer((incoming, outgoing) => {
    incoming.on('error', () => undefined);
    outgoing.on('error', () => undefined);
    const fate = fateOf(behaviour, random.next());
    if (fate === 'silent') return;
    void bodyOf(incoming).then((body) => {
      if (body === null || fate === 'lostRequest') return void outgoing.destroy();
      if (fate !== 'late') return pass({ target, incoming, outgoing, body, fate });
      const timer = setTimeout(() => {
        timers.delete(timer);
        pass({ target, incoming, outgoing, body, fate });
      }, random.below(LONGEST_DELAY_MS));
      timers.add(timer);
    });
  });
  server.on('connection', (socket) => {
    if (isCut) return void socket.destroy();
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const dropAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lead(url) {
      target = url;
      dropAll();
    },
    cut() {
      isCut = true;
      dropAll();
    },
    mend() {
      isCut = false;
    },
    behave(hostility) {
      behaviour = hostility;
    },
    async close() {
      for (const timer of timers) clearTimeout(timer);
      dropAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Fate = keyof Hostility | 'pass';

function fateOf(behaviour: Hostility, dice: number): Fate {
  let left = dice;
  for (const fate of ['lostRequest', 'lostAnswer', 'twice', 'late', 'silent'] as const) {
    left -= behaviour[fate];
    if (left < 0) return fate;
  }
  return 'pass';
}

/** Null when the caller went away before it had said everything. */
async function bodyOf(incoming: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  try {
    for await (const part of incoming) parts.push(part as Buffer);
    return Buffer.concat(parts);
  } catch {
    return null;
  }
}

interface Passage {
  readonly target: string;
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly body: Buffer;
  readonly fate: Fate;
}

function pass({ target, incoming, outgoing, body, fate }: Passage): void {
  const { host: _host, ...headers } = incoming.headers;
  const send = (answered: (answer: IncomingMessage) => void) => {
    const sent = request(new URL(incoming.url ?? '/', target), { method: incoming.method, headers }, answered);
    sent.on('error', () => outgoing.destroy());
    outgoing.on('close', () => sent.destroy());
    sent.end(body);
  };
  const deliver = (answer: IncomingMessage) => {
    if (fate === 'lostAnswer') {
      answer.resume();
      answer.on('close', () => outgoing.destroy());
      return;
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.on('error', () => outgoing.destroy());
    answer.pipe(outgoing);
  };
  if (fate !== 'twice' || incoming.method === 'GET') {
    send(deliver);
    return;
  }
  send((first) => {
    first.resume();
    first.on('close', () => send(deliver));
  });
}
