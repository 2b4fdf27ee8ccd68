import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { waitUntil } from '../../tests/parts/wait.ts';
import type { WindowProgram } from './empty-window.ts';

const GIVE_UP_MS = 60_000;
const END_MS = 10_000;

/**
 * Runs in the page: waits for what a person can use (a field that takes the focus, or just the page when there is none
 * to wait for) and for the frame that shows it. Gives the time on the wall, in milliseconds.
 */
const usable = (field: string | null) => `new Promise((resolve) => {
  const look = () => {
    const found = ${field === null ? 'null' : `document.querySelector(${JSON.stringify(field)})`};
    found?.focus();
    const isUsable = document.readyState === 'complete' && ${field === null ? 'true' : 'found !== null && document.activeElement === found'};
    if (!isUsable) return void setTimeout(look, 1);
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now())));
  };
  look();
})`;

/**
 * Opens a window by its program; gives the milliseconds from the start of its process until it is usable. It is closed
 * after `stay` is over.
 */
export async function timeToWindow(
  { program, args }: WindowProgram,
  env: Record<string, string>,
  field: string | null,
  stay: () => Promise<unknown> = async () => undefined,
): Promise<number> {
  const start = Date.now();
  const child = spawn(program, [...args, '--remote-debugging-port=0'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own, so that a wrapper and what it started end together.
    detached: true,
  });
  try {
    const address = await devtoolsOf(child);
    const at = await waitUntil(() => askPage(address, usable(field)), `${program} to be usable`, GIVE_UP_MS);
    await stay();
    return at - start;
  } finally {
    await end(child);
  }
}

/** The loopback address of Chromium's developer tools, as the program says it. */
function devtoolsOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += String(chunk);
      const [, address] = /DevTools listening on ws:\/\/([^/]+)\//.exec(said) ?? [];
      if (address !== undefined) resolve(address);
    });
    child.once('exit', () => reject(new Error(`the window did not open:\n${said}`)));
    child.once('error', reject);
  });
}

/** Evaluates in the program's one page; null while there is none yet, or when it was replaced meanwhile. */
async function askPage(address: string, expression: string): Promise<number | null> {
  const response = await fetch(`http://${address}/json/list`).catch(() => null);
  const targets = ((await response?.json()) ?? []) as { type: string; url: string; webSocketDebuggerUrl?: string }[];
  const page = targets.find(({ type, url }) => type === 'page' && url !== '' && url !== 'about:blank');
  return page?.webSocketDebuggerUrl === undefined ? null : evaluate(page.webSocketDebuggerUrl, expression);
}

function evaluate(url: string, expression: string): Promise<number | null> {
  const socket = new WebSocket(url);
  return new Promise<number | null>((resolve) => {
    const params = { expression, awaitPromise: true, returnByValue: true };
    socket.addEventListener('open', () => socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params })));
    socket.addEventListener('message', ({ data }) => {
      const { id, result } = JSON.parse(String(data));
      if (id === 1) resolve(typeof result?.result?.value === 'number' ? result.result.value : null);
    });
    socket.addEventListener('error', () => resolve(null));
    socket.addEventListener('close', () => resolve(null));
  }).finally(() => socket.close());
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  process.kill(-child.pid, 'SIGTERM');
  const impatience = new AbortController();
  void pause(END_MS, undefined, { signal: impatience.signal }).then(
    () => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'),
    () => undefined,
  );
  await gone;
  impatience.abort();
}
