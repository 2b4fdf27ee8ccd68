import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { programPath } from './available.ts';
import { waitUntil } from './wait.ts';

/** A real Osmocom HLR with an empty database. */
export interface OsmoHlr {
  /** For COMPTOIR_HLR_URL. */
  readonly url: string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on the same database and address. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const CTRL_PORT = 4259;

/** Its ports are fixed, so each one gets a loopback address of its own. */
function ownAddress(): string {
  const byte = () => 1 + Math.floor(Math.random() * 254);
  return `127.${byte()}.${byte()}.${byte()}`;
}

export async function startOsmoHlr(): Promise<OsmoHlr> {
  const program = programPath('osmo-hlr');
  if (program === null) throw new Error('osmo-hlr is not installed');
  const folder = await mkdtemp(path.join(os.tmpdir(), 'osmo-hlr-'));
  const address = ownAddress();
  const config = path.join(folder, 'hlr.cfg');
  await writeFile(config, `line vty\n bind ${address}\nctrl\n bind ${address}\nhlr\n gsup\n  bind ip ${address}\n`);
  let child: ChildProcess | undefined;
  const start = async () => {
    child = spawn(program, ['-c', config, '-l', path.join(folder, 'hlr.db')], { cwd: folder, stdio: 'ignore' });
    await waitUntil(() => answers(address), `osmo-hlr on ${address}`);
  };
  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  await start();
  return {
    url: `tcp://${address}:${CTRL_PORT}`,
    kill,
    restart: start,
    async stop() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answers(address: string): Promise<boolean> {
  const socket = connect(CTRL_PORT, address);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
