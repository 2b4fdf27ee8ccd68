import { readdir, realpath, stat } from 'node:fs/promises';
import { SerialPort } from 'serialport';

/** A port that the system lists, and what its USB maker suggests that it is. */
export interface ListedPort {
  readonly path: string;
  readonly name: string;
  readonly guess: 'reader' | 'modem' | null;
}

/** USB vendor ids of makers whose serial devices are readers or modems. USB-to-serial bridges say nothing and are left. */
const READER_MAKERS = new Set(['0536', '05e0', '05f9', '065a', '0c2e', '1eab']);
const MODEM_MAKERS = new Set(['0af0', '1199', '12d1', '1546', '19d2', '1bc7', '1e0e', '1e2d', '2c7c', '2cb7']);

function guessOf(vendorId: string | undefined): ListedPort['guess'] {
  const id = vendorId?.toLowerCase() ?? '';
  if (READER_MAKERS.has(id)) return 'reader';
  return MODEM_MAKERS.has(id) ? 'modem' : null;
}

async function askSystem(): Promise<ListedPort[]> {
  const ports = await SerialPort.list();
  const real = ports.filter((port) => port.vendorId !== undefined || port.path.startsWith('COM'));
  return real.map((port) => {
    const friendly = (port as { friendlyName?: string }).friendlyName;
    return { path: port.path, name: friendly ?? port.manufacturer ?? port.path, guess: guessOf(port.vendorId) };
  });
}

/** The terminals that exist on Linux: listing the ports starts a program there, so only when these change. */
async function terminals(): Promise<string> {
  const names = await readdir('/dev').catch(() => []);
  return names.filter((name) => /^(tty(USB|ACM|AMA|O)|rfcomm)\d+$/.test(name)).join();
}

/** After a change the system may need this long to know a new port's maker. */
const SETTLING_MS = 3_000;
const REFRESH_MS = 30_000;

/**
 * A function that lists the ports, cheap enough to be called every half second. Rejects when the system can't list them
 * (Linux without udevadm); the ports named in the settings work all the same.
 */
export function createPortLister(): () => Promise<readonly ListedPort[]> {
  if (process.platform !== 'linux') return askSystem;
  let names = '';
  let changedAt = performance.now();
  let askedAt = Number.NEGATIVE_INFINITY;
  let ports: Promise<readonly ListedPort[]> = Promise.resolve([]);
  return async () => {
    const now = performance.now();
    const present = await terminals();
    if (present !== names) changedAt = now;
    names = present;
    if (now - changedAt < SETTLING_MS || now - askedAt > REFRESH_MS) {
      askedAt = now;
      ports = askSystem();
    }
    return ports;
  };
}

/** What stands behind a path now, so that a replaced device is noticed; null when nothing does. */
export async function portIdentity(path: string, listed: readonly ListedPort[]): Promise<string | null> {
  if (listed.some((port) => port.path === path)) return path;
  if (process.platform === 'win32') return null;
  try {
    const target = await realpath(path);
    return `${target}#${(await stat(target)).rdev}`;
  } catch {
    return null;
  }
}
