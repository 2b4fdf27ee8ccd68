import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { waitUntil } from '../parts/wait.ts';

export const root = path.resolve(import.meta.dirname, '../..');
const startMs = 180_000;
const stopMs = 60_000;

/** `npm start`, running as if typed into a terminal of its own. */
export interface Launched {
  /** Everything said so far. */
  readonly said: () => string;
  /** The address of central or of the desk, as it was printed. */
  readonly address: (of: 'central' | 'desk') => string;
  /** Resolves to what a pattern found in what was said. Throws with all of it when the command ends first. */
  readonly hears: (pattern: RegExp) => Promise<string>;
  /** Resolves when the desk is ready. */
  readonly ready: () => Promise<string>;
  /** What a terminal does on Ctrl-C: a SIGINT to everything in its foreground, npm included. */
  readonly interrupt: () => void;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Resolves to the exit code once the command has ended. */
  readonly ended: () => Promise<number | null>;
  /** Process ids, and names, of all that descends from it and still runs. Linux only. */
  readonly left: () => { pid: number; command: string }[];
}

/** A data folder that PostgreSQL's own user can pass through when the tests run as root. */
export function dataFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'comptoir-launch-'));
  chmodSync(folder, 0o755);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Runs `npm run <script>` (`start` unless told) with nothing of this test run's own settings but what `env` gives. */
export function launch(env: Record<string, string>, script = 'start'): Launched {
  const mark = randomUUID();
  const child = spawn('npm', ['run', script], {
    cwd: root,
    detached: true,
    env: { ...plainEnvironment(), COMPTOIR_NO_OPEN: '1', ...env, LAUNCH_MARK: mark },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return follow(child, mark);
}

function plainEnvironment(): NodeJS.ProcessEnv {
  const ours = /^(?:COMPTOIR_|VITEST|PORT$|HOST$|DATABASE_URL$|NODE_ENV$|npm_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}

function follow(child: ChildProcess, mark: string): Launched {
  let text = '';
  child.stdout?.on('data', (chunk) => (text += chunk));
  child.stderr?.on('data', (chunk) => (text += chunk));
  let ended = false;
  child.on('close', () => (ended = true));
  const signal = (name: NodeJS.Signals) => {
    if (child.pid && !ended) process.kill(-child.pid, name);
  };
  const hears = async (pattern: RegExp) => {
    await waitUntil(() => pattern.test(text) || ended, `${pattern} to be said`, startMs);
    const found = pattern.exec(text);
    if (!found) throw new Error(`it ended before it said ${pattern}:\n${text}`);
    return found[1] ?? found[0];
  };
  return {
    said: () => text,
    address: (of) => addressOf(of, text),
    hears,
    ready: () => hears(/Ctrl-C stops everything/),
    interrupt: () => signal('SIGINT'),
    signal,
    ended: async () => {
      await waitUntil(() => ended, 'npm start to end', stopMs);
      return child.exitCode;
    },
    left: () => marked(mark),
  };
}

function addressOf(of: 'central' | 'desk', text: string): string {
  const pattern = of === 'central' ? /central is ready at (\S+)/ : /Open it in [^\n]*: (http\S+)/;
  const found = pattern.exec(text)?.[1];
  if (!found) throw new Error(`no address of ${of} in:\n${text}`);
  return found;
}

/** Every process inherits the mark in its environment, whatever session or group it has moved to. */
function marked(mark: string): { pid: number; command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && readOrNothing(`/proc/${name}/environ`).includes(mark))
    .map((name) => ({
      pid: Number(name),
      command: readOrNothing(`/proc/${name}/cmdline`).replaceAll('\0', ' ').trim(),
    }));
}

function readOrNothing(file: string): string {
  try {
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  } catch {
    // Ended meanwhile, or another user's.
    return '';
  }
}
