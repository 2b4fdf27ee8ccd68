import path from 'node:path';
import { app, BrowserWindow, dialog, session } from 'electron';
import { type DeskConfig, readConfig } from '../../config.ts';
import { createHost, type Host } from '../../host.ts';
import { createLog, type Log } from '../../log.ts';
import { takeDataLock } from '../single-instance.ts';
import { launchDrivers } from './drivers.ts';
import { confineAllPages, denyPermissions } from './guards.ts';
import { PAGE } from './origin.ts';
import { registerScheme, servePage } from './page-protocol.ts';
import { answerPorts } from './ports.ts';
import { createShellSecrets } from './secrets.ts';
import { openWindow } from './window.ts';

/*
 * The desk in Electron, as shops install it. Nothing here awaits `whenReady` at the top level: an ES module that does
 * never becomes ready.
 */

const built = import.meta.dirname;
const files = {
  renderer: path.join(built, '../renderer'),
  preload: path.join(built, '../preload/index.cjs'),
  drivers: path.join(built, 'device-worker.js'),
};

registerScheme();
app.enableSandbox();
confineAllPages();
begin();

function begin(): void {
  const config = readConfigOrQuit();
  if (config === null) return;
  // Also the single-instance lock is per data folder.
  app.setPath('userData', path.join(config.dataDir, 'electron'));
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return;
  }
  app.on('second-instance', showWindow);
  app.on('window-all-closed', () => app.quit());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  const log = createLog(config.logLevel);
  app
    .whenReady()
    .then(() => start(config, log))
    .catch(giveUp);
}

async function start(config: DeskConfig, log: Log): Promise<void> {
  const lock = takeDataLock(config.dataDir);
  if (lock === null) throw new Error(`Another desk is open on ${config.dataDir}. Close it first.`);
  denyPermissions(session.defaultSession);
  servePage(session.defaultSession, files.renderer);
  const host = await createHost({
    dataDir: config.dataDir,
    centralUrl: config.centralUrl,
    capabilities: { shell: 'electron', version: app.getVersion(), platform: process.platform, print: false },
    secrets: createShellSecrets(config.dataDir, log),
    drivers: launchDrivers(files.drivers),
    log,
  });
  answerPorts(host.router, log);
  stopBeforeQuit(host, lock, log);
  await host.start();
  await openWindow(config.dataDir, files.preload);
  console.log(`desk ready at ${PAGE}`);
}

/** Quitting waits until everything is closed. */
function stopBeforeQuit(host: Host, lock: { release(): void }, log: Log): void {
  let stopping = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    // Closing windows keeps their bounds.
    for (const window of BrowserWindow.getAllWindows()) window.close();
    host
      .stop()
      .catch((error: unknown) => log.error({ err: error }, 'the desk did not stop cleanly'))
      .finally(() => {
        lock.release();
        app.exit(0);
      });
  });
}

function showWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

function readConfigOrQuit(): DeskConfig | null {
  try {
    return readConfig(process.env, app.getPath('userData'));
  } catch (error) {
    giveUp(error);
    return null;
  }
}

/** Says in words why the desk can't open. */
function giveUp(error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  console.error(text);
  dialog.showErrorBox('Comptoir', text);
  app.exit(1);
}
