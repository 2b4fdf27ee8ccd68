import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { programPath } from './available.ts';
import { waitUntil } from './wait.ts';

/** A pseudo-terminal that stands for a serial device: the desk opens `path`, the test is the device at the far end. */
export interface SerialCable {
  readonly path: string;
  /** Sends what the device sends; resolves when the bytes are on their way. */
  send(data: string | Uint8Array): Promise<void>;
  /** Called with what the desk writes to the device. */
  onReceive(listener: (text: string) => void): void;
  /** Pulls the plug: the port disappears. */
  unplug(): Promise<void>;
}

function started(socat: ChildProcessWithoutNullStreams, path: string): Promise<true> {
  const failed = new Promise<never>((_resolve, reject) => {
    socat.once('exit', (code) => reject(new Error(`socat ended with ${code}`)));
    socat.once('error', reject);
  });
  failed.catch(() => undefined);
  return Promise.race([waitUntil(() => existsSync(path), `the port ${path}`), failed]).then(() => true);
}

/** Plugs a device in at `path` (a symbolic link to a pseudo-terminal, made by socat). */
export async function plugInSerial(path: string): Promise<SerialCable> {
  await rm(path, { force: true });
  const socat = spawn(programPath('socat') ?? 'socat', [`pty,raw,echo=0,mode=666,link=${path}`, 'stdio']);
  const exited = new Promise<void>((resolve) => socat.once('close', () => resolve()));
  socat.stdin.on('error', () => undefined);
  await started(socat, path);
  return {
    path,
    send: (data) =>
      new Promise((resolve, reject) => {
        socat.stdin.write(data, (error) => (error ? reject(error) : resolve()));
      }),
    onReceive: (listener) => void socat.stdout.on('data', (chunk: Buffer) => listener(chunk.toString('latin1'))),
    unplug: async () => {
      socat.kill('SIGKILL');
      await exited;
      await rm(path, { force: true });
    },
  };
}
