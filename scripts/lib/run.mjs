// Starting programs, and leaving none behind.
import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Refusal, say, tail } from './log.mjs';
import { root, toolEnvironment, windows } from './paths.mjs';

const graceMs = 20_000;

/** Programs that run now, in the order they were started. */
const running = [];

/** Runs a tool to its end without showing its output; resolves to { code, output } and kills its group at the limit. */
export function runTool(file, args, { env = {}, cwd = root, limitMs, shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd,
      env: toolEnvironment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: !windows,
      windowsHide: true,
      shell,
    });
    const record = remember(file, child);
    let output = '';
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    let timedOut = false;
    const timer = limitMs
      ? setTimeout(() => {
          timedOut = true;
          killGroup(record, 'SIGKILL');
        }, limitMs)
      : undefined;
    const end = (code, said = '') => {
      clearTimeout(timer);
      forget(record);
      resolve({ code, output: output + said, timedOut });
    };
    child.on('error', (error) => end(127, error.message));
    child.on('close', (code) => end(code ?? 1));
  });
}

/** Runs a tool in front of the person, keyboard included, and resolves to its exit code. */
export function runInFront(file, args, { env = {}, cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env: toolEnvironment(env), stdio: 'inherit' });
    // Ctrl-C reaches the tool from the terminal itself; a signal for this process alone is passed on.
    const stayAlive = () => {};
    const forward = () => child.kill('SIGTERM');
    process.on('SIGINT', stayAlive).on('SIGTERM', forward).on('SIGHUP', forward);
    child.on('error', reject);
    child.on('close', (code) => {
      process.off('SIGINT', stayAlive).off('SIGTERM', forward).off('SIGHUP', forward);
      resolve(code ?? 1);
    });
  });
}

/**
 * Starts a program of ours in its own process group; what it says goes to a log file, or to the terminal with `echo`.
 * `ready` resolves to its URL (an IPC message { type: 'ready', url } or a line "<name> ready at <url>"), and rejects when
 * the program ends first. An IPC message { type: 'say', text } is for the person. `exited` resolves to { code, signal, error? }. `cleanUp` runs once it has been stopped, however
 * it ended.
 */
export function startProgram(name, file, args, { env = {}, logFile, echo = false, ipc = true, cleanUp } = {}) {
  const log = echo ? undefined : openLog(logFile);
  const output = echo ? 'inherit' : 'pipe';
  const child = spawn(file, args, {
    cwd: root,
    env: toolEnvironment(env),
    stdio: ['ignore', output, output, ...(ipc ? ['ipc'] : [])],
    detached: !windows,
    windowsHide: true,
  });
  const record = remember(name, child, cleanUp);
  const exited = new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 127, signal: null, error }));
    child.on('exit', (code, signal) => resolve({ code, signal }));
  });
  const ready = new Promise((resolve, reject) => {
    listen(child, name, log, resolve);
    exited.then(({ code, signal, error }) => {
      const why = error?.message ?? signal ?? `code ${code}`;
      reject(new Refusal(`${name} ended before it was ready (${why}).\n${lastWords(echo ? undefined : logFile)}`));
    });
  });
  ready.catch(() => {});
  return { name, child, ready, exited, logFile, stop: () => stopOne(record) };
}

/** The end of a program's log, for telling why it stopped. */
export function lastWords(logFile) {
  return logFile && existsSync(logFile) ? tail(readFileSync(logFile, 'utf8')) : '';
}

/** Whether a program started here may still run. */
export function anyRunning() {
  return running.length > 0;
}

/** Stops every program started here, last started first, each given time to finish its work. */
export async function stopAll() {
  for (const record of [...running].reverse()) await stopOne(record);
}

/** Kills what is left, at once. */
export function killAll() {
  for (const record of running) killGroup(record, 'SIGKILL');
}

/**
 * Calls `stop` on Ctrl-C, SIGTERM, SIGHUP, or when npm (our parent) is gone; a second Ctrl-C kills what still runs, so that
 * `stop` need not wait. npm repeats the terminal's signal to its child: a repeat within two seconds is the same Ctrl-C.
 */
export function onInterrupt(stop) {
  let first = 0;
  const interrupted = () => {
    if (first === 0) {
      first = Date.now();
      stop();
    } else if (Date.now() - first > 2000) {
      killAll();
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, interrupted);
  if (process.env.npm_lifecycle_event && !windows) watchParent(interrupted);
  process.on('exit', killAll);
}

function watchParent(gone) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    gone();
  }, 1000);
  timer.unref();
}

function remember(name, child, cleanUp) {
  const record = { name, child, cleanUp, ended: false };
  running.push(record);
  const ended = () => {
    record.ended = true;
  };
  child.on('exit', ended);
  child.on('error', ended);
  return record;
}

function forget(record) {
  const at = running.indexOf(record);
  if (at >= 0) running.splice(at, 1);
}

async function stopOne(record) {
  const { child } = record;
  if (!record.ended) {
    const exited = new Promise((resolve) => child.once('exit', resolve));
    // Losing its channel asks a program to stop where there are no signals (Windows).
    if (windows && child.connected) child.disconnect();
    else child.kill('SIGTERM');
    await Promise.race([exited, wait(graceMs, undefined, { ref: false })]);
    if (windows && !record.ended) killGroup(record, 'SIGKILL');
  }
  await emptyGroup(record);
  await record.cleanUp?.();
  forget(record);
}

/** Asks whatever a program left behind in its group to go, and kills what does not. */
async function emptyGroup(record) {
  if (groupLives(record)) killGroup(record, 'SIGTERM');
  for (let round = 0; round < 50 && groupLives(record); round += 1) await wait(100);
  if (groupLives(record)) killGroup(record, 'SIGKILL');
}

function groupLives({ child }) {
  if (windows || !child.pid) return false;
  try {
    process.kill(-child.pid, 0);
    return true;
  } catch {
    return false;
  }
}

function killGroup({ child, ended }, signal) {
  if (!child.pid) return;
  if (windows) {
    if (!ended) spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

function listen(child, name, log, resolve) {
  child.on('message', (message) => {
    if (message?.type === 'ready' && typeof message.url === 'string') resolve(message.url);
    if (message?.type === 'say' && log && typeof message.text === 'string') say(`  ${message.text}`);
  });
  const pattern = new RegExp(`${name} ready at (\\S+)`);
  let rest = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      log?.write(chunk);
      rest = (rest + chunk).slice(-8192);
      const found = pattern.exec(rest.slice(0, rest.lastIndexOf('\n') + 1));
      if (found) resolve(found[1]);
    });
  }
}

function openLog(logFile) {
  if (!logFile) return undefined;
  mkdirSync(path.dirname(logFile), { recursive: true });
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.before`);
  return createWriteStream(logFile, { mode: 0o600 });
}
