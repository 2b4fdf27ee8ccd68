import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

export interface SpawnedDesk {
  readonly child: ChildProcess;
  /** Opens the desk once. */
  readonly url: string;
  /** Scheme, host and port. */
  readonly origin: string;
  output(): string;
  /** SIGKILL, as a power cut would. */
  kill(): Promise<void>;
  /** SIGTERM; resolves to the exit code. */
  stop(): Promise<number | null>;
}

export interface SpawnOptions {
  /** The folder that holds the desk's own. */
  readonly folder: string;
  readonly centralUrl?: string;
  readonly env?: Record<string, string>;
}

const entry = path.join(import.meta.dirname, '../../../src/main/shell/browser/main.ts');
/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:9';

/** The browser shell as a process of its own, as the launcher starts it. */
export async function spawnDesk({ folder, centralUrl = NOWHERE, env = {} }: SpawnOptions): Promise<SpawnedDesk> {
  const child = fork(entry, {
    env: {
      ...process.env,
      ...env,
      COMPTOIR_DATA_DIR: folder,
      COMPTOIR_CENTRAL_URL: centralUrl,
      COMPTOIR_DESK_PORT: '',
      COMPTOIR_LOG_LEVEL: 'warn',
    },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += String(chunk)));
  const exited = once(child, 'exit');
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
    return child.exitCode;
  };
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message: { url: string }) => resolve(message.url));
    child.once('exit', () => reject(new Error(`the desk did not start:\n${said}`)));
  });
  return {
    child,
    url,
    origin: new URL(url).origin,
    output: () => said,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}
