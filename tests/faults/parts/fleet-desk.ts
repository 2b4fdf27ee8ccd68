import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Acknowledgement, DeskCalls, DeskSays } from './messages.ts';

const program = path.join(import.meta.dirname, 'desk-process.ts');

export interface FleetDeskOptions {
  readonly dataDir: string;
  readonly centralUrl: string;
  readonly mark: string;
  readonly acknowledged: (what: Acknowledgement) => void;
}

/** A desk of the fleet, seen from the test: asked by messages, killed without a word, started again on its files. */
export interface FleetDesk {
  readonly dataDir: string;
  call<N extends keyof DeskCalls>(name: N, ...args: Parameters<DeskCalls[N]>): ReturnType<DeskCalls[N]>;
  isAlive(): boolean;
  start(clockMs?: number): Promise<void>;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export function createFleetDesk({ dataDir, centralUrl, mark, acknowledged }: FleetDeskOptions): FleetDesk {
  let child: ChildProcess | null = null;
  let said = '';
  let number = 0;
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();

  const hear = (message: DeskSays) => {
    if (message.type === 'acknowledged') acknowledged(message.what);
    if (message.type !== 'answer') return;
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error === undefined) asked?.resolve(message.result);
    else asked?.reject(new Error(`${mark}: ${message.error}`));
  };
  const ended = () => {
    child = null;
    for (const { reject } of waiting.values()) reject(new Error(`${mark} is not running\n${said}`));
    waiting.clear();
  };
  const call = (name: string, ...args: readonly unknown[]) =>
    new Promise<unknown>((resolve, reject) => {
      if (child === null) {
        reject(new Error(`${mark} is not running\n${said}`));
        return;
      }
      number += 1;
      waiting.set(number, { resolve, reject });
      child.send({ id: number, name, args });
    });
  return {
    dataDir,
    call: call as FleetDesk['call'],
    isAlive: () => child !== null,
    async start(clockMs = 0) {
      starts += 1;
      const env = {
        ...process.env,
        FLEET_DATA_DIR: dataDir,
        FLEET_CENTRAL_URL: centralUrl,
        FLEET_MARK: `${mark}-${starts}`,
        FLEET_CLOCK_MS: String(clockMs),
      };
      const fresh = fork(program, { env, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
      child = fresh;
      said = '';
      for (const stream of [fresh.stdout, fresh.stderr]) stream?.on('data', (chunk) => (said += String(chunk)));
      await new Promise<void>((resolve, reject) => {
        fresh.once('message', () => resolve());
        fresh.once('exit', () => reject(new Error(`${mark} did not start:\n${said}`)));
      });
      fresh.on('message', hear);
      fresh.once('exit', () => child === fresh && ended());
    },
    async kill() {
      if (child === null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    async stop() {
      if (child === null) return;
      const gone = once(child, 'exit');
      await call('stop').catch(() => child?.kill('SIGKILL'));
      await gone;
    },
  };
}

/** Every start works under a mark of its own, so that nobody invents a customer twice. */
let starts = 0;
