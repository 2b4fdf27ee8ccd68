import path from 'node:path';
import { app, dialog, type MessagePortMain, session } from 'electron';
import { USUAL_CENTRAL_URL } from '../../central-url.ts';
import { deskFolder } from '../../data-dir.ts';
import { confineAllPages, denyPermissions } from './guards.ts';
import { PAGE } from './origin.ts';
import { registerScheme, servePage } from './page-protocol.ts';
import { receivePorts } from './ports.ts';
import { openWindow, showWindow } from './window.ts';

/*
 * The desk in Electron, as shops install it. The window opens first and its page loads in a process of its own; this thread
 * serves it, so the host, whose start blocks it, is read and put together when the page asks for it. So this file and what
 * it imports stay free of the host's libraries. Nothing here
 * awaits `whenReady` at the top level: an ES module that does never becomes ready.
 */

const built = import.meta.dirname;
const files = {
  renderer: path.join(built, '../renderer'),
  preload: path.join(built, '../preload/index.cjs'),
  drivers: path.join(built, 'device-worker.js'),
  directory: path.join(built, 'directory-worker.js'),
};

registerScheme();
app.enableSandbox();
confineAllPages();
begin();

function begin(): void {
  const usualDataDir = app.getPath('userData');
  const dataDir = deskFolder(process.env, usualDataDir);
  // Also the single-instance lock is per data folder.
  app.setPath('userData', path.join(dataDir, 'electron'));
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return;
  }
  app.on('second-instance', showWindow);
  app.on('window-all-closed', () => app.quit());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  app
    .whenReady()
    .then(() => start(dataDir, usualDataDir))
    .catch(giveUp);
}

/** A page that never asks for its host keeps nobody waiting. */
const LONGEST_WAIT_MS = 1_000;

async function start(dataDir: string, usualDataDir: string): Promise<void> {
  denyPermissions(session.defaultSession);
  servePage(session.defaultSession, files.renderer, process.env.COMPTOIR_CENTRAL_URL || USUAL_CENTRAL_URL);
  const ports: MessagePortMain[] = [];
  const asked = Promise.withResolvers<void>();
  let answer = (port: MessagePortMain): void => {
    ports.push(port);
    asked.resolve();
  };
  receivePorts((port) => answer(port));
  setTimeout(asked.resolve, LONGEST_WAIT_MS).unref();
  const shown = openWindow(dataDir, files.preload);
  await asked.promise;
  const { startDesk } = await import('./desk.ts');
  answer = await startDesk(files, usualDataDir);
  for (const port of ports) answer(port);
  await shown;
  console.log(`desk ready at ${PAGE}`);
}

/** Says in words why the desk can't open. */
function giveUp(error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  console.error(text);
  dialog.showErrorBox('Comptoir', text);
  app.exit(1);
}
