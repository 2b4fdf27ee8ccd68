// Opening the desk in one of its two shells.
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findBrowser, noWindowReason, openWindow } from './browser.mjs';
import { findElectron } from './electron.mjs';
import { Refusal, say, step } from './log.mjs';
import { pinnedNode, root } from './paths.mjs';
import { startProgram } from './run.mjs';

const browserShell = path.join(root, 'src', 'main', 'shell', 'browser', 'main.ts');
const commands = path.join(root, 'src', 'main', 'commands', 'main.ts');
const electronReadyMs = 60_000;
const windowSettlesMs = 1500;

/** The desk's host for the browser shell, as a program and its arguments. */
export const deskHost = { file: pinnedNode, args: [browserShell] };

/** The desk's command line, likewise. */
export const deskCommands = { file: pinnedNode, args: [commands] };

/**
 * Opens the desk in the shell that this machine can show and gives back the program whose end is the end of the desk.
 * `env` is what the desk gets on top of ours, `data` the folder for its window's profile and the logs.
 */
export async function openDesk({ env, data }) {
  const wanted = wantedShell();
  const closed = noWindowReason();
  if (wanted !== 'browser' && !closed) {
    const shell = await openElectron({ env, data });
    if (shell) return shell;
    if (wanted === 'electron') throw new Refusal('COMPTOIR_SHELL is electron, but it can not be opened here.');
  }
  return openBrowserShell({ env, data, closed });
}

/** What COMPTOIR_SHELL asks for, or nothing. Refuses an unknown shell. */
export function wantedShell() {
  const wanted = process.env.COMPTOIR_SHELL || undefined;
  if (wanted && wanted !== 'electron' && wanted !== 'browser') {
    throw new Refusal(`COMPTOIR_SHELL must be electron or browser, not "${wanted}".`);
  }
  return wanted;
}

async function openElectron({ env, data }) {
  let shell;
  await step('opening the desk in Electron', async () => {
    const found = await findElectron();
    if (found.reason) return `browser shell: ${found.reason}`;
    const logFile = path.join(data, 'logs', 'desk.log');
    const started = startProgram('desk', found.executable, found.args, { env, logFile, ipc: false });
    // A runtime that can't start (no library, no sandbox) ends at once; one that shows its window says so.
    const opened = await Promise.race([
      started.ready.then(
        () => true,
        () => false,
      ),
      wait(electronReadyMs, true, { ref: false }),
    ]);
    if (!opened) return `browser shell: Electron does not start here (see ${logFile})`;
    shell = started;
    return 'the desk is open in Electron';
  });
  return shell;
}

async function openBrowserShell({ env, data, closed }) {
  const logFile = path.join(data, 'logs', 'desk.log');
  let desk;
  let url;
  await step('starting the desk', async () => {
    desk = startProgram('desk', deskHost.file, deskHost.args, { env: { ...env, COMPTOIR_NO_OPEN: '1' }, logFile });
    url = await desk.ready;
    return 'the desk is ready';
  });
  const browser = closed ? undefined : findBrowser();
  if (browser) return watchWindow(openWindow(browser, url, path.join(data, 'browser')), desk, url);
  say(`  Open it in Chromium, Chrome or Edge (${closed ?? 'none was found here'}): ${url}`);
  return desk;
}

/** The window's end is the desk's end, unless the browser handed the page to one that already ran, or did not start. */
async function watchWindow(window, desk, url) {
  let open;
  await step('opening the window', async () => {
    open = await Promise.race([window.exited.then(() => false), wait(windowSettlesMs, true, { ref: false })]);
    return open ? 'the desk is open in a window of its own' : 'the window did not stay open';
  });
  if (!open) {
    say(`  Open the desk by hand: ${url}`);
    return desk;
  }
  const closed = window.exited.then(() => ({ code: 0, signal: null, closed: true }));
  return { ...desk, exited: Promise.race([desk.exited, closed]) };
}
